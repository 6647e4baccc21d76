import { ascii, ESCAPES, REPERTOIRES, REPLACEMENT, type Repertoire } from './characterRepertoire.ts'

const ESC = 0x1b
/** TAB, LF, FF, CR: the state goes back to the first value before each of them (PS3.5 6.1.2.5.3). */
const LINE_CONTROLS = new Set([0x09, 0x0a, 0x0c, 0x0d])

/**
 * Decodes text in single-byte sets and sets with code extensions (PS3.5 6.1.2.5): escape sequences put a repertoire into
 * the lower or the upper half of the code table, and each delimiter puts the first value's repertoires back.
 * `setNumbers` are ISO-IR numbers in the order of (0008,0005); 6 stands for an empty value.
 */
export function decodeCodeExtensions(bytes: Uint8Array, setNumbers: number[], delimiters: string): string {
  const initial = initialState(setNumbers)
  let { g0, g1 } = initial
  let text = ''
  let at = 0
  while (at < bytes.length) {
    const byte = bytes[at] ?? 0
    if (byte === ESC) {
      const sequence = escapeSequence(bytes, at + 1)
      const designated = ESCAPES.get(sequence)
      if (designated && 'g0' in designated) g0 = designated.g0
      else if (designated) g1 = designated.g1
      else text += REPLACEMENT
      at += 1 + sequence.length
      continue
    }
    const half = byte < 0x80 ? g0 : g1
    if (byte <= 0x20 || byte === 0x7f) {
      if (LINE_CONTROLS.has(byte)) ({ g0, g1 } = initial)
      text += String.fromCharCode(byte)
      at += 1
    } else if (half === undefined) {
      text += REPLACEMENT
      at += 1
    } else if (half.width === 1) {
      const isDelimiter = byte < 0x80 && delimiters.includes(String.fromCharCode(byte))
      if (isDelimiter) ({ g0, g1 } = initial)
      text += isDelimiter ? String.fromCharCode(byte) : half.character(byte, 0)
      at += 1
    } else {
      const second = bytes[at + 1] ?? 0
      const paired = byte < 0x80 ? second > 0x20 && second < 0x7f : second > 0xa0 && second < 0xff
      text += paired ? half.character(byte, second) : REPLACEMENT
      at += paired ? 2 : 1
    }
  }
  return text
}

/** Intermediate bytes 0x20-0x2F, then one final byte 0x30-0x7E (ISO/IEC 2022). */
function escapeSequence(bytes: Uint8Array, start: number): string {
  let sequence = ''
  for (let at = start; at < bytes.length && sequence.length < 4; at++) {
    const byte = bytes[at] ?? 0
    if (byte < 0x20 || byte > 0x7e) break
    sequence += String.fromCharCode(byte)
    if (byte >= 0x30) break
  }
  return sequence
}

function initialState(setNumbers: number[]): { g0: Repertoire; g1: Repertoire | undefined } {
  const first = REPERTOIRES.get(setNumbers[0] ?? 6)
  // A two-byte set cannot be the first value's lower half: delimiters would be unreadable (PS3.3 C.12.1.1.2).
  const g0 = first?.g0?.width === 1 ? first.g0 : ascii
  return { g0, g1: first?.g1 ?? onlyUpperHalf(setNumbers) }
}

/**
 * Korean and Chinese devices leave out the escape sequence after a delimiter, or everywhere. Where the upper half is
 * otherwise undefined and one declared set alone can fill it, nothing else can be meant.
 */
function onlyUpperHalf(setNumbers: number[]): Repertoire | undefined {
  const candidates = new Set(setNumbers.flatMap((number) => REPERTOIRES.get(number)?.g1 ?? []))
  const [only] = candidates
  return candidates.size === 1 ? only : undefined
}
