import { colourTable } from '#shared/imaging/colourMaps.ts'
import type { InstanceImage } from '#shared/imaging/instanceImage.ts'
import { type GreyMapping, greyOf, greyTable } from '#shared/imaging/windowLut.ts'
import type { SampleArray } from './samples.ts'

/** The grey or colour pixels of one image at its own size, redrawn only when image or mapping change. */
export class Surface {
  readonly canvas = document.createElement('canvas')
  readonly #context = this.canvas.getContext('2d', { willReadFrequently: false })
  #data: ImageData | undefined
  #table: { table: Uint32Array; first: number; length: number; mapping: GreyMapping } | undefined
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
    else this.#paintGrey(pixels, samples, mapping)
    this.#context.putImageData(this.#data, 0, 0)
    this.#drawn = { samples, mapping }
  }

  #paintGrey(pixels: Uint32Array, samples: SampleArray, mapping: GreyMapping): void {
    const bounds = tableBounds(samples)
    if (!bounds) {
      const colours = colourTable(mapping.colours ?? 'grey')
      for (let i = 0; i < pixels.length; i++)
        pixels[i] = colours[Math.round(greyOf(samples[i] ?? 0, mapping))] ?? 0xff000000
      return
    }
    const { first, length } = bounds
    if (this.#table?.first !== first || this.#table.length !== length || !sameMapping(this.#table.mapping, mapping)) {
      this.#table = { table: greyTable(first, length, mapping), first, length, mapping }
    }
    const { table } = this.#table
    // The compiler cannot know that both indices are in range; `?? 0` costs nothing measurable here.
    for (let i = 0; i < pixels.length; i++) pixels[i] = table[(samples[i] ?? 0) - first] ?? 0
  }
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
  const table = greyTable(0, 256, mapping)
  const level = (value: number | undefined) => (table[value ?? 0] ?? 0) & 0xff
  for (let i = 0, at = 0; i < pixels.length; i++, at += 3) {
    pixels[i] = 0xff000000 | (level(samples[at + 2]) << 16) | (level(samples[at + 1]) << 8) | level(samples[at])
  }
}

function sameMapping(a: GreyMapping, b: GreyMapping): boolean {
  return (
    a.center === b.center &&
    a.width === b.width &&
    a.shape === b.shape &&
    a.inverted === b.inverted &&
    a.colours === b.colours &&
    a.slope === b.slope &&
    a.intercept === b.intercept &&
    a.curve === b.curve &&
    a.padding?.min === b.padding?.min &&
    a.padding?.max === b.padding?.max
  )
}
