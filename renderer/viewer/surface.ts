import { colourTable } from '#shared/imaging/colourMaps.ts'
import type { InstanceImage } from '#shared/imaging/instanceImage.ts'
import { type GreyMapping, greyOf } from '#shared/imaging/windowLut.ts'
import { keptGreyTable, sameMapping } from './greyTables.ts'
import type { SampleArray } from './samples.ts'

/** The next image is mostly as large as this one. */
const KEPT_PIXELS = 1024 * 1024

/** The grey or colour pixels of one image at its own size, redrawn only when image or mapping change. */
export class Surface {
  readonly canvas = document.createElement('canvas')
  readonly #context = this.canvas.getContext('2d', { willReadFrequently: false })
  #data: ImageData | undefined
  #drawn: { samples: SampleArray; mapping: GreyMapping } | undefined

  draw(image: InstanceImage, samples: SampleArray, mapping: GreyMapping): void {
    if (this.#drawn?.samples === samples && sameMapping(this.#drawn.mapping, mapping)) return
    if (!this.#context) throw new Error('This system gives no drawing surface.')
    const { columns, rows } = image
    if (this.#data?.width !== columns || this.#data.height !== rows) {
      this.canvas.width = columns
      this.canvas.height = rows
      this.#data = new ImageData(columns, rows)
    }
    const pixels = new Uint32Array(this.#data.data.buffer)
    if (image.samples.type === 'rgb8') paintColour(pixels, samples, mapping)
    else paintGrey(pixels, samples, mapping)
    this.#context.putImageData(this.#data, 0, 0)
    this.#drawn = { samples, mapping }
  }

  /** What is drawn is let go, and the room for a large image. */
  release(): void {
    this.#drawn = undefined
    this.#context?.clearRect(0, 0, this.canvas.width, this.canvas.height)
    if (this.canvas.width * this.canvas.height <= KEPT_PIXELS) return
    this.#data = undefined
    this.canvas.width = 0
  }
}

function paintGrey(pixels: Uint32Array, samples: SampleArray, mapping: GreyMapping): void {
  const bounds = tableBounds(samples)
  if (!bounds) {
    const colours = colourTable(mapping.colours ?? 'grey')
    for (let i = 0; i < pixels.length; i++)
      pixels[i] = colours[Math.round(greyOf(samples[i] ?? 0, mapping))] ?? 0xff000000
    return
  }
  const { first, length } = bounds
  const table = keptGreyTable(first, length, mapping)
  // The compiler cannot know that both indices are in range; `?? 0` costs nothing measurable here.
  for (let i = 0; i < pixels.length; i++) pixels[i] = table[(samples[i] ?? 0) - first] ?? 0
}

/** Types with few enough values for a table. */
function tableBounds(samples: SampleArray): { first: number; length: number } | undefined {
  if (samples instanceof Uint8Array) return { first: 0, length: 256 }
  if (samples instanceof Int8Array) return { first: -128, length: 256 }
  if (samples instanceof Uint16Array) return { first: 0, length: 65536 }
  if (samples instanceof Int16Array) return { first: -32768, length: 65536 }
  return undefined
}

function paintColour(pixels: Uint32Array, samples: SampleArray, mapping: GreyMapping): void {
  const table = keptGreyTable(0, 256, mapping)
  const level = (value: number | undefined) => (table[value ?? 0] ?? 0) & 0xff
  for (let i = 0, at = 0; i < pixels.length; i++, at += 3) {
    pixels[i] = 0xff000000 | (level(samples[at + 2]) << 16) | (level(samples[at + 1]) << 8) | level(samples[at])
  }
}
