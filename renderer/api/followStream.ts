import { ApiError } from '#shared/contract/errors.ts'
import { whenConnected } from './connection.ts'

const RETRY_MS = 2000
/** Lets the lost connection be noticed everywhere before it is waited for. */
const SETTLE_MS = 50

/**
 * Reads a stream for as long as the signal lets it: begins again after a lost connection (a stream starts with a snapshot)
 * and, after any other failure, 2 s later.
 */
export async function followStream<Item>(
  open: (signal: AbortSignal) => AsyncIterable<Item>,
  onItem: (item: Item) => void,
  signal: AbortSignal,
  onError: (error: ApiError | undefined) => void = () => {},
): Promise<void> {
  while (!signal.aborted) {
    let pauseMs = RETRY_MS
    await whenConnected(signal)
    if (signal.aborted) return
    try {
      for await (const item of open(signal)) {
        onError(undefined)
        onItem(item)
      }
    } catch (error) {
      if (signal.aborted) return
      if (error instanceof ApiError && error.code === 'disconnected') pauseMs = SETTLE_MS
      onError(error instanceof ApiError ? error : new ApiError('internal', String(error)))
    }
    await new Promise((resolve) => setTimeout(resolve, pauseMs))
  }
}
