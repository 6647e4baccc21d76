import type { IncomingMessage } from 'node:http'
import { SLOW_GRACE_MS, SLOWEST_BYTES_PER_SECOND } from './bounds.ts'
import { countBytes } from './told.ts'
import type { WebServer } from './webApi.ts'
import { badAnswer, silent, webFailure } from './webFailure.ts'

const LOOK_EVERY_MS = 500

/**
 * The bytes of an answer, as fast as the reader takes them. Only time spent waiting for the server counts against it: a
 * silence longer than its time, or less than a trickle all in all, ends the answer.
 */
export async function* bodyOf(
  response: IncomingMessage,
  server: WebServer,
  signal: AbortSignal,
  waitMaxMs = Number.POSITIVE_INFINITY,
): AsyncGenerator<Buffer> {
  let waitingSince = performance.now()
  let waitedMs = 0
  let bytes = 0
  const watch = setInterval(() => {
    const waiting = waitingSince === 0 ? 0 : performance.now() - waitingSince
    const all = waitedMs + waiting
    if (waiting > server.answerTimeoutMs) response.destroy(silent(server, 'no more bytes'))
    else if (all > waitMaxMs || (all > SLOW_GRACE_MS && bytes < (all / 1000) * SLOWEST_BYTES_PER_SECOND))
      response.destroy(badAnswer(`${server.name} lets its answer drip and does not come to an end.`, 'too slow'))
  }, LOOK_EVERY_MS)
  const onAbort = () => response.destroy()
  signal.addEventListener('abort', onAbort, { once: true })
  try {
    for await (const chunk of response as AsyncIterable<Buffer>) {
      waitedMs += performance.now() - waitingSince
      bytes += chunk.length
      countBytes(response, chunk.length)
      waitingSince = 0
      yield chunk
      waitingSince = performance.now()
      if (signal.aborted) break
    }
    if (signal.aborted) throw new Error('Aborted')
  } catch (error) {
    throw webFailure(error, server, signal)
  } finally {
    clearInterval(watch)
    signal.removeEventListener('abort', onAbort)
    if (!response.complete) response.destroy()
  }
}
