import type { IncomingMessage } from 'node:http'
import { WebRefusal } from './webRefusal.ts'

/** How slow a sender may be: so many bytes a second on average, after a grace. */
export interface Patience {
  graceMs: number
  bytesPerSecond: number
}

/** The body of a request as it comes; a sender that only drips is refused (408), and one that went away ends it. */
export async function* bodyOf(request: IncomingMessage, { graceMs, bytesPerSecond }: Patience): AsyncGenerator<Buffer> {
  let bytes = 0
  // Only the time that we wait counts: our own disk may be slow too.
  let waitedMs = 0
  // Not with for-await: leaving it would destroy the request, and with it the way back for an answer.
  const iterator = request[Symbol.asyncIterator]() as AsyncIterator<Buffer>
  for (;;) {
    const startedAt = performance.now()
    const leftMs = graceMs + (bytes / bytesPerSecond) * 1000 - waitedMs
    const next = await within(leftMs, iterator.next())
    waitedMs += performance.now() - startedAt
    if (next === undefined) {
      const seconds = Math.round(waitedMs / 1000)
      throw new WebRefusal(408, `The sender was too slow: ${bytes} bytes in ${seconds} s.`)
    }
    if (next.done) return
    bytes += next.value.length
    yield next.value
  }
}

async function within<Result>(ms: number, work: Promise<Result>): Promise<Result | undefined> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => resolve(undefined), Math.max(0, ms))
  })
  try {
    return await Promise.race([work, late])
  } finally {
    clearTimeout(timer)
  }
}

/** After an answer that came early: the rest is read and dropped for a while, since closing at once would lose the answer. */
const LINGER_MS = 5000
const LINGER_BYTES = 256 * 1024 * 1024

export function linger(request: IncomingMessage): void {
  if (request.complete || request.destroyed) return
  let bytes = 0
  const timer = setTimeout(() => request.destroy(), LINGER_MS)
  request.on('data', (chunk: Buffer) => {
    bytes += chunk.length
    if (bytes > LINGER_BYTES) request.destroy()
  })
  request.on('error', () => {})
  request.once('close', () => clearTimeout(timer))
  request.once('end', () => clearTimeout(timer))
  request.resume()
}
