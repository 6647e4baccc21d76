import type { Tile } from '../../viewer/tile.ts'
import type { Point } from './hitTest.ts'
import { beginPinch } from './pinch.ts'
import { closeRadial, showRadial } from './radial/shownRadial.ts'

/** A finger that stays within this while it rests. */
const STILL_PX = 10
const REST_MS = 550
/** In CSS pixels, one way or the other: what is larger is no finger, but the hand. */
const HAND_PX = 64

/** Fingers on a tile: one has the tool, two zoom and pan, one that rests opens the tools around it. */
export class Fingers {
  readonly #root: HTMLElement
  readonly #tile: Tile
  /** What the first finger began is no more. */
  readonly #abandon: () => void
  readonly #places = new Map<number, Point>()
  #pinch: ((first: Point, second: Point) => void) | undefined
  /** After two fingers, or a menu, the ones that stay do nothing until all are lifted. */
  #spent = false
  /** A pen is at work: what touches the screen beside it is the hand that holds it. */
  #yielded = false
  #opened = false
  #rest: { at: Point; timer: ReturnType<typeof setTimeout> } | undefined

  constructor(root: HTMLElement, tile: Tile, abandon: () => void) {
    this.#root = root
    this.#tile = tile
    this.#abandon = abandon
  }

  get any(): boolean {
    return this.#places.size > 0
  }

  /** True where the finger is not to begin anything of its own. */
  down({ pointerId, clientX, clientY, width, height }: PointerEvent, at: Point, opensMenu: boolean): boolean {
    if (!this.any) this.#watchPen(true)
    this.#places.set(pointerId, at)
    if (this.#yielded) return true
    const [first, second, third] = [...this.#places.values()]
    if (second && first) {
      this.#spend()
      this.#pinch = third ? undefined : beginPinch(this.#tile, first, second)
      return true
    }
    if (opensMenu && Math.max(width, height) <= HAND_PX) {
      const timer = setTimeout(() => {
        this.#spend()
        this.#opened = true
        showRadial(this.#root, clientX, clientY)
      }, REST_MS)
      this.#rest = { at, timer }
    }
    return false
  }

  /** True where the movement was that of fingers together. */
  move({ pointerId }: PointerEvent, at: Point): boolean {
    if (!this.#places.has(pointerId)) return false
    this.#places.set(pointerId, at)
    if (this.#rest && Math.hypot(at[0] - this.#rest.at[0], at[1] - this.#rest.at[1]) > STILL_PX) this.#stir()
    const [first, second] = [...this.#places.values()]
    if (first && second) this.#pinch?.(first, second)
    return this.#spent
  }

  up({ pointerId }: PointerEvent): boolean {
    if (!this.#places.delete(pointerId)) return false
    this.#stir()
    this.#pinch = undefined
    const was = this.#spent
    if (!this.any) this.#lifted()
    return was
  }

  /** Something more exact has come: until all fingers are lifted they do nothing. */
  yield(): void {
    if (this.#yielded) return
    this.#yielded = true
    this.#spend()
    this.#pinch = undefined
    // It lay there for long, and what it opened was asked for by nobody.
    if (this.#opened) closeRadial()
  }

  forget(): void {
    this.#stir()
    this.#places.clear()
    this.#lifted()
  }

  #lifted(): void {
    this.#spent = false
    this.#yielded = false
    this.#opened = false
    this.#watchPen(false)
  }

  /** It is seen before it touches the screen, and over whatever lies there. */
  readonly #seePen = ({ pointerType }: PointerEvent) => {
    if (pointerType === 'pen') this.yield()
  }

  #watchPen(on: boolean): void {
    for (const type of ['pointermove', 'pointerdown'] as const)
      if (on) window.addEventListener(type, this.#seePen, { capture: true })
      else window.removeEventListener(type, this.#seePen, { capture: true })
  }

  #spend(): void {
    this.#stir()
    this.#spent = true
    this.#abandon()
  }

  #stir(): void {
    clearTimeout(this.#rest?.timer)
    this.#rest = undefined
  }
}
