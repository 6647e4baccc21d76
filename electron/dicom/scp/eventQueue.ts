import type { NodeEvent } from '../nodeApi.ts'

/** Without a reader the oldest are dropped: memory stays bounded, the archive itself knows what was stored. */
const HELD_MAX = 20_000

/** Hands events to one reader at a time; what nobody read yet waits. */
export class EventQueue {
  private events: NodeEvent[] = []
  private wake: () => void = () => {}
  private reader = 0

  push(event: NodeEvent): void {
    if (this.events.length >= HELD_MAX) this.events.splice(0, HELD_MAX / 2)
    this.events.push(event)
    this.wake()
  }

  /** A new reader ends the one before. */
  async *read(signal: AbortSignal): AsyncGenerator<NodeEvent> {
    this.reader += 1
    const reader = this.reader
    this.wake()
    const aborted = () => this.wake()
    signal.addEventListener('abort', aborted, { once: true })
    while (!signal.aborted && reader === this.reader) {
      const batch = this.events
      this.events = []
      for (let i = 0; i < batch.length; i += 1) {
        if (signal.aborted || reader !== this.reader) {
          this.events = [...batch.slice(i), ...this.events]
          this.wake()
          signal.removeEventListener('abort', aborted)
          return
        }
        yield batch[i] as NodeEvent
      }
      if (this.events.length > 0) continue
      await new Promise<void>((resolve) => {
        this.wake = resolve
      })
    }
    signal.removeEventListener('abort', aborted)
  }
}
