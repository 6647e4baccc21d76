import { connect } from 'node:net'

/** Undefined when the port is open; else the system's code. */
export function dial(
  host: string,
  number: number,
  timeoutMs: number,
  signal: AbortSignal,
): Promise<string | undefined> {
  return new Promise((resolve) => {
    const socket = connect({ host, port: number })
    const end = (code: string | undefined) => {
      clearTimeout(timer)
      signal.removeEventListener('abort', onAbort)
      socket.removeAllListeners()
      socket.on('error', () => {})
      socket.destroy()
      resolve(code)
    }
    const onAbort = () => end('ABORT_ERR')
    const timer = setTimeout(() => end('ETIMEDOUT'), timeoutMs)
    signal.addEventListener('abort', onAbort, { once: true })
    socket.once('connect', () => end(undefined))
    socket.once('error', (error: NodeJS.ErrnoException) => end(error.code ?? 'ECONNREFUSED'))
  })
}
