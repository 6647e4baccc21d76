import { valueRepresentationsOf } from '#shared/dicom/tag.ts'
import { type Encoding, looksLikeVr, shortVr } from '../part10/encoding.ts'

export const UNDEFINED_LENGTH = 0xffffffff
export const ITEM = 0xfffee000
export const ITEM_DELIMITATION = 0xfffee00d
export const SEQUENCE_DELIMITATION = 0xfffee0dd
export const PIXEL_DATA = 0x7fe00010

export interface ElementHeader {
  tag: number
  vr: string
  length: number
  /** Where the value starts. */
  start: number
}

/** The header of the element at `at` (PS3.5 7.1). Throws when it does not fit into `end`. */
export function readElementHeader(
  view: DataView,
  at: number,
  end: number,
  { explicit, bigEndian }: Encoding,
  pixelRepresentation: number,
): ElementHeader {
  const little = !bigEndian
  if (at + 8 > end) throw new Error('A data element is cut off.')
  const tag = view.getUint16(at, little) * 0x10000 + view.getUint16(at + 2, little)
  if (tag >>> 16 === 0xfffe) return { tag, vr: '', length: view.getUint32(at + 4, little), start: at + 8 }
  const vrCode = view.getUint16(at + 4, false)
  if (!explicit || !looksLikeVr(vrCode))
    return checked(
      { tag, vr: dictionaryVr(tag, pixelRepresentation), length: view.getUint32(at + 4, little), start: at + 8 },
      end,
    )
  const short = shortVr(vrCode)
  if (short !== undefined)
    return checked({ tag, vr: short, length: view.getUint16(at + 6, little), start: at + 8 }, end)
  if (at + 12 > end) throw new Error('A data element is cut off.')
  const vr = String.fromCharCode(vrCode >> 8, vrCode & 0xff)
  return checked({ tag, vr, length: view.getUint32(at + 8, little), start: at + 12 }, end)
}

function checked(header: ElementHeader, end: number): ElementHeader {
  if (header.length !== UNDEFINED_LENGTH && header.start + header.length > end)
    throw new Error('A data element is longer than what holds it.')
  return header
}

/** PS3.5 A.1, A.2: what an implicit element is, where the standard leaves a choice. */
function dictionaryVr(tag: number, pixelRepresentation: number): string {
  const vrs = valueRepresentationsOf(tag.toString(16).padStart(8, '0'))
  if (vrs.length > 1) {
    if (vrs.includes('OW')) return 'OW'
    if (vrs.includes('SS')) return pixelRepresentation === 1 ? 'SS' : 'US'
  }
  return vrs[0] ?? 'UN'
}
