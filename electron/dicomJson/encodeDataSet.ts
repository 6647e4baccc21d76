import type { DataSet, Element } from 'dicom-parser'
import { encodingOf } from '#electron/dicom/part10/encoding.ts'
import type { Part10Header } from '#electron/dicom/part10/readHeader.ts'
import { decodeText } from '#shared/dicom/characterSet.ts'
import { valueRepresentationsOf } from '#shared/dicom/tag.ts'
import { type JsonDataSet, type JsonElement, type JsonValue, jsonTexts } from './jsonModel.ts'
import { numbersOf } from './numbersOf.ts'

export interface EncodeOptions {
  /** Where the value of an element is fetched; `path` is `TAG`, or `TAG/ITEM/TAG` within sequences, items from 0 on. */
  bulkDataURI(path: string): string
  /** Binary values up to this stand in the answer itself. */
  inlineBytesMax?: number
}

const INLINE_BYTES_MAX = 1024
/** Numbers and text beyond this are bulk data too, where PS3.18 F.2.6 lets their VR be. */
const INLINE_TEXT_BYTES_MAX = 256 * 1024

const BINARY = new Set(['OB', 'OD', 'OF', 'OL', 'OV', 'OW', 'UN'])
const MAY_BE_BULK = new Set('DS FD FL IS LT SL SS ST SV UC UL UN US UT UV'.split(' '))
const NUMBERS = new Set(['AT', 'FD', 'FL', 'SL', 'SS', 'SV', 'UL', 'US', 'UV'])
const IN_CHARACTER_SET = new Set(['LO', 'LT', 'PN', 'SH', 'ST', 'UC', 'UT'])
const SPECIFIC_CHARACTER_SET = 'x00080005'

interface Scope {
  characterSets: readonly string[]
  signed: boolean
  path: string
}

/**
 * The DICOM JSON model of a data set (PS3.18 F.2), up to and with its pixel data, attribute by attribute: text in Unicode,
 * without group lengths and file meta information. Pixel data is always bulk data.
 */
export function* encodeDataSet(header: Part10Header, options: EncodeOptions): Generator<[string, JsonElement]> {
  const { dataSet, pixelData, transferSyntaxUID } = header
  const bytesOf: Reading = { bigEndian: encodingOf(transferSyntaxUID).bigEndian, options }
  const scope = scopeOf(dataSet, { characterSets: [], signed: false, path: '' }, '')
  for (const tag of tagsOf(dataSet)) {
    const element = dataSet.elements[tag]
    if (element) yield [tag.slice(1).toUpperCase(), elementOf(dataSet, tag, element, scope, bytesOf)]
  }
  if (!pixelData) return
  const tag = { PixelData: '7FE00010', FloatPixelData: '7FE00008', DoubleFloatPixelData: '7FE00009' }[pixelData.keyword]
  const vr = pixelData.encapsulated ? 'OB' : (pixelData.vr ?? { '7FE00008': 'OF', '7FE00009': 'OD' }[tag] ?? 'OW')
  yield [tag, pixelData.length === 0 ? { vr } : { vr, BulkDataURI: options.bulkDataURI(tag) }]
}

interface Reading {
  bigEndian: boolean
  options: EncodeOptions
}

function tagsOf({ elements }: DataSet): string[] {
  return Object.keys(elements)
    .filter((tag) => !tag.endsWith('0000') && !tag.startsWith('xfffe'))
    .toSorted()
}

/** Character set and sign of an item are its own, else those of what holds it (PS3.3 C.12.1.1.2). */
function scopeOf(dataSet: DataSet, above: Scope, path: string): Scope {
  const sets = dataSet.elements[SPECIFIC_CHARACTER_SET]
  const sign = dataSet.elements.x00280103
  return {
    characterSets: sets ? decodeText(valueBytes(dataSet, sets), [], 'CS').split('\\') : above.characterSets,
    signed: sign ? dataSet.uint16('x00280103') === 1 : above.signed,
    path,
  }
}

function valueBytes(dataSet: DataSet, { dataOffset, length }: Element): Uint8Array {
  return dataSet.byteArray.subarray(dataOffset, dataOffset + length) as Uint8Array
}

function elementOf(dataSet: DataSet, tag: string, element: Element, scope: Scope, reading: Reading): JsonElement {
  const digits = tag.slice(1).toUpperCase()
  const path = `${scope.path}${digits}`
  if (element.items) return sequenceOf(element.items, scope, path, reading)
  const vr = vrOf(digits, element, scope)
  if (vr === 'SQ' || element.length === 0) return { vr }
  const { options, bigEndian } = reading
  const isBinary = BINARY.has(vr)
  const most = isBinary ? (options.inlineBytesMax ?? INLINE_BYTES_MAX) : INLINE_TEXT_BYTES_MAX
  const isFragments = element.hadUndefinedLength === true
  if (isFragments || (element.length > most && (isBinary || MAY_BE_BULK.has(vr))))
    return { vr, BulkDataURI: options.bulkDataURI(path) }
  const bytes = valueBytes(dataSet, element)
  if (isBinary) return { vr, InlineBinary: Buffer.from(littleEndian(bytes, vr, bigEndian)).toString('base64') }
  const values = NUMBERS.has(vr) ? numbersOf(bytes, vr, bigEndian) : textsOf(tag, bytes, vr, scope)
  return values ? { vr, Value: values } : { vr }
}

function sequenceOf(items: Element[], scope: Scope, path: string, reading: Reading): JsonElement {
  const value = items.map(({ dataSet }, index) => {
    const json: JsonDataSet = {}
    if (!dataSet) return json
    const inner = scopeOf(dataSet, scope, `${path}/${index}/`)
    for (const tag of tagsOf(dataSet)) {
      const element = dataSet.elements[tag]
      if (element) json[tag.slice(1).toUpperCase()] = elementOf(dataSet, tag, element, inner, reading)
    }
    return json
  })
  return value.length > 0 ? { vr: 'SQ', Value: value } : { vr: 'SQ' }
}

/** Everything here is Unicode, which (0008,0005) has to say (PS3.18 F.2.2). */
function textsOf(tag: string, bytes: Uint8Array, vr: string, { characterSets }: Scope): JsonValue[] | undefined {
  if (tag === SPECIFIC_CHARACTER_SET) return ['ISO_IR 192']
  return jsonTexts(decodeText(bytes, IN_CHARACTER_SET.has(vr) ? characterSets : [], vr), vr)
}

/** As written; in implicit VR by the dictionary and, where that leaves a choice, by the data set (PS3.5 A.1). */
function vrOf(digits: string, element: Element, { signed }: Scope): string {
  if (element.vr !== undefined) return element.vr
  const group = Number.parseInt(digits.slice(0, 4), 16)
  if (group % 2 === 1) return /^00[1-9A-F]/.test(digits.slice(4)) ? 'LO' : 'UN'
  const known = valueRepresentationsOf(digits)
  if (known.includes('OW')) return 'OW'
  if (known.includes('SS')) return signed ? 'SS' : 'US'
  return known[0] ?? 'UN'
}

const WORD_BYTES: Readonly<Record<string, number>> = { OW: 2, OF: 4, OL: 4, OD: 8, OV: 8 }

/** PS3.18 F.2.7: bulk data, inline or not, is little endian. */
export function littleEndian(bytes: Uint8Array, vr: string, bigEndian: boolean): Uint8Array {
  const width = bigEndian ? (WORD_BYTES[vr] ?? 1) : 1
  if (width === 1 || bytes.length % width !== 0) return bytes
  const copy = Buffer.from(bytes)
  return width === 2 ? copy.swap16() : width === 4 ? copy.swap32() : copy.swap64()
}
