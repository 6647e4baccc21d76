import { encodeText } from '#shared/dicom/characterSet.ts'
import type { ElementValue } from './dataSet.ts'

type NumberVR = 'US' | 'SS' | 'UL' | 'SL' | 'FL' | 'FD' | 'UV' | 'SV'

const NUMBER_BYTES: Record<NumberVR, number> = { US: 2, SS: 2, UL: 4, SL: 4, FL: 4, FD: 8, UV: 8, SV: 8 }
const NUL_PADDED = new Set(['UI', 'OB', 'UN'])

/** The value field of one element, even in length unless `unpadded` (PS3.5 6.2). */
export function encodeValue(
  vr: string,
  value: ElementValue,
  littleEndian: boolean,
  unpadded: boolean,
): Uint8Array<ArrayBufferLike> {
  const bytes = valueBytes(vr, value, littleEndian)
  if (bytes.length % 2 === 0 || unpadded) return bytes
  const even = new Uint8Array(bytes.length + 1)
  even.set(bytes)
  even[bytes.length] = NUL_PADDED.has(vr) || ArrayBuffer.isView(value) ? 0 : 0x20
  return even
}

function valueBytes(vr: string, value: ElementValue, littleEndian: boolean): Uint8Array<ArrayBufferLike> {
  if (value === null) return new Uint8Array(0)
  if (ArrayBuffer.isView(value)) {
    const bytes = new Uint8Array(value.buffer, value.byteOffset, value.byteLength)
    // Bytes given for OW stand in little-endian order, as in a file.
    const unit = value.BYTES_PER_ELEMENT === 1 && vr === 'OW' ? 2 : value.BYTES_PER_ELEMENT
    return littleEndian || unit === 1 ? bytes : swapped(bytes, unit)
  }
  const values = (Array.isArray(value) ? value : [value]) as (string | number)[]
  if (isNumberVR(vr)) return numberBytes(vr, values, littleEndian)
  if (vr === 'AT') {
    const words = values.flatMap((tag) => [`${tag}`.slice(0, 4), `${tag}`.slice(4)])
    return numberBytes(
      'US',
      words.map((word) => Number.parseInt(word, 16)),
      littleEndian,
    )
  }
  return encodeText(values.map((each) => (vr === 'DS' ? decimalString(each) : `${each}`)).join('\\'))
}

function isNumberVR(vr: string): vr is NumberVR {
  return Object.hasOwn(NUMBER_BYTES, vr)
}

function numberBytes(vr: NumberVR, values: (string | number)[], littleEndian: boolean): Uint8Array {
  const width = NUMBER_BYTES[vr]
  const view = new DataView(new ArrayBuffer(values.length * width))
  values.forEach((value, index) => {
    const at = index * width
    if (vr === 'UV' || vr === 'SV') view.setBigInt64(at, BigInt(value), littleEndian)
    else if (vr === 'FD') view.setFloat64(at, Number(value), littleEndian)
    else if (vr === 'FL') view.setFloat32(at, Number(value), littleEndian)
    else if (width === 4) view.setUint32(at, Number(value), littleEndian)
    else view.setUint16(at, Number(value), littleEndian)
  })
  return new Uint8Array(view.buffer)
}

/** DS has at most 16 characters (PS3.5 6.2). */
function decimalString(value: string | number): string {
  if (typeof value === 'string') return value
  const text = `${value}`
  if (text.length <= 16) return text
  for (let digits = 15; digits > 0; digits--) {
    const shorter = `${Number(value.toPrecision(digits))}`
    if (shorter.length <= 16) return shorter
  }
  return '0'
}

function swapped(bytes: Uint8Array, unit: number): Uint8Array {
  const copy = new Uint8Array(bytes.length)
  for (let at = 0; at + unit <= bytes.length; at += unit)
    for (let offset = 0; offset < unit; offset++) copy[at + offset] = bytes[at + unit - 1 - offset] ?? 0
  return copy
}
