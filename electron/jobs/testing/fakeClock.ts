import type { Clock } from '../clock.ts'

/** For tests: ten minutes pass in a moment, everything that is due in its order. */
export class FakeClock implements Clock {
  private current: number
  private readonly due = new Map<number, { at: number; act: () => void }>()
  private lastId = 0

  constructor(now = 1_800_000_000_000) {
    this.current = now
  }

  now(): number {
    return this.current
  }

  after(delayMs: number, act: () => void): () => void {
    this.lastId += 1
    const id = this.lastId
    this.due.set(id, { at: this.current + Math.max(0, delayMs), act })
    return () => void this.due.delete(id)
  }

  async advance(durationMs: number): Promise<void> {
    const end = this.current + durationMs
    await settled()
    for (;;) {
      const next = [...this.due].filter(([, { at }]) => at <= end).toSorted((a, b) => a[1].at - b[1].at)[0]
      if (!next) break
      const [id, { at, act }] = next
      this.due.delete(id)
      this.current = Math.max(this.current, at)
      act()
      await settled()
    }
    this.current = end
    await settled()
  }
}

/** What promises set off has happened. */
export async function settled(): Promise<void> {
  for (let turn = 0; turn < 20; turn += 1) await new Promise((resolve) => setImmediate(resolve))
}
