import type { ServerResponse } from 'node:http'
import type { Answer } from './answer.ts'

/** Writes a body as fast as the other side reads; resolves with the bytes that were written. Rejects when it cannot be made. */
export async function pour(body: Answer['body'], response: ServerResponse, signal: AbortSignal): Promise<number> {
  if (typeof body === 'string' || body instanceof Uint8Array) {
    response.end(body)
    return typeof body === 'string' ? Buffer.byteLength(body) : body.length
  }
  let bytes = 0
  for await (const chunk of body) {
    if (signal.aborted) return bytes
    bytes += typeof chunk === 'string' ? Buffer.byteLength(chunk) : chunk.length
    if (!response.write(chunk)) await drained(response, signal)
  }
  response.end()
  return bytes
}

function drained(response: ServerResponse, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      response.off('drain', done)
      signal.removeEventListener('abort', done)
      resolve()
    }
    if (signal.aborted) return resolve()
    response.on('drain', done)
    signal.addEventListener('abort', done, { once: true })
  })
}
