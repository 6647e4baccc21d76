import type { DataSet } from 'dicom-parser'
import { unsigned16, valueBytes } from './attributes.ts'
import { words } from './lut.ts'

export interface Palette {
  firstInput: number
  red: Uint8Array
  green: Uint8Array
  blue: Uint8Array
}

interface Channel {
  count: number
  entries: Uint16Array
  /** Of an entry. */
  bits: number
}

/** Descriptor, data and segmented data of red, green and blue. */
const CHANNELS = [
  ['x00281101', 'x00281201', 'x00281221'],
  ['x00281102', 'x00281202', 'x00281222'],
  ['x00281103', 'x00281203', 'x00281223'],
] as const

/** The Palette Color Lookup Table (PS3.3 C.7.9) in 8 bits; undefined when it is missing or damaged. */
export function readPalette(dataSet: DataSet, signedPixels: boolean, bigEndian: boolean): Palette | undefined {
  const channels: Channel[] = []
  for (const [descriptor, data, segmented] of CHANNELS) {
    const channel = readChannel(dataSet, descriptor, data, segmented, bigEndian)
    if (channel === undefined) return undefined
    channels.push(channel)
  }
  const [red, green, blue] = channels
  if (red === undefined || green === undefined || blue === undefined) return undefined
  const first = unsigned16(dataSet, CHANNELS[0][0], 1) ?? 0
  const firstInput = signedPixels && first > 0x7fff ? first - 0x10000 : first
  // Some writers say 16 bits and store 8: then no entry of any channel reaches 256.
  const narrow = channels.every(({ bits, entries }) => bits === 8 || entries.every((entry) => entry < 256))
  const shift = narrow ? 0 : 8
  const bytes = ({ entries }: Channel) => Uint8Array.from(entries, (entry) => entry >> shift)
  return { firstInput, red: bytes(red), green: bytes(green), blue: bytes(blue) }
}

function readChannel(
  dataSet: DataSet,
  descriptor: string,
  data: string,
  segmented: string,
  bigEndian: boolean,
): Channel | undefined {
  const described = unsigned16(dataSet, descriptor, 0)
  const bits = unsigned16(dataSet, descriptor, 2)
  if (described === undefined || (bits !== 8 && bits !== 16)) return undefined
  const count = described === 0 ? 65536 : described
  const plain = valueBytes(dataSet, data)
  if (plain !== undefined && plain.length > 0) {
    if (plain.length >= 2 * count) return { count, bits, entries: words(plain, count, bigEndian) }
    return bits === 8 && plain.length >= count
      ? { count, bits, entries: packedBytes(plain, count, bigEndian) }
      : undefined
  }
  const segments = valueBytes(dataSet, segmented)
  if (segments === undefined) return undefined
  const entries = expandSegments(segments, bits, count, bigEndian)
  return entries && { count, bits, entries }
}

/** Bytes in an OW value: in big endian each pair is swapped (PS3.5 7.3). */
function packedBytes(data: Uint8Array, count: number, bigEndian: boolean): Uint16Array {
  return Uint16Array.from({ length: count }, (_, index) => data[bigEndian ? index ^ 1 : index] ?? 0)
}

const DISCRETE = 0
const LINEAR = 1
const INDIRECT = 2

/** Segmented palette (PS3.3 C.7.9.2): runs of values, linear ramps, and references to earlier segments. */
function expandSegments(data: Uint8Array, bits: number, count: number, bigEndian: boolean): Uint16Array | undefined {
  const source = bits === 8 ? packedBytes(data, data.length, bigEndian) : words(data, data.length >> 1, bigEndian)
  const output: number[] = []
  // Each segment is read at most once directly and references may not nest, so this ends.
  const read = (start: number, segments: number, nested: boolean): number | undefined => {
    let at = start
    for (let done = 0; done < segments && at + 1 < source.length && output.length < count; done++) {
      const opcode = source[at] ?? 0
      const length = source[at + 1] ?? 0
      at += 2
      if (opcode === DISCRETE) {
        if (at + length > source.length) return undefined
        for (let index = 0; index < length; index++) output.push(source[at + index] ?? 0)
        at += length
      } else if (opcode === LINEAR) {
        const from = output.at(-1)
        const to = source[at++]
        if (from === undefined || to === undefined) return undefined
        for (let step = 1; step <= length; step++) output.push(Math.round(from + ((to - from) * step) / length))
      } else if (opcode === INDIRECT && !nested) {
        // An offset in bytes from the beginning of the table, least significant part first.
        const parts = bits === 8 ? 4 : 2
        if (at + parts > source.length) return undefined
        let byte = 0
        for (let part = parts - 1; part >= 0; part--) byte = byte * 2 ** bits + (source[at + part] ?? 0)
        at += parts
        if (read(bits === 8 ? byte : byte >> 1, length, true) === undefined) return undefined
      } else {
        return undefined
      }
    }
    return at
  }
  if (read(0, Number.POSITIVE_INFINITY, false) === undefined || output.length !== count) return undefined
  return Uint16Array.from(output)
}
