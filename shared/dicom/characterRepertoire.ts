/** A set of graphic characters that can stand in the lower (G0, 0x21-0x7E) or upper (G1, 0xA0-0xFF) half of the code table. */
export interface Repertoire {
  /** 1 or 2 bytes a character. */
  width: 1 | 2
  /** `second` is 0 for one-byte sets. Bytes as they stand in the data. U+FFFD for what the set does not define. */
  character(first: number, second: number): string
}

export const REPLACEMENT = '\uFFFD'

export const ascii: Repertoire = { width: 1, character: (byte) => String.fromCharCode(byte) }

/** ISO-IR 14, the Latin half of JIS X 0201: ASCII but for two signs (PS3.3 Table C.12-3). */
const romaji: Repertoire = {
  width: 1,
  character: (byte) => (byte === 0x5c ? '\u00A5' : byte === 0x7e ? '\u203E' : String.fromCharCode(byte)),
}

/** ISO-IR 13, half-width katakana of JIS X 0201. */
const katakana: Repertoire = {
  width: 1,
  character: (byte) => (byte >= 0xa1 && byte <= 0xdf ? String.fromCharCode(0xff61 + byte - 0xa1) : REPLACEMENT),
}

/**
 * The upper half of an ISO 8859 set. `label` names a TextDecoder table that agrees with it from 0xA0 on; 0x80-0x9F are
 * controls in ISO 8859 but letters in the Windows code pages that browsers put in its place, so they are kept as they are.
 */
function upperHalf(label: string): Repertoire {
  let table: string | undefined
  return {
    width: 1,
    character: (byte) => {
      if (byte < 0xa0) return String.fromCharCode(byte)
      table ??= new TextDecoder(label).decode(Uint8Array.from({ length: 96 }, (_, index) => 0xa0 + index))
      return table[byte - 0xa0] ?? REPLACEMENT
    },
  }
}

/** `prefix` and the high bits make the EUC form that TextDecoder knows. */
function doubleByte(label: string, prefix: number[] = [], corrections: Record<string, string> = {}): Repertoire {
  let decoder: TextDecoder | undefined
  return {
    width: 2,
    character: (first, second) => {
      decoder ??= new TextDecoder(label)
      const text = decoder.decode(Uint8Array.from([...prefix, first | 0x80, second | 0x80]))
      const character = corrections[text] ?? text
      return character === '' || character.includes(REPLACEMENT) ? REPLACEMENT : character
    },
  }
}

/** Where the web's EUC-JP table follows Microsoft, JIS X 0208 has these. */
const JIS_SIGNS = {
  '\uFF5E': '\u301C',
  '\u2225': '\u2016',
  '\uFF0D': '\u2212',
  '\uFFE0': '\u00A2',
  '\uFFE1': '\u00A3',
  '\uFFE2': '\u00AC',
}

const kanji = doubleByte('euc-jp', [], JIS_SIGNS)
const supplementaryKanji = doubleByte('euc-jp', [0x8f])
const hangul = doubleByte('euc-kr')
const hanzi = doubleByte('gbk')

/** What each ISO-IR number of PS3.3 Tables C.12-2 to C.12-4 puts where, when it is the first value. */
export const REPERTOIRES: ReadonlyMap<number, { g0?: Repertoire; g1?: Repertoire }> = new Map([
  [6, {}],
  [100, { g1: upperHalf('iso-8859-1') }],
  [101, { g1: upperHalf('iso-8859-2') }],
  [109, { g1: upperHalf('iso-8859-3') }],
  [110, { g1: upperHalf('iso-8859-4') }],
  [144, { g1: upperHalf('iso-8859-5') }],
  [127, { g1: upperHalf('iso-8859-6') }],
  [126, { g1: upperHalf('iso-8859-7') }],
  [138, { g1: upperHalf('iso-8859-8') }],
  [148, { g1: upperHalf('iso-8859-9') }],
  [203, { g1: upperHalf('iso-8859-15') }],
  [166, { g1: upperHalf('windows-874') }],
  [13, { g0: romaji, g1: katakana }],
  [14, { g0: romaji }],
  [87, { g0: kanji }],
  [159, { g0: supplementaryKanji }],
  [149, { g1: hangul }],
  [58, { g1: hanzi }],
])

const upper = (number: number): { g1: Repertoire } => ({ g1: REPERTOIRES.get(number)?.g1 ?? ascii })

/** Escape sequences without the ESC itself, PS3.3 Tables C.12-3 and C.12-4. */
export const ESCAPES: ReadonlyMap<string, { g0: Repertoire } | { g1: Repertoire }> = new Map<
  string,
  { g0: Repertoire } | { g1: Repertoire }
>([
  ['(B', { g0: ascii }],
  ['(J', { g0: romaji }],
  [')I', { g1: katakana }],
  ['$B', { g0: kanji }],
  // The 1978 edition of JIS X 0208; some old Japanese modalities still write it.
  ['$@', { g0: kanji }],
  ['$(D', { g0: supplementaryKanji }],
  ['$)C', { g1: hangul }],
  ['$)A', { g1: hanzi }],
  ['-A', upper(100)],
  ['-B', upper(101)],
  ['-C', upper(109)],
  ['-D', upper(110)],
  ['-L', upper(144)],
  ['-G', upper(127)],
  ['-F', upper(126)],
  ['-H', upper(138)],
  ['-M', upper(148)],
  ['-b', upper(203)],
  ['-T', upper(166)],
])
