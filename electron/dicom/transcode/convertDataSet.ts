import { encodingOf, shortVr } from '../part10/encoding.ts'
import {
  type ElementHeader,
  ITEM,
  ITEM_DELIMITATION,
  PIXEL_DATA,
  readElementHeader,
  SEQUENCE_DELIMITATION,
  UNDEFINED_LENGTH,
} from './elementReader.ts'

/** Decoded pixel data that takes the place of the encapsulated one, with what it changes of its description. */
export interface NativePixels {
  bytes: Uint8Array
  photometricInterpretation: string
  /** Its compression has changed the values: the object says so from then on (PS3.3 C.7.6.1.1.5). */
  isLossy: boolean
}

const MAXIMUM_DEPTH = 128
const PHOTOMETRIC_INTERPRETATION = 0x00280004
const PLANAR_CONFIGURATION = 0x00280006
const BITS_ALLOCATED = 0x00280100
const PIXEL_REPRESENTATION = 0x00280103
const LOSSY_IMAGE_COMPRESSION = 0x00282110
/** Extended Offset Table and its lengths describe fragments (PS3.3 C.7.6.3.1.8). */
const FRAGMENT_TABLES = new Set([0x7fe00001, 0x7fe00002, 0x7fe00003])

const swapWidth: Record<string, number> = { US: 2, SS: 2, AT: 2, OW: 2, UL: 4, SL: 4, FL: 4, OF: 4, OL: 4 }
const swapWidth8 = new Set(['FD', 'OD', 'OV', 'SV', 'UV'])

interface Level {
  kind: 'items' | 'elements'
  end: number
  delimited: boolean
  explicit: boolean
}

/**
 * Writes a data set in Explicit or Implicit VR Little Endian, element by element: private and unknown ones are kept as
 * they are, values are copied, only their byte order changes. Sequences and items get undefined length, group lengths
 * are left out. Throws an Error with a sentence when the data set does not hold together.
 */
export function convertDataSet(
  bytes: Uint8Array,
  from: string,
  target: { explicit: boolean },
  pixels?: NativePixels,
): Uint8Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const encoding = encodingOf(from)
  const output: Uint8Array[] = []
  const levels: Level[] = []
  let level: Level = { kind: 'elements', end: bytes.length, delimited: false, explicit: encoding.explicit }
  let at = 0
  let pixelRepresentation = 0
  let bitsAllocated = 0
  let saysLossy = pixels?.isLossy !== true

  const push = (next: Level) => {
    if (levels.length >= MAXIMUM_DEPTH) throw new Error('The sequences are nested too deeply.')
    levels.push(level)
    level = next
  }
  const pop = () => {
    output.push(delimiter(level.kind === 'items' ? SEQUENCE_DELIMITATION : ITEM_DELIMITATION))
    level = levels.pop() as Level
  }

  while (levels.length > 0 || at < level.end) {
    if (at >= level.end) {
      if (level.delimited) throw new Error('A sequence has no end.')
      pop()
      continue
    }
    const reading = { explicit: level.explicit, bigEndian: encoding.bigEndian }
    const header = readElementHeader(view, at, level.end, reading, pixelRepresentation)
    const { tag, length, start } = header
    at = start
    if (tag === SEQUENCE_DELIMITATION || tag === ITEM_DELIMITATION) {
      // One that closes nothing says nothing: some writers leave it behind. Others forget to close the last item.
      if (!level.delimited) continue
      if (tag === SEQUENCE_DELIMITATION && level.kind === 'elements') pop()
      pop()
      continue
    }
    if (level.kind === 'items') {
      if (tag !== ITEM) throw new Error('A sequence holds something that is no item.')
      output.push(delimiter(ITEM, UNDEFINED_LENGTH))
      const delimited = length === UNDEFINED_LENGTH
      const end = delimited ? level.end : start + length
      if (end > level.end) throw new Error('An item is longer than its sequence.')
      push({ kind: 'elements', end, delimited, explicit: level.explicit })
      continue
    }
    if (!saysLossy && levels.length === 0 && tag >= LOSSY_IMAGE_COMPRESSION) {
      writeElement(output, target, { ...header, tag: LOSSY_IMAGE_COMPRESSION, vr: 'CS' }, Buffer.from('01', 'latin1'))
      saysLossy = true
      if (tag === LOSSY_IMAGE_COMPRESSION) {
        at = start + length
        continue
      }
    }
    if (tag === PIXEL_DATA && levels.length === 0 && length === UNDEFINED_LENGTH) {
      if (!pixels) throw new Error('Its pixel data is encapsulated.')
      writeElement(output, target, { ...header, vr: 'OW' }, pixels.bytes)
      at = endOfFragments(view, start, level.end)
      continue
    }
    if (length === UNDEFINED_LENGTH && /^O/.test(header.vr)) throw new Error('It holds a second compressed image.')
    if (header.vr === 'SQ' || length === UNDEFINED_LENGTH) {
      writeHeader(output, target, tag, 'SQ', UNDEFINED_LENGTH)
      const delimited = length === UNDEFINED_LENGTH
      // UN of undefined length holds an implicit VR sequence (PS3.5 6.2.2).
      const explicit = level.explicit && header.vr !== 'UN'
      push({ kind: 'items', end: delimited ? level.end : start + length, delimited, explicit })
      continue
    }
    at = start + length
    if (encoding.bigEndian && tag === PIXEL_DATA && bitsAllocated > 16)
      throw new Error('Big endian samples of more than 16 bits are written in two ways.')
    const isGroupLength = (tag & 0xffff) === 0
    if (isGroupLength || (pixels && FRAGMENT_TABLES.has(tag))) continue
    const value = bytes.subarray(start, at)
    if (tag === PIXEL_REPRESENTATION && length === 2) pixelRepresentation = view.getUint16(start, !encoding.bigEndian)
    if (tag === BITS_ALLOCATED && length === 2) bitsAllocated = view.getUint16(start, !encoding.bigEndian)
    if (pixels && levels.length === 0 && tag === PHOTOMETRIC_INTERPRETATION)
      writeElement(output, target, header, Buffer.from(even(pixels.photometricInterpretation), 'latin1'))
    else if (pixels && levels.length === 0 && tag === PLANAR_CONFIGURATION)
      writeElement(output, target, header, Buffer.from([0, 0]))
    else writeElement(output, target, header, encoding.bigEndian ? swapped(value, header.vr) : value)
  }
  return Buffer.concat(output)
}

const even = (text: string): string => (text.length % 2 ? `${text} ` : text)

function writeElement(
  output: Uint8Array[],
  target: { explicit: boolean },
  { tag, vr }: ElementHeader,
  value: Uint8Array,
): void {
  const padding = value.length % 2
  writeHeader(output, target, tag, vr, value.length + padding)
  output.push(value)
  if (padding) output.push(Buffer.alloc(1))
}

function writeHeader(
  output: Uint8Array[],
  target: { explicit: boolean },
  tag: number,
  vr: string,
  length: number,
): void {
  const isShort = target.explicit && shortVr((vr.charCodeAt(0) << 8) | vr.charCodeAt(1)) !== undefined
  // A value too long for its VR's two-byte length is legal as UN only (PS3.5 6.2.2 note 2).
  const written = isShort && length > 0xffff ? 'UN' : vr
  const short = isShort && written === vr
  const header = Buffer.alloc(target.explicit && !short ? 12 : 8)
  header.writeUInt16LE(tag >>> 16, 0)
  header.writeUInt16LE(tag & 0xffff, 2)
  if (!target.explicit) header.writeUInt32LE(length, 4)
  else {
    header.write(written, 4, 'latin1')
    if (short) header.writeUInt16LE(length, 6)
    else header.writeUInt32LE(length, 8)
  }
  output.push(header)
}

function delimiter(tag: number, length = 0): Buffer {
  const bytes = Buffer.alloc(8)
  bytes.writeUInt16LE(tag >>> 16, 0)
  bytes.writeUInt16LE(tag & 0xffff, 2)
  bytes.writeUInt32LE(length, 4)
  return bytes
}

function swapped(value: Uint8Array, vr: string): Uint8Array {
  const width = swapWidth8.has(vr) ? 8 : (swapWidth[vr] ?? 1)
  if (width === 1 || value.length % width !== 0) return value
  const copy = Buffer.from(value)
  return width === 2 ? copy.swap16() : width === 4 ? copy.swap32() : copy.swap64()
}

function endOfFragments(view: DataView, start: number, end: number): number {
  let at = start
  while (at + 8 <= end) {
    const tag = view.getUint16(at, true) * 0x10000 + view.getUint16(at + 2, true)
    const length = view.getUint32(at + 4, true)
    at += 8
    if (tag === SEQUENCE_DELIMITATION) return at
    if (tag !== ITEM) throw new Error('Its pixel data holds something that is no fragment.')
    at += length
  }
  return end
}
