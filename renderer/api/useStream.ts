import { useEffect, useRef, useState } from 'react'
import type { ApiError } from '#shared/contract/errors.ts'
import { followStream } from './followStream.ts'

/**
 * Follows a stream while mounted and begins again when the connection does:
 * `useStream((signal) => client.studies.changes({}, { signal }), (item) => ..., [])`.
 * It is opened anew when a dependency changes. Returns the error while it cannot be read.
 */
export function useStream<Item>(
  open: (signal: AbortSignal) => AsyncIterable<Item>,
  onItem: (item: Item) => void,
  dependencies: readonly unknown[] = [],
): ApiError | undefined {
  const [error, setError] = useState<ApiError>()
  const latest = useRef({ open, onItem })
  latest.current = { open, onItem }
  useEffect(() => {
    const stop = new AbortController()
    void followStream(
      (signal) => latest.current.open(signal),
      (item) => latest.current.onItem(item),
      stop.signal,
      setError,
    )
    return () => stop.abort()
  }, dependencies)
  return error
}
