import type { DataSet } from 'dicom-parser'
import type { AttributeSet } from '#shared/dicom/attributeSet.ts'
import { keywordOf, tagOf, valueRepresentationsOf } from '#shared/dicom/tag.ts'
import { type Encoding, encodingOf, shortVr } from '../part10/encoding.ts'
import { headerText } from '../part10/headerText.ts'
import { parseDataSet } from '../part10/parseDataSet.ts'
import { encodeNumbers } from './numbers.ts'
import { type ResponseText, responseText } from './responseText.ts'

/** A worklist entry has about fifty attributes; a performed step names each of its images. */
const ELEMENTS_MAX = 200_000
const ITEM = 0xfffee000

/** Throws Part10Error. Private attributes, group lengths and binary values are left out. */
export function decodeAttributes(bytes: Uint8Array, transferSyntaxUID: string): AttributeSet {
  const bounds = { start: 0, end: bytes.length, maximumElements: ELEMENTS_MAX }
  const { dataSet } = parseDataSet(bytes, encodingOf(transferSyntaxUID), bounds)
  return attributesOf(dataSet, dataSet)
}

function attributesOf(whole: DataSet, scope: DataSet): AttributeSet {
  const set: AttributeSet = {}
  for (const [key, element] of Object.entries(scope.elements)) {
    const tag = key.slice(1).toUpperCase()
    const keyword = keywordOf(tag)
    if (keyword === undefined || tag.endsWith('0000')) continue
    if (element.items !== undefined || valueRepresentationsOf(tag)[0] === 'SQ')
      set[keyword] = (element.items ?? []).map((item) => (item.dataSet ? attributesOf(whole, item.dataSet) : {}))
    else set[keyword] = headerText(whole, key, scope)
  }
  return set
}

/**
 * Writes a data set in the character set in which the peer asked, or the plainest that holds every value of it (PS3.5
 * 6.1.2.3). An empty value has no bytes whatever its VR: as a key it asks for the attribute (PS3.4 C.2.2.2.3), and a number
 * made of it would be a wrong one.
 */
export function encodeAttributes(set: AttributeSet, transferSyntaxUID: string, askedIn = ''): Buffer {
  const { SpecificCharacterSet: _, ...rest } = set
  const text = responseText(askedIn)(valuesOf(rest))
  const declared = text.characterSet === '' ? rest : { ...rest, SpecificCharacterSet: text.characterSet }
  return encodeItem(declared, text, encodingOf(transferSyntaxUID))
}

function valuesOf(set: AttributeSet): string[] {
  return Object.values(set).flatMap((value) => (typeof value === 'string' ? [value] : value.flatMap(valuesOf)))
}

function encodeItem(set: AttributeSet, text: ResponseText, encoding: Encoding): Buffer {
  const elements = Object.entries(set)
    .map(([keyword, value]) => {
      const digits = tagOf(keyword)
      if (digits === undefined) throw new Error(`PS3.6 knows no attribute ${keyword}`)
      return { tag: Number.parseInt(digits, 16), vr: valueRepresentationsOf(digits)[0] ?? 'UN', value }
    })
    .sort((a, b) => a.tag - b.tag)
  return Buffer.concat(
    elements.flatMap(({ tag, vr, value }) => {
      const bytes =
        typeof value === 'string' ? encodeValue(value, vr, text, encoding) : encodeSequence(value, text, encoding)
      return [elementHeader(tag, vr, bytes.length, encoding), bytes]
    }),
  )
}

function encodeSequence(items: readonly AttributeSet[], text: ResponseText, encoding: Encoding): Buffer {
  return Buffer.concat(
    items.flatMap((item) => {
      const bytes = encodeItem(item, text, encoding)
      return [tagAndLength(ITEM, bytes.length, encoding), bytes]
    }),
  )
}

function encodeValue(value: string, vr: string, text: ResponseText, { bigEndian }: Encoding): Buffer {
  if (value === '' || vr === 'SQ') return Buffer.alloc(0)
  const numbers = encodeNumbers(value, vr, bigEndian)
  if (numbers) return numbers
  const length = text.byteLength(value)
  const bytes = Buffer.alloc(length + (length % 2), vr === 'UI' ? 0 : 0x20)
  text.write(bytes, value, 0)
  return bytes
}

function elementHeader(tag: number, vr: string, length: number, encoding: Encoding): Buffer {
  if (!encoding.explicit) return tagAndLength(tag, length, encoding)
  const isShort = shortVr((vr.charCodeAt(0) << 8) | vr.charCodeAt(1)) !== undefined
  if (isShort && length > 0xffff) throw new Error('A value is too long for its element')
  const header = Buffer.alloc(isShort ? 8 : 12)
  writeTag(header, tag, encoding)
  header.write(vr, 4, 'latin1')
  if (!isShort) encoding.bigEndian ? header.writeUInt32BE(length, 8) : header.writeUInt32LE(length, 8)
  else encoding.bigEndian ? header.writeUInt16BE(length, 6) : header.writeUInt16LE(length, 6)
  return header
}

function tagAndLength(tag: number, length: number, encoding: Encoding): Buffer {
  const header = Buffer.alloc(8)
  writeTag(header, tag, encoding)
  if (encoding.bigEndian) header.writeUInt32BE(length, 4)
  else header.writeUInt32LE(length, 4)
  return header
}

function writeTag(header: Buffer, tag: number, { bigEndian }: Encoding): void {
  for (const [at, half] of [tag >>> 16, tag & 0xffff].entries())
    bigEndian ? header.writeUInt16BE(half, at * 2) : header.writeUInt16LE(half, at * 2)
}
