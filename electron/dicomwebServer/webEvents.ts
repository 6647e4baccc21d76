import type { WebEvent } from './webApi.ts'

/** What nobody reads in time is forgotten, the oldest first. */
const HELD_MAX = 10_000

/** Events on their way to the one that reads them. */
export class WebEvents {
  private held: WebEvent[] = []
  private wake = () => {}

  push(event: WebEvent): void {
    this.held.push(event)
    if (this.held.length > HELD_MAX) this.held.shift()
    this.wake()
  }

  async *read(signal: AbortSignal): AsyncGenerator<WebEvent> {
    const wakeUp = () => this.wake()
    signal.addEventListener('abort', wakeUp, { once: true })
    try {
      while (!signal.aborted) {
        const events = this.held
        this.held = []
        yield* events
        if (this.held.length > 0 || signal.aborted) continue
        await new Promise<void>((resolve) => {
          this.wake = resolve
        })
      }
    } finally {
      signal.removeEventListener('abort', wakeUp)
    }
  }
}
