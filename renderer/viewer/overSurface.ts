import { type ColourMap, colourTable } from '#shared/imaging/colourMaps.ts'

/** How values that lie over a picture are drawn: from nothing at 0 to the last colour at `upper`. */
export interface OverMapping {
  upper: number
  /** 0 to 1. */
  opacity: number
  colours: ColourMap
}

/** Up to this share of the window they fade in: where nothing is taken up, the picture below stays as it is. */
const FADE = 0.15

/** The colours that are laid over a picture, pixel by pixel; redrawn only when something changes. */
export class OverSurface {
  readonly #canvas = document.createElement('canvas')
  #drawn: { values: Float32Array; mapping: OverMapping } | undefined

  draw(
    { columns, rows }: { columns: number; rows: number },
    values: Float32Array,
    mapping: OverMapping,
  ): HTMLCanvasElement {
    const { upper, opacity, colours } = mapping
    const before = this.#drawn
    const isSame =
      before?.values === values &&
      before.mapping.upper === upper &&
      before.mapping.opacity === opacity &&
      before.mapping.colours === colours
    if (isSame) return this.#canvas
    const data = new ImageData(columns, rows)
    const pixels = new Uint32Array(data.data.buffer)
    const table = overTable(opacity, colours)
    const perValue = 255 / upper
    for (let at = 0; at < pixels.length; at++) {
      const level = (values[at] ?? Number.NaN) * perValue
      // Not a number: it does not reach here.
      pixels[at] = level > 0 ? (table[level > 255 ? 255 : Math.round(level)] ?? 0) : 0
    }
    this.#canvas.width = columns
    this.#canvas.height = rows
    this.#canvas.getContext('2d')?.putImageData(data, 0, 0)
    this.#drawn = { values, mapping }
    return this.#canvas
  }
}

export function overTable(opacity: number, colours: ColourMap): Uint32Array {
  return colourTable(colours).map((colour, level) => {
    const alpha = Math.round(255 * opacity * Math.min(1, level / 255 / FADE))
    return ((colour & 0xffffff) | (alpha << 24)) >>> 0
  })
}
