import { connect, type Socket } from 'node:net'
import { connect as connectTls } from 'node:tls'

const MOST_BYTES = 16

/** A handshake that takes whatever is shown; nothing of ours is sent after it. An alert of TLS counts: only TLS sends one. */
export function speaksTls(host: string, port: number, timeoutMs: number, signal: AbortSignal): Promise<boolean> {
  return ask(signal, timeoutMs, (answer) => {
    const socket = connectTls({ host, port, rejectUnauthorized: false })
    socket.once('secureConnect', () => answer(true))
    socket.once('error', (error: NodeJS.ErrnoException) => answer(/ALERT/.test(error.code ?? '')))
    socket.once('close', () => answer(false))
    return socket
  })
}

/** A web server says so in the first five letters (RFC 9112 4). */
export function speaksHttp(host: string, port: number, timeoutMs: number, signal: AbortSignal): Promise<boolean> {
  return ask(signal, timeoutMs, (answer) => {
    const socket = connect({ host, port })
    let text = ''
    socket.once('connect', () => socket.write(`HEAD / HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`))
    socket.on('data', (bytes: Buffer) => {
      text += bytes.toString('latin1', 0, MOST_BYTES)
      if (text.length >= 5) answer(text.startsWith('HTTP/'))
    })
    socket.once('error', () => answer(false))
    socket.once('close', () => answer(false))
    return socket
  })
}

function ask(
  signal: AbortSignal,
  timeoutMs: number,
  open: (answer: (yes: boolean) => void) => Socket,
): Promise<boolean> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve(false)
    const end = (yes: boolean) => {
      clearTimeout(timer)
      signal.removeEventListener('abort', onAbort)
      socket.on('error', () => {})
      socket.destroy()
      resolve(yes)
    }
    const socket = open(end)
    const onAbort = () => end(false)
    const timer = setTimeout(() => end(false), timeoutMs)
    signal.addEventListener('abort', onAbort, { once: true })
  })
}
