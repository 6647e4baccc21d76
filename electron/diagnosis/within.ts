/** Rejects with code ETIMEDOUT after `timeoutMs`, with ABORT_ERR when it is cancelled; what was begun goes on unheard. */
export function within<T>(work: Promise<T>, timeoutMs: number, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const fail = (code: string) => reject(Object.assign(new Error(code), { code }))
    const timer = setTimeout(() => fail('ETIMEDOUT'), timeoutMs)
    const onAbort = () => fail('ABORT_ERR')
    if (signal.aborted) onAbort()
    signal.addEventListener('abort', onAbort, { once: true })
    work.then(resolve, reject).finally(() => {
      clearTimeout(timer)
      signal.removeEventListener('abort', onAbort)
    })
  })
}

export function pause(durationMs: number, signal: AbortSignal): Promise<void> {
  return within(new Promise<void>(() => {}), durationMs, signal).catch(() => {})
}
