import { tagOf, valueRepresentationsOf } from '#shared/dicom/tag.ts'
import { type DataSet, type ElementValue, isEncapsulated, isWithVR, type WithVR } from './dataSet.ts'
import { encodeValue } from './encodeValue.ts'

export interface Encoding {
  explicit: boolean
  littleEndian: boolean
}

const LONG_LENGTH = new Set(['OB', 'OD', 'OF', 'OL', 'OV', 'OW', 'SQ', 'SV', 'UC', 'UN', 'UR', 'UT', 'UV'])
const UNDEFINED_LENGTH = 0xffffffff
const ITEM = 'FFFEE000'
const ITEM_END = 'FFFEE00D'
const SEQUENCE_END = 'FFFEE0DD'

/** The bytes of a data set without preamble and file meta information, as they travel in a C-STORE (PS3.5 7.1). */
export function writeDataSet(dataSet: DataSet, encoding: Encoding): Uint8Array<ArrayBuffer> {
  return joined(dataSetChunks(dataSet, encoding))
}

export function joined(chunks: Uint8Array[]): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(chunks.reduce((total, chunk) => total + chunk.length, 0))
  let at = 0
  for (const chunk of chunks) {
    bytes.set(chunk, at)
    at += chunk.length
  }
  return bytes
}

function dataSetChunks(dataSet: DataSet, encoding: Encoding): Uint8Array[] {
  return Object.entries(dataSet)
    .map(([name, value]): [string, ElementValue] => [tagNamed(name), value])
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([tag, value]) => elementChunks(tag, value, dataSet, encoding))
}

function tagNamed(name: string): string {
  const tag = /^[0-9a-fA-F]{8}$/.test(name) ? name.toUpperCase() : tagOf(name)
  if (tag === undefined) throw new Error(`${name} is neither a keyword of PS3.6 nor eight hex digits`)
  return tag
}

function elementChunks(tag: string, given: ElementValue, dataSet: DataSet, encoding: Encoding): Uint8Array[] {
  const forced: Partial<WithVR> = isWithVR(given) ? given : {}
  const value = isWithVR(given) ? given.value : given
  const vr = forced.vr ?? chooseVR(tag, value, dataSet)
  if (isEncapsulated(value)) {
    const offsets = Uint32Array.from(value.offsetTable ?? [])
    const items = [new Uint8Array(offsets.buffer), ...value.fragments].flatMap((fragment) => {
      const even = fragment.length % 2 === 0 ? [fragment] : [fragment, Uint8Array.of(0)]
      return [itemHeader(ITEM, fragment.length + (fragment.length % 2), encoding), ...even]
    })
    return [elementHeader(tag, 'OB', UNDEFINED_LENGTH, encoding), ...items, itemHeader(SEQUENCE_END, 0, encoding)]
  }
  if (vr === 'SQ') {
    const undefinedLength = forced.undefinedLength === true
    const items = (Array.isArray(value) ? (value as DataSet[]) : []).flatMap((item) =>
      itemChunks(item, undefinedLength, encoding),
    )
    if (!undefinedLength) return [elementHeader(tag, vr, forced.declaredLength ?? size(items), encoding), ...items]
    return [elementHeader(tag, vr, UNDEFINED_LENGTH, encoding), ...items, itemHeader(SEQUENCE_END, 0, encoding)]
  }
  const bytes = encodeValue(vr, value, encoding.littleEndian, forced.unpadded === true)
  return [elementHeader(tag, vr, forced.declaredLength ?? bytes.length, encoding), bytes]
}

function itemChunks(item: DataSet, undefinedLength: boolean, encoding: Encoding): Uint8Array[] {
  const chunks = dataSetChunks(item, encoding)
  if (!undefinedLength) return [itemHeader(ITEM, size(chunks), encoding), ...chunks]
  return [itemHeader(ITEM, UNDEFINED_LENGTH, encoding), ...chunks, itemHeader(ITEM_END, 0, encoding)]
}

function size(chunks: Uint8Array[]): number {
  return chunks.reduce((total, chunk) => total + chunk.length, 0)
}

function itemHeader(tag: string, length: number, encoding: Encoding): Uint8Array {
  return elementHeader(tag, '', length, { ...encoding, explicit: false })
}

function elementHeader(tag: string, vr: string, length: number, encoding: Encoding): Uint8Array {
  const long = encoding.explicit && LONG_LENGTH.has(vr)
  const header = new DataView(new ArrayBuffer(long ? 12 : 8))
  header.setUint16(0, Number.parseInt(tag.slice(0, 4), 16), encoding.littleEndian)
  header.setUint16(2, Number.parseInt(tag.slice(4), 16), encoding.littleEndian)
  if (encoding.explicit) {
    header.setUint8(4, vr.charCodeAt(0))
    header.setUint8(5, vr.charCodeAt(1))
    if (long) header.setUint32(8, length, encoding.littleEndian)
    else header.setUint16(6, length, encoding.littleEndian)
  } else {
    header.setUint32(4, length, encoding.littleEndian)
  }
  return new Uint8Array(header.buffer)
}

/** Where the dictionary leaves the choice, PS3.5 A.2 and the data set decide. */
function chooseVR(tag: string, value: ElementValue, dataSet: DataSet): string {
  if (isEncapsulated(value)) return 'OB'
  const allowed = valueRepresentationsOf(tag)
  const [first] = allowed
  if (first === undefined) {
    if (Number.parseInt(tag.slice(0, 4), 16) % 2 === 1 && /^00[1-9A-F]/.test(tag.slice(4, 7))) return 'LO'
    throw new Error(`${tag} needs a VR`)
  }
  if (allowed.length === 1) return first
  if (allowed.includes('OB')) return value instanceof Uint8Array && dataSet.BitsAllocated !== 16 ? 'OB' : 'OW'
  if (allowed.includes('OW') && ArrayBuffer.isView(value)) return 'OW'
  return dataSet.PixelRepresentation === 1 && allowed.includes('SS') ? 'SS' : 'US'
}
