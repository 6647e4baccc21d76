import type { IncomingMessage } from 'node:http'
import { SLOW_GRACE_MS, SLOWEST_BYTES_PER_SECOND } from './bounds.ts'
import type { WebServer } from './webApi.ts'
import { badAnswer, silent } from './webFailure.ts'

const LOOK_EVERY_MS = 500

export interface Patience {
  came(bytes: number): void
  /** The server is not waited for: what came is worked on. */
  rest(): void
  wait(): void
  end(): void
}

/**
 * Ends an answer that falls silent for longer than its time, or brings less than a trickle all in all. Only time spent
 * waiting for the server counts against it.
 */
export function patience(response: IncomingMessage, server: WebServer, waitMaxMs = Number.POSITIVE_INFINITY): Patience {
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
  const rest = () => {
    if (waitingSince !== 0) waitedMs += performance.now() - waitingSince
    waitingSince = 0
  }
  const wait = () => {
    waitingSince = performance.now()
  }
  return {
    came(count) {
      bytes += count
      rest()
      wait()
    },
    rest,
    wait,
    end: () => clearInterval(watch),
  }
}
