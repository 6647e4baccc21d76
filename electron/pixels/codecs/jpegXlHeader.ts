import { FrameProblem } from '../frameProblem.ts'

/** The beginning of a JPEG XL codestream (ISO 18181-1 D.2, D.3). */
export interface JpegXlHeader {
  rows: number
  columns: number
  precision: number
}

const damaged = () => new FrameProblem('The compressed image data is damaged.')
const unusual = () => new FrameProblem('This kind of JPEG XL stream is not supported.')

/** JPEG XL packs fields of bits from the least significant one up. */
class BitReader {
  readonly #bytes: Uint8Array
  #position = 0
  constructor(bytes: Uint8Array) {
    this.#bytes = bytes
  }
  bits(count: number): number {
    let value = 0
    for (let index = 0; index < count; index++, this.#position++) {
      const byte = this.#bytes[this.#position >> 3]
      if (byte === undefined) throw damaged()
      value += ((byte >> (this.#position & 7)) & 1) * 2 ** index
    }
    return value
  }
  /** U32 of the standard: two bits choose one of four distributions, each [offset, bits]. */
  choice(distributions: readonly (readonly [number, number])[]): number {
    const [offset, count] = distributions[this.bits(2)] ?? [0, 0]
    return offset + this.bits(count)
  }
}

const SIZE = [
  [1, 9],
  [1, 13],
  [1, 18],
  [1, 30],
] as const
const RATIOS = [
  [1, 1],
  [12, 10],
  [4, 3],
  [3, 2],
  [16, 9],
  [5, 4],
  [2, 1],
] as const

/** A bare codestream, or the first part of one in the boxes of ISO 18181-2. */
function codestream(bytes: Uint8Array): Uint8Array {
  if (bytes[0] === 0xff && bytes[1] === 0x0a) return bytes.subarray(2)
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  let position = 0
  for (let boxes = 0; boxes < 64 && position + 8 <= bytes.length; boxes++) {
    const length = view.getUint32(position)
    const type = Buffer.from(bytes.subarray(position + 4, position + 8)).toString('latin1')
    const header = length === 1 ? 16 : 8
    if (type === 'jxlc') return bytes.subarray(position + header + 2)
    if (type === 'jxlp') return bytes.subarray(position + header + 4 + 2)
    if (length < 8) break
    position += length
  }
  throw damaged()
}

export function jpegXlHeader(bytes: Uint8Array): JpegXlHeader {
  const reader = new BitReader(codestream(bytes))
  const small = reader.bits(1) === 1
  const rows = small ? 8 * (1 + reader.bits(5)) : reader.choice(SIZE)
  const ratio = RATIOS[reader.bits(3) - 1]
  const columns =
    ratio !== undefined
      ? Math.floor((rows * ratio[0]) / ratio[1])
      : small
        ? 8 * (1 + reader.bits(5))
        : reader.choice(SIZE)
  return { rows, columns, precision: imagePrecision(reader) }
}

function imagePrecision(reader: BitReader): number {
  const allDefault = reader.bits(1) === 1
  if (allDefault) return 8
  const extraFields = reader.bits(1) === 1
  if (extraFields) {
    const orientation = 1 + reader.bits(3)
    const [intrinsicSize, preview, animation] = [reader.bits(1), reader.bits(1), reader.bits(1)]
    // The decoder would turn the image, or there are further images whose headers stand in between.
    if (orientation !== 1 || intrinsicSize + preview + animation > 0) throw unusual()
  }
  const float = reader.bits(1) === 1
  if (float) throw unusual()
  return reader.choice([
    [8, 0],
    [10, 0],
    [12, 0],
    [1, 6],
  ])
}
