import { decodeText } from '#shared/dicom/characterSet.ts'

const UTF_8 = 'ISO_IR 192'
const LATIN_1 = 'ISO_IR 100'

/** How the text of one response is written. */
export interface ResponseText {
  /** (0008,0005); '' where the default repertoire is enough, and then it is left out (PS3.4 C.4.1.1.3.2). */
  characterSet: string
  byteLength(text: string): number
  write(target: Buffer, text: string, at: number): void
}

const plain: ResponseText = {
  characterSet: '',
  byteLength: (text) => text.length,
  write: (target, text, at) => void target.write(text, at, 'latin1'),
}
const utf8: ResponseText = {
  characterSet: UTF_8,
  byteLength: (text) => Buffer.byteLength(text),
  write: (target, text, at) => void target.write(text, at, 'utf8'),
}

/** A set of PS3.3 Table C.12-2 with one byte a character; undefined for any other. */
function singleByte(term: string): ResponseText | undefined {
  if (!/^ISO_IR (?:100|101|109|110|144|127|126|138|148|166|203)$/.test(term)) return undefined
  const bytes = new Map<string, number>()
  for (let byte = 0xa0; byte <= 0xff; byte += 1) {
    const character = decodeText(Uint8Array.of(byte), [term], 'LT')
    if (character.length === 1 && character !== '\uFFFD') bytes.set(character, byte)
  }
  return {
    characterSet: term,
    // NaN where a character cannot be written
    byteLength: (text) => {
      for (const character of text) if (character > '\x7e' && !bytes.has(character)) return Number.NaN
      return text.length
    },
    write: (target, text, at) => {
      for (let i = 0; i < text.length; i += 1) target[at + i] = bytes.get(text[i] ?? '') ?? text.charCodeAt(i)
    },
  }
}

/**
 * Chooses, for each response, a character set in which every value of it can be written: none where ASCII is enough, the
 * one in which the peer asked, Latin-1 for a peer that declared none, and Unicode for everything else.
 */
export function responseText(askedIn: string): (values: readonly string[]) => ResponseText {
  const term =
    askedIn
      .split('\\')[0]
      ?.trim()
      .replace(/^ISO 2022 IR (?=1(?:0[019]|10|44|2[67]|38|48|66)$|203$)/, 'ISO_IR ') ?? ''
  const own = term === UTF_8 ? undefined : singleByte(term === '' || term === 'ISO_IR 6' ? LATIN_1 : term)
  return (values) => {
    const extended = values.filter((value) => !isASCII(value))
    if (extended.length === 0) return plain
    if (own && extended.every((value) => !Number.isNaN(own.byteLength(value)))) return own
    return utf8
  }
}

function isASCII(text: string): boolean {
  for (let at = 0; at < text.length; at += 1) if (text.charCodeAt(at) > 0x7e) return false
  return true
}
