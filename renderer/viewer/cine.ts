import { DEFAULT_FRAME_TIME_MS, frameDue, frameDurationsMs, frameNext } from '#shared/imaging/cineClock.ts'
import type { StackFrame } from '#shared/imaging/displaySets.ts'

export const CINE_SPEEDS = [0.25, 0.5, 1, 1.5, 2, 4]

/** What is played: a tile. */
interface Played {
  readonly state: { stack: readonly StackFrame[]; index: number; speed: number; playing: boolean }
  readonly store: { setState(part: { playing?: boolean; speed?: number }): void }
  goTo(index: number): void
  drawNow(): void
}

/** Plays a tile by the clock. What is not here yet is skipped; the clip never slows down. */
export class Cine {
  readonly #tile: Played
  readonly #isLoaded: (index: number) => boolean
  #request: number | undefined

  constructor(tile: Played, isLoaded: (index: number) => boolean) {
    this.#tile = tile
    this.#isLoaded = isLoaded
  }

  toggle(): void {
    if (this.#tile.state.playing) this.pause()
    else this.play()
  }

  play(): void {
    const { stack, index, speed } = this.#tile.state
    const first = stack[0]
    if (!first || stack.length < 2 || stack.every(({ image }) => image.obstacle !== null)) return
    const { frameTimeMs, frameTimeVectorMs } = first.image
    const durations = frameDurationsMs(stack.length, frameTimeMs ?? DEFAULT_FRAME_TIME_MS, frameTimeVectorMs).map(
      (ms) => ms / speed,
    )
    this.#stop()
    let began: number | undefined
    const step = (now: number) => {
      began ??= now
      this.#request = requestAnimationFrame(step)
      const shown = this.#tile.state.index
      const due = frameDue(durations, index, now - began)
      const next = [frameNext(durations, shown, due), due].find((each) => this.#isLoaded(each))
      if (next === undefined || next === shown) return
      this.#tile.goTo(next)
      // A frame of the screen later its turn may be over: on a busy computer it would never be seen.
      this.#tile.drawNow()
    }
    this.#request = requestAnimationFrame(step)
    this.#tile.store.setState({ playing: true })
  }

  pause(): void {
    this.#stop()
    if (this.#tile.state.playing) this.#tile.store.setState({ playing: false })
  }

  setSpeed(speed: number): void {
    this.#tile.store.setState({ speed })
    if (this.#tile.state.playing) this.play()
  }

  #stop(): void {
    if (this.#request !== undefined) cancelAnimationFrame(this.#request)
    this.#request = undefined
  }
}
