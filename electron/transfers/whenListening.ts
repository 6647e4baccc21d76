import type { Listening } from '#electron/listening/listener.ts'

/** Tells each time that the listener is open and was not: a MOVE that waits for it, as at each start, need not wait on. */
export function whenListening(
  listener: { state(): Listening; onChange(listener: () => void): () => void },
  wake: () => void,
): () => void {
  const isOpen = () => listener.state().state === 'listening'
  let was = isOpen()
  return listener.onChange(() => {
    const is = isOpen()
    if (is && !was) wake()
    was = is
  })
}
