import type { CastPart } from './castMessage.ts'

/** Puts the parts of pictures on a canvas as they come: a coarse picture as a whole, the fine one over it row by row. */
export class CanvasPainter {
  readonly #canvas: HTMLCanvasElement
  readonly #workers: number
  readonly #coarse = document.createElement('canvas')
  /** How many workers have sent their last part of a picture. */
  #ended = { turn: -1, coarse: false, workers: 0 }
  #shown = -1

  constructor(canvas: HTMLCanvasElement, workers: number) {
    this.#canvas = canvas
    this.#workers = workers
  }

  /** True once the picture is whole and fine. */
  take(part: CastPart): boolean {
    const { turn, coarse, isLast } = part
    if (turn < this.#shown) return false
    if (this.#ended.turn !== turn || this.#ended.coarse !== coarse) this.#ended = { turn, coarse, workers: 0 }
    if (isLast) this.#ended.workers++
    const isWhole = this.#ended.workers === this.#workers
    if (coarse) {
      put(this.#coarse, part)
      if (isWhole) this.#enlarge(turn)
    } else if (turn === this.#shown) {
      put(this.#canvas, part)
      return isWhole
    }
    return false
  }

  #enlarge(turn: number): void {
    const { width, height } = this.#canvas
    const context = this.#canvas.getContext('2d')
    if (!context) return
    context.imageSmoothingEnabled = true
    context.drawImage(this.#coarse, 0, 0, width, height)
    this.#shown = turn
  }
}

function put(canvas: HTMLCanvasElement, { width, height, fromRow, pixels }: CastPart): void {
  if (canvas.width !== width || canvas.height !== height) {
    canvas.width = width
    canvas.height = height
  }
  const image = new ImageData(new Uint8ClampedArray(pixels.buffer), width)
  canvas.getContext('2d')?.putImageData(image, 0, fromRow)
}
