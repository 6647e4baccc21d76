import { REPERTOIRES, REPLACEMENT } from './characterRepertoire.ts'
import { decodeCodeExtensions } from './codeExtension.ts'
import { withoutTrailing } from './padding.ts'

/** What everything that we write says in (0008,0005). */
export const SPECIFIC_CHARACTER_SET = 'ISO_IR 192'

const SINGLE_VALUED = new Set(['LT', 'ST', 'UT', 'UR'])
const LEADING_SPACE_COUNTS = new Set(['LT', 'ST', 'UT'])

/**
 * The text of a data element in Unicode (PS3.3 C.12.1.1.2, PS3.5 6.1.2), padding removed, several values joined by a
 * backslash. `specificCharacterSet` holds the values of (0008,0005), [] when absent. U+FFFD stands for each byte that the
 * declared sets do not define: a name is marked as damaged rather than guessed.
 */
export function decodeText(bytes: Uint8Array, specificCharacterSet: readonly string[], vr: string): string {
  const text = isPlain(bytes, specificCharacterSet) ? plainText(bytes) : decodeBytes(bytes, specificCharacterSet, vr)
  if (SINGLE_VALUED.has(vr)) return trimPadding(text, vr)
  return text
    .split('\\')
    .map((value) => trimPadding(value, vr))
    .join('\\')
}

/** A PN value: up to three component groups, each with up to five components, delimiters kept (PS3.5 6.2.1). */
export function decodePersonName(bytes: Uint8Array, specificCharacterSet: readonly string[]): string {
  // Empty component groups at the end say nothing and may be left out (PS3.5 6.2.1.2).
  return withoutTrailing(decodeText(bytes, specificCharacterSet, 'PN'), '=')
}

/** Always ISO_IR 192: the one set in which every name can be written. */
export function encodeText(text: string): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(text)
}

function decodeBytes(bytes: Uint8Array, specificCharacterSet: readonly string[], vr: string): string {
  const sets = specificCharacterSet.map((term) => knownSet(term))
  const [first] = sets
  // Sets without code extensions stand alone (PS3.3 Table C.12-5); behind an empty first value they are a common slip.
  const whole =
    typeof first === 'string' ? first : first === 6 ? sets.find((set) => typeof set === 'string') : undefined
  if (whole !== undefined) return new TextDecoder(whole).decode(bytes)
  if (first === undefined) {
    // Nothing declared, or a term that we do not know. Bytes that are valid UTF-8 by chance do not occur in names.
    const utf8 = validUTF8(bytes)
    if (utf8 !== undefined && !bytes.includes(0x1b)) return utf8
  }
  const numbers = sets.map((set) => (typeof set === 'number' ? set : 6))
  return decodeCodeExtensions(bytes, numbers, vr === 'PN' ? '\\^=' : SINGLE_VALUED.has(vr) ? '' : '\\')
}

/** An ISO-IR number, the TextDecoder label of a set without code extensions, or undefined when the term is unknown. */
function knownSet(term: string): number | string | undefined {
  const name = term.trim().toUpperCase()
  if (name === '') return 6
  // Devices write ISO-IR, ISO IR, ISO 2022-IR ... : the number says which set is meant.
  const numbered = /^ISO[ _-]?(?:2022)?[ _-]?(?:IR)?[ _-]?(\d{1,3})$/.exec(name)?.[1]
  if (numbered !== undefined) {
    const number = Number(numbered)
    if (number === 192) return 'utf-8'
    return REPERTOIRES.has(number) ? number : undefined
  }
  if (name === 'UTF-8' || name === 'UTF8') return 'utf-8'
  const chinese = /^(?:ISO[ _-]?(?:2022|IR)[ _-]?)?(GB18030|GBK)$/.exec(name)?.[1]
  return chinese?.toLowerCase()
}

function validUTF8(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return undefined
  }
}

/** Most text: every set but one reads it as ASCII. JIS X 0201 has other signs at the places of backslash and tilde. */
function isPlain(bytes: Uint8Array, specificCharacterSet: readonly string[]): boolean {
  let signs = false
  for (const byte of bytes) {
    if (byte >= 0x7f || byte === 0x1b) return false
    if (byte === 0x5c || byte === 0x7e) signs = true
  }
  const first = specificCharacterSet[0]
  return !signs || first === undefined || REPERTOIRES.get(Number(knownSet(first)))?.g0 === undefined
}

function plainText(bytes: Uint8Array): string {
  let text = ''
  for (let at = 0; at < bytes.length; at += 4096) text += String.fromCharCode(...bytes.subarray(at, at + 4096))
  return text
}

/** Padding is a space, or NUL from devices that pad all alike. */
function trimPadding(text: string, vr: string): string {
  let end = text.length
  while (end > 0 && (text[end - 1] === ' ' || text[end - 1] === '\0')) end--
  let start = 0
  if (!LEADING_SPACE_COUNTS.has(vr)) while (start < end && text[start] === ' ') start++
  return text.slice(start, end)
}

/** True when a decoded text has characters that could not be read. */
export function isDamaged(text: string): boolean {
  return text.includes(REPLACEMENT)
}
