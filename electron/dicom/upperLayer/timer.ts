/** ARTIM of PS3.8 9.1.5. */
export class Artim {
  private readonly timeoutMs: number
  private readonly onExpired: () => void
  private timer: NodeJS.Timeout | undefined

  constructor(timeoutMs: number, onExpired: () => void) {
    this.timeoutMs = timeoutMs
    this.onExpired = onExpired
  }
  start(timeoutMs = this.timeoutMs): void {
    this.stop()
    this.timer = setTimeout(this.onExpired, timeoutMs)
  }
  stop(): void {
    clearTimeout(this.timer)
    this.timer = undefined
  }
}

/** Progress of less than this in a whole idle period is no progress: a sender of single bytes does not hold a slot. */
const PROGRESS_BYTES = 4096

/**
 * Fires when nothing happened for as long as `patienceMs` says, which may change while it runs; it is asked at least every
 * `lookEveryMs`. Noting progress is cheap: the timer itself is only moved when it fires.
 */
export class IdleTimer {
  private readonly patienceMs: () => number
  private readonly lookEveryMs: number
  private readonly onIdle: () => void
  private timer: NodeJS.Timeout | undefined
  private lastProgressAt = performance.now()
  private unnoted = 0

  constructor(patienceMs: () => number, lookEveryMs: number, onIdle: () => void) {
    this.patienceMs = patienceMs
    this.lookEveryMs = lookEveryMs
    this.onIdle = onIdle
  }
  get idleMs(): number {
    return performance.now() - this.lastProgressAt
  }
  start(): void {
    this.progress()
    this.arm(this.lookEveryMs)
  }
  stop(): void {
    clearTimeout(this.timer)
    this.timer = undefined
  }
  progress(): void {
    this.lastProgressAt = performance.now()
    this.unnoted = 0
  }
  received(bytes: number): void {
    this.unnoted += bytes
    if (this.unnoted >= PROGRESS_BYTES) this.progress()
  }
  private arm(delayMs: number): void {
    this.timer = setTimeout(() => {
      const left = this.patienceMs() - this.idleMs
      if (left <= 1) this.onIdle()
      else this.arm(Math.min(left, this.lookEveryMs))
    }, delayMs)
  }
}
