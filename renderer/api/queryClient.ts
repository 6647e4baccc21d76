import { QueryClient } from '@tanstack/react-query'
import { ApiError } from '#shared/contract/errors.ts'

/** What the host knows, as last asked. Streams say when to ask again, so nothing is asked on a timer or on focus. */
export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: Number.POSITIVE_INFINITY,
      gcTime: 5 * 60_000,
      refetchOnWindowFocus: false,
      refetchOnReconnect: false,
      networkMode: 'always',
      retry: (failures, error) => error instanceof ApiError && error.code === 'busy' && failures < 3,
    },
    mutations: { networkMode: 'always' },
  },
})
