const WINDOW_MS = 3000

/** Bytes a second over the last three seconds: what a person reads as "now". */
export class Rate {
  private readonly samples: { at: number; bytes: number }[] = []

  add(bytes: number, now = Date.now()): void {
    const last = this.samples.at(-1)
    if (last && now - last.at < 100) last.bytes += bytes
    else this.samples.push({ at: now, bytes })
    this.forget(now)
  }

  bytesPerSecond(now = Date.now()): number {
    this.forget(now)
    const [first] = this.samples
    if (!first) return 0
    const bytes = this.samples.reduce((sum, sample) => sum + sample.bytes, 0)
    return Math.round(bytes / (Math.max(now - first.at, 500) / 1000))
  }

  private forget(now: number): void {
    while (this.samples[0] && now - this.samples[0].at > WINDOW_MS) this.samples.shift()
  }
}
