import type { IncomingMessage } from 'node:http'
import { patience } from './patience.ts'
import { countBytes } from './told.ts'
import type { WebServer } from './webApi.ts'
import { webFailure } from './webFailure.ts'

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
  const watch = patience(response, server, waitMaxMs)
  const onAbort = () => response.destroy()
  signal.addEventListener('abort', onAbort, { once: true })
  try {
    for await (const chunk of response as AsyncIterable<Buffer>) {
      countBytes(response, chunk.length)
      watch.came(chunk.length)
      watch.rest()
      yield chunk
      watch.wait()
      if (signal.aborted) break
    }
    if (signal.aborted) throw new Error('Aborted')
  } catch (error) {
    throw webFailure(error, server, signal)
  } finally {
    watch.end()
    signal.removeEventListener('abort', onAbort)
    if (!response.complete) response.destroy()
  }
}
