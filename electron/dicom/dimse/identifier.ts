import { encodeText, SPECIFIC_CHARACTER_SET } from '#shared/dicom/characterSet.ts'
import { keywordOf, tagOf, valueRepresentationsOf } from '#shared/dicom/tag.ts'
import { encodingOf } from '../part10/encoding.ts'
import { headerText } from '../part10/headerText.ts'
import { parseDataSet } from '../part10/parseDataSet.ts'
import { encodeNumbers } from './numbers.ts'

/** Keyword (PS3.6) to value as text, several values joined by a backslash. */
export type Identifier = Record<string, string>

const longForm = new Set(['OB', 'OD', 'OF', 'OL', 'OV', 'OW', 'SQ', 'SV', 'UC', 'UN', 'UR', 'UT', 'UV'])

/**
 * Encodes an identifier for one of the uncompressed transfer syntaxes. Text is UTF-8 and says so. An empty value is
 * encoded without bytes whatever its VR: it asks for the attribute and matches everything (PS3.4 C.2.2.2.3).
 */
export function encodeIdentifier(identifier: Identifier, transferSyntaxUID: string): Buffer {
  const encoding = encodingOf(transferSyntaxUID)
  const elements = Object.entries({ ...identifier, SpecificCharacterSet: SPECIFIC_CHARACTER_SET }).map(
    ([keyword, value]) => {
      const tag = tagOf(keyword)
      if (tag === undefined) throw new Error(`PS3.6 knows no attribute ${keyword}`)
      const vr = valueRepresentationsOf(tag)[0] ?? 'UN'
      return { tag: Number.parseInt(tag, 16), vr, bytes: encodeValue(value, vr, encoding.bigEndian) }
    },
  )
  elements.sort((a, b) => a.tag - b.tag)
  return Buffer.concat(
    elements.flatMap(({ tag, vr, bytes }) => {
      const long = encoding.explicit && longForm.has(vr)
      const header = Buffer.alloc(long ? 12 : 8)
      const u16 = (value: number, at: number) =>
        encoding.bigEndian ? header.writeUInt16BE(value, at) : header.writeUInt16LE(value, at)
      const u32 = (value: number, at: number) =>
        encoding.bigEndian ? header.writeUInt32BE(value, at) : header.writeUInt32LE(value, at)
      u16(tag >>> 16, 0)
      u16(tag & 0xffff, 2)
      if (encoding.explicit) header.write(vr, 4, 'latin1')
      if (!encoding.explicit) u32(bytes.length, 4)
      else if (long) u32(bytes.length, 8)
      else if (bytes.length > 0xffff) throw new Error('A key of the identifier is too long')
      else u16(bytes.length, 6)
      return [header, bytes]
    }),
  )
}

function encodeValue(value: string, vr: string, bigEndian: boolean): Uint8Array {
  if (value === '' || vr === 'SQ') return Buffer.alloc(0)
  const numbers = encodeNumbers(value, vr, bigEndian)
  if (numbers) return numbers
  const text = encodeText(value)
  if (text.length % 2 === 0) return text
  const padded = Buffer.alloc(text.length + 1, vr === 'UI' ? 0 : ' ')
  padded.set(text)
  return padded
}

/** Throws Part10Error. Private and unknown attributes, group lengths and sequences are left out. */
export function decodeIdentifier(bytes: Uint8Array, transferSyntaxUID: string): Identifier {
  const encoding = encodingOf(transferSyntaxUID)
  const { bigEndian } = encoding
  const { dataSet } = parseDataSet(bytes, encoding, { start: 0, end: bytes.length })
  const identifier: Identifier = {}
  for (const [key, element] of Object.entries(dataSet.elements)) {
    const keyword = keywordOf(key.slice(1))
    if (keyword === undefined || element.items !== undefined || key.endsWith('0000')) continue
    identifier[keyword] = isTag(key, element.vr)
      ? tagsOf(bytes.subarray(element.dataOffset, element.dataOffset + element.length), bigEndian)
      : headerText(dataSet, key)
  }
  return identifier
}

const isTag = (key: string, vr: string | undefined): boolean =>
  vr === 'AT' || (vr === undefined && valueRepresentationsOf(key.slice(1))[0] === 'AT')

/** AT: pairs of 16-bit numbers (PS3.5 6.2), as eight hex digits. */
function tagsOf(bytes: Uint8Array, bigEndian: boolean): string {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const hex = (at: number) => view.getUint16(at, !bigEndian).toString(16).toUpperCase().padStart(4, '0')
  const tags: string[] = []
  for (let at = 0; at + 4 <= bytes.length; at += 4) tags.push(hex(at) + hex(at + 2))
  return tags.join('\\')
}
