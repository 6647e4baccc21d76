import { CancelledError, QueryObserver } from '@tanstack/react-query'
import { queryClient } from '../api/queryClient.ts'

/**
 * An answer from the cache or the host. News about studies cancel what is being asked, to ask anew: then this asks again
 * too, so that an open does not fail because another image arrived.
 */
export async function fetchAgain<Answer>(
  queryKey: readonly unknown[],
  ask: (signal: AbortSignal) => Promise<Answer>,
): Promise<Answer> {
  for (let attempt = 0; ; attempt++) {
    const query = { queryKey, queryFn: ({ signal }: { signal: AbortSignal }) => ask(signal) }
    // A page that goes away while it waits for the same answer would cancel it for us, too.
    const release = new QueryObserver(queryClient, query).subscribe(() => {})
    try {
      return await queryClient.fetchQuery(query)
    } catch (error) {
      if (!(error instanceof CancelledError) || attempt >= 5) throw error
    } finally {
      release()
    }
  }
}
