import { useEffect, useRef, useState } from 'react'
import type { ApiError } from '#shared/contract/errors.ts'
import { followStream } from './followStream.ts'

/**
 * Follows a stream while mounted and begins again when the connection does. `open` must keep its identity (useCallback):
 * a new one opens the stream anew; `undefined` opens none. Returns the error while the stream cannot be read.
 */
export function useStream<Item>(
  open: ((signal: AbortSignal) => AsyncIterable<Item>) | undefined,
  onItem: (item: Item) => void,
): ApiError | undefined {
  const [error, setError] = useState<ApiError>()
  const latest = useRef(onItem)
  latest.current = onItem
  useEffect(() => {
    if (!open) return
    const stop = new AbortController()
    void followStream(open, (item) => latest.current(item), stop.signal, setError)
    return () => stop.abort()
  }, [open])
  return error
}
