import type { JsonValue } from './jsonModel.ts'

type Read = (view: DataView, at: number, little: boolean) => JsonValue

const VRS: Readonly<Record<string, { bytes: number; read: Read }>> = {
  US: { bytes: 2, read: (view, at, little) => view.getUint16(at, little) },
  SS: { bytes: 2, read: (view, at, little) => view.getInt16(at, little) },
  UL: { bytes: 4, read: (view, at, little) => view.getUint32(at, little) },
  SL: { bytes: 4, read: (view, at, little) => view.getInt32(at, little) },
  FL: { bytes: 4, read: (view, at, little) => finite(view.getFloat32(at, little)) },
  FD: { bytes: 8, read: (view, at, little) => finite(view.getFloat64(at, little)) },
  UV: { bytes: 8, read: (view, at, little) => exact(view.getBigUint64(at, little)) },
  SV: { bytes: 8, read: (view, at, little) => exact(view.getBigInt64(at, little)) },
  AT: { bytes: 4, read: (view, at, little) => hex(view.getUint16(at, little)) + hex(view.getUint16(at + 2, little)) },
}

/** Values of a VR of binary numbers; undefined where the length holds none. */
export function numbersOf(bytes: Uint8Array, vr: string, bigEndian: boolean): JsonValue[] | undefined {
  const number = VRS[vr]
  const count = number ? Math.floor(bytes.length / number.bytes) : 0
  if (!number || count === 0) return undefined
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  return Array.from({ length: count }, (_, index) => number.read(view, index * number.bytes, !bigEndian))
}

/** JSON has no such numbers: PS3.18 Table F.2.3-1 writes them as text. */
function finite(number: number): number | string {
  if (Number.isFinite(number)) return number
  return Number.isNaN(number) ? 'NaN' : number > 0 ? 'inf' : '-inf'
}

/** As text where a JSON reader would round (PS3.18 Table F.2.3-1 allows both). */
function exact(number: bigint): number | string {
  const value = Number(number)
  return Number.isSafeInteger(value) ? value : String(number)
}

const hex = (number: number): string => number.toString(16).toUpperCase().padStart(4, '0')
