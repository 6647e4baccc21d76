import { tagOf, valueRepresentationsOf } from '#shared/dicom/tag.ts'
import { type Encoding, encodingOf, shortVr } from '../part10/encoding.ts'
import { numberBytes, writeNumber } from './numbers.ts'
import { type ResponseText, responseText } from './responseText.ts'

/** An attribute that every response has: the next of the values, or the same `constant` in each. */
export interface ResponseKey {
  keyword: string
  constant?: string
  /** What is wanted of the items of a sequence; [] for all that there is. */
  item?: string[]
}

interface Slot {
  tag: number
  vr: string
  /** Bytes in front of the value; where its length stands in them, and in how many bytes. */
  header: Buffer
  lengthAt: number
  short: boolean
  constant: string | undefined
  item: string[] | undefined
}

const SPECIFIC_CHARACTER_SET = 0x00080005
const ITEM = 0xfffee000

/**
 * Prepared once for a query, then asked for each match: writes an identifier from values in the order of `keys` (without
 * those that have a constant).
 */
export function matchWriter(
  keys: readonly ResponseKey[],
  transferSyntaxUID: string,
  askedIn: string,
): (values: readonly string[]) => Buffer {
  const encoding = encodingOf(transferSyntaxUID)
  const slots = keys.map((key) => slotOf(key.keyword, encoding, key))
  const order = slots
    .map((slot, at) => ({ slot, value: slots.slice(0, at).filter(({ constant }) => constant === undefined).length }))
    .sort((a, b) => a.slot.tag - b.slot.tag)
  const behind = order.findIndex(({ slot }) => slot.tag > SPECIFIC_CHARACTER_SET)
  const characterSet = slotOf('SpecificCharacterSet', encoding)
  const textOf = responseText(askedIn)

  return (values) => {
    const text = textOf(values)
    const written: { slot: Slot; value: string | Buffer; length: number }[] = []
    let size = 0
    const add = (slot: Slot, value: string) => {
      const bytes = slot.vr === 'SQ' ? encodeItems(value, slot.item ?? [], text, encoding) : value
      const length = typeof bytes === 'string' ? valueLength(slot.vr, bytes, text) : bytes.length
      written.push({ slot, value: bytes, length })
      size += slot.header.length + length + (length % 2)
    }
    for (const [at, { slot, value }] of order.entries()) {
      if (at === behind && text.characterSet !== '') add(characterSet, text.characterSet)
      add(slot, slot.constant ?? values[value] ?? '')
    }
    const target = Buffer.allocUnsafe(size)
    let at = 0
    for (const { slot, value, length } of written) at = writeElement(target, at, slot, value, length, text, encoding)
    return target
  }
}

function slotOf(keyword: string, { explicit, bigEndian }: Encoding, key: Partial<ResponseKey> = {}): Slot {
  const digits = tagOf(keyword)
  if (digits === undefined) throw new Error(`PS3.6 knows no attribute ${keyword}`)
  const tag = Number.parseInt(digits, 16)
  const vr = valueRepresentationsOf(digits)[0] ?? 'UN'
  const short = explicit && shortVr((vr.charCodeAt(0) << 8) | vr.charCodeAt(1)) !== undefined
  const header = Buffer.alloc(explicit && !short ? 12 : 8)
  writeTag(header, 0, tag, bigEndian)
  if (explicit) header.write(vr, 4, 'latin1')
  const lengthAt = explicit ? (short ? 6 : 8) : 4
  return { tag, vr, header, lengthAt, short, constant: key.constant, item: key.item }
}

function writeElement(
  target: Buffer,
  start: number,
  slot: Slot,
  value: string | Buffer,
  length: number,
  text: ResponseText,
  { bigEndian }: Encoding,
): number {
  const padded = length + (length % 2)
  target.set(slot.header, start)
  writeLength(target, start + slot.lengthAt, padded, slot.short, bigEndian)
  const at = start + slot.header.length
  if (length === 0) return at
  if (typeof value !== 'string') target.set(value, at)
  else if (numberBytes[slot.vr] === undefined) text.write(target, value, at)
  else writeNumbers(target, at, value, slot.vr, bigEndian)
  if (padded > length) target[at + length] = slot.vr === 'UI' ? 0 : 0x20
  return at + padded
}

function valueLength(vr: string, value: string, text: ResponseText): number {
  if (value === '') return 0
  const size = numberBytes[vr]
  return size === undefined ? text.byteLength(value) : size * value.split('\\').length
}

function writeNumbers(target: Buffer, at: number, value: string, vr: string, bigEndian: boolean): void {
  const size = numberBytes[vr] ?? 0
  const view = new DataView(target.buffer, target.byteOffset, target.length)
  for (const [i, each] of value.split('\\').entries()) writeNumber(view, at + i * size, Number(each), vr, !bigEndian)
}

function writeLength(target: Buffer, at: number, length: number, short: boolean, bigEndian: boolean): void {
  if (short) bigEndian ? target.writeUInt16BE(length, at) : target.writeUInt16LE(length, at)
  else bigEndian ? target.writeUInt32BE(length, at) : target.writeUInt32LE(length, at)
}

function writeTag(target: Buffer, at: number, tag: number, bigEndian: boolean): void {
  for (const [half, offset] of [
    [tag >>> 16, 0],
    [tag & 0xffff, 2],
  ] as const)
    bigEndian ? target.writeUInt16BE(half, at + offset) : target.writeUInt16LE(half, at + offset)
}

/** Items as the index has them, as JSON, cut down to what was asked for (PS3.4 C.2.2.2.6). */
function encodeItems(json: string, wanted: readonly string[], text: ResponseText, encoding: Encoding): Buffer {
  if (json === '') return Buffer.alloc(0)
  const parts: Buffer[] = []
  for (const item of JSON.parse(json) as Record<string, string>[]) {
    const keywords = wanted.length > 0 ? wanted : Object.keys(item)
    const slots = keywords.map((keyword) => slotOf(keyword, encoding)).sort((a, b) => a.tag - b.tag)
    const keywordOfTag = new Map(keywords.map((keyword) => [Number.parseInt(tagOf(keyword) ?? '', 16), keyword]))
    const elements = slots.map((slot) => {
      const value = item[keywordOfTag.get(slot.tag) ?? ''] ?? ''
      const length = valueLength(slot.vr, value, text)
      const element = Buffer.alloc(slot.header.length + length + (length % 2))
      writeElement(element, 0, slot, value, length, text, encoding)
      return element
    })
    const body = Buffer.concat(elements)
    const header = Buffer.alloc(8)
    writeTag(header, 0, ITEM, encoding.bigEndian)
    writeLength(header, 4, body.length, false, encoding.bigEndian)
    parts.push(header, body)
  }
  return Buffer.concat(parts)
}
