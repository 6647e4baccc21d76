/** Where jobs take their time from; a test brings one that it winds itself. */
export interface Clock {
  now(): number
  /** Returns how to take it back. */
  after(delayMs: number, act: () => void): () => void
}

/** Node's timers end at once beyond this. */
const LONGEST_TIMER_MS = 2_000_000_000

export const systemClock: Clock = {
  now: () => Date.now(),
  after(delayMs, act) {
    const timer = setTimeout(act, Math.min(Math.max(0, delayMs), LONGEST_TIMER_MS))
    return () => clearTimeout(timer)
  },
}
