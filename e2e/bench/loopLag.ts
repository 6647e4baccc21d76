import { writeFileSync } from 'node:fs'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { isMainThread } from 'node:worker_threads'

/**
 * Loaded into the host by `--import`: how late its main thread is. At SIGUSR2 the figures since the signal before are
 * written to `LOOP_LAG_FILE`, in milliseconds.
 */
const file = process.env.LOOP_LAG_FILE
if (isMainThread && file !== undefined) {
  const RESOLUTION_MS = 2
  const delay = monitorEventLoopDelay({ resolution: RESOLUTION_MS })
  delay.enable()
  process.on('SIGUSR2', () => {
    const late = (nanoseconds: number) => Math.max(0, nanoseconds / 1e6 - RESOLUTION_MS)
    writeFileSync(file, JSON.stringify({ p99Ms: late(delay.percentile(99)), maxMs: late(delay.max) }))
    delay.reset()
  })
}
