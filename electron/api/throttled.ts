/** Streams of the contract send at most ten items a second. */
const STREAM_INTERVAL_MS = 100

export interface ThrottledOptions<Item> {
  /** Returns how to stop listening. */
  subscribe(notify: () => void): () => void
  /** What is to be said now; undefined when nothing. The first call gives the snapshot. */
  take(): Item | undefined | Promise<Item | undefined>
  signal: AbortSignal
  intervalMs?: number
  /** Also without a notification, for what changes by itself. */
  everyMs?: number
}

/** A snapshot, then `take()` after each notification, coalesced; ends when the signal is aborted. */
export async function* throttled<Item>(options: ThrottledOptions<Item>): AsyncGenerator<Item> {
  const { subscribe, take, signal, intervalMs = STREAM_INTERVAL_MS, everyMs } = options
  let changed = true
  let wake = () => {}
  const notify = () => {
    changed = true
    wake()
  }
  const unsubscribe = subscribe(notify)
  const timer = everyMs === undefined ? undefined : setInterval(notify, everyMs)
  timer?.unref()
  signal.addEventListener('abort', notify, { once: true })
  try {
    while (!signal.aborted) {
      if (changed) {
        changed = false
        const item = await take()
        if (item !== undefined && !signal.aborted) yield item
        await pause(intervalMs, signal)
      } else {
        await new Promise<void>((resolve) => {
          wake = resolve
        })
      }
    }
  } finally {
    unsubscribe()
    clearInterval(timer)
    signal.removeEventListener('abort', notify)
  }
}

function pause(durationMs: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer)
      signal.removeEventListener('abort', done)
      resolve()
    }
    const timer = setTimeout(done, durationMs)
    signal.addEventListener('abort', done, { once: true })
  })
}
