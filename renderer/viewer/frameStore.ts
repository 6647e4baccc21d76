import type { FrameAnswer } from './frameParser.ts'
import type { FrameName } from './frameStreamMessage.ts'

export interface WantedFrame extends FrameName {
  /** Bytes when loaded. */
  bytes: number
}

export interface BroughtFrame extends FrameName {
  bytes: Uint8Array<ArrayBuffer>
}

type StreamFrames = (
  frames: readonly FrameName[],
  signal: AbortSignal,
  onFrame: (index: number, answer: FrameAnswer) => void,
) => Promise<void>

export function frameKey({ instanceId, frame }: FrameName): string {
  return `neg:${instanceId}:${frame}`
}

/** A jump re-orders the stream only when what it needs is further behind than this; nearer frames come soon anyway. */
const SOON = 3
/** Frames of one request: bounds what the host queues for a page that closes. */
const REQUEST_FRAMES = 4000
/** What is brought by another way is waited for so long: what decodes for longer holds nobody up. */
const BRING_MS = 1000
const RETRY_MS = [250, 1000, 3000]

/**
 * Frames in memory. Each owner (a tile) says what it wants, nearest first; one streamed response at a time brings what
 * is missing, all owners' first wishes first. What nobody wants any more goes when the budget is exceeded.
 */
export class FrameStore {
  readonly #stream: StreamFrames
  readonly #budgetBytes: number
  readonly #frames = new Map<string, FrameAnswer>()
  readonly #wishes = new Map<string, readonly WantedFrame[]>()
  /** Pictures that are made here and not loaded, by instance. */
  readonly #made = new Map<number, (frame: number) => FrameAnswer | undefined>()
  readonly #listeners = new Set<(key: string) => void>()
  /** Of the budget, what volumes take. */
  #lent = 0
  #bytes = 0
  #active: { order: FrameName[]; next: number; abort: AbortController } | undefined
  #coming: Promise<BroughtFrame | undefined> | undefined
  #failures = 0
  #retry: ReturnType<typeof setTimeout> | undefined

  constructor(stream: StreamFrames, budgetBytes: number) {
    this.#stream = stream
    this.#budgetBytes = budgetBytes
  }

  get(name: FrameName): FrameAnswer | undefined {
    const make = this.#made.get(name.instanceId)
    if (make) return make(name.frame)
    return this.#frames.get(frameKey(name))
  }

  has(name: FrameName): boolean {
    return this.#made.has(name.instanceId) || this.#frames.has(frameKey(name))
  }

  /** From now on `make` answers for an instance that no archive has. Returns how to end that. */
  provide(instanceId: number, make: (frame: number) => FrameAnswer | undefined): () => void {
    this.#made.set(instanceId, make)
    return () => void this.#made.delete(instanceId)
  }

  /** A picture that is made here can be had now, or is another one. */
  announce(name: FrameName): void {
    for (const listener of this.#listeners) listener(frameKey(name))
  }

  /** Told the key of each frame that arrives, and '' when the connection fails for good. */
  subscribe(listener: (key: string) => void): () => void {
    this.#listeners.add(listener)
    return () => void this.#listeners.delete(listener)
  }

  /** Takes room for something else out of the budget, until the returned function is called. */
  lend(bytes: number): () => void {
    this.#lent += bytes
    this.#evict()
    let isLent = true
    return () => {
      if (isLent) this.#lent -= bytes
      isLent = false
      this.#schedule()
    }
  }

  get #room(): number {
    return Math.max(0, this.#budgetBytes - this.#lent)
  }

  get bytes(): number {
    return this.#bytes
  }

  /** True after several tries in a row have failed; `retry` starts again. */
  get unreachable(): boolean {
    return this.#failures > RETRY_MS.length
  }

  want(owner: string, asked: readonly WantedFrame[]): void {
    const frames = asked.filter(({ instanceId }) => !this.#made.has(instanceId))
    // Map keeps insertion order: who asked last comes first when merging.
    this.#wishes.delete(owner)
    if (frames.length > 0) this.#wishes.set(owner, frames)
    this.#schedule()
  }

  /**
   * A frame is on its way that was asked for elsewhere: it may be what is wanted next, so nothing is asked for until it is
   * here. `owner` wants it then.
   */
  bring(owner: string, coming: Promise<BroughtFrame | undefined>): void {
    this.#coming = coming
    const settle = (frame: BroughtFrame | undefined) => {
      const isLatest = this.#coming === coming
      if (isLatest) this.#coming = undefined
      if (isLatest && frame) {
        this.#wishes.set(owner, [{ instanceId: frame.instanceId, frame: frame.frame, bytes: frame.bytes.byteLength }])
        this.#keep(frameKey(frame), { bytes: frame.bytes })
      }
      this.#schedule()
    }
    coming.then(settle, () => settle(undefined))
    setTimeout(() => {
      if (this.#coming !== coming) return
      this.#coming = undefined
      this.#schedule()
    }, BRING_MS)
  }

  /** Once the frame that is on its way is here, or cannot be had; after so long in any case. */
  async brought(atMostMs: number): Promise<void> {
    const coming = this.#coming
    if (!coming) return
    const here = coming.then(
      () => {},
      () => {},
    )
    await Promise.race([here, new Promise((resolve) => setTimeout(resolve, atMostMs))])
  }

  /** Forgets failed frames among these and asks anew. */
  retry(frames: readonly FrameName[]): void {
    for (const name of frames) {
      const answer = this.#frames.get(frameKey(name))
      if (answer && 'failure' in answer) this.#frames.delete(frameKey(name))
    }
    this.#failures = 0
    this.#schedule()
  }

  /** Lets go of what nobody wants: the studies that it belongs to were closed. */
  release(): void {
    const wanted = new Set(this.#order().map(frameKey))
    for (const key of this.#frames.keys()) if (!wanted.has(key)) this.#forget(key)
  }

  /** Merged wishes, nearest first, as far as the budget goes. */
  #order(): WantedFrame[] {
    const lists = [...this.#wishes.values()].reverse()
    const longest = Math.max(0, ...lists.map((list) => list.length))
    const seen = new Set<string>()
    const order: WantedFrame[] = []
    let bytes = 0
    for (let step = 0; step < longest; step++) {
      for (const list of lists) {
        const wanted = list[step]
        if (!wanted || seen.has(frameKey(wanted))) continue
        // The first wish of a tile is its picture: it is loaded whatever the budget says.
        if (step > 0 && bytes + wanted.bytes > this.#room) continue
        seen.add(frameKey(wanted))
        bytes += wanted.bytes
        order.push(wanted)
      }
    }
    return order
  }

  #schedule(): void {
    const missing = this.#order().filter((name) => !this.#frames.has(frameKey(name)))
    if (this.#active) {
      const due = this.#active.order.slice(this.#active.next, this.#active.next + SOON).map(frameKey)
      const first = missing[0]
      // No longer wanted at all, or not next: start anew in the right order.
      if (first && due.includes(frameKey(first))) return
      this.#active.abort.abort()
      this.#active = undefined
    }
    if (missing.length === 0 || this.unreachable || this.#retry !== undefined || this.#coming) return
    void this.#load(missing.slice(0, REQUEST_FRAMES))
  }

  async #load(order: FrameName[]): Promise<void> {
    const active = { order, next: 0, abort: new AbortController() }
    this.#active = active
    try {
      await this.#stream(order, active.abort.signal, (index, answer) => {
        const name = order[index]
        if (!name || this.#active !== active) return
        active.next = index + 1
        this.#failures = 0
        this.#keep(frameKey(name), answer)
      })
      if (this.#active !== active) return
      this.#active = undefined
      if (active.next < order.length) throw new Error('The images stopped early.')
      this.#schedule()
    } catch {
      if (active.abort.signal.aborted) return
      this.#active = undefined
      this.#later()
    }
  }

  #later(): void {
    const delay = RETRY_MS[this.#failures]
    this.#failures++
    if (delay === undefined) {
      for (const listener of this.#listeners) listener('')
      return
    }
    this.#retry = setTimeout(() => {
      this.#retry = undefined
      this.#schedule()
    }, delay)
  }

  #keep(key: string, answer: FrameAnswer): void {
    if (this.#frames.has(key)) return
    this.#frames.set(key, answer)
    this.#bytes += 'bytes' in answer ? answer.bytes.byteLength : 0
    if (this.#bytes > this.#room) this.#evict()
    for (const listener of this.#listeners) listener(key)
  }

  /** Oldest first, sparing what is wanted. */
  #evict(): void {
    const wanted = new Set(this.#order().map(frameKey))
    for (const key of this.#frames.keys()) {
      if (this.#bytes <= this.#room) return
      if (!wanted.has(key)) this.#forget(key)
    }
  }

  #forget(key: string): void {
    const answer = this.#frames.get(key)
    if (answer && 'bytes' in answer) this.#bytes -= answer.bytes.byteLength
    this.#frames.delete(key)
  }
}
