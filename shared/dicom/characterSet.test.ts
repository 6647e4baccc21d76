import { describe, expect, test } from 'vitest'
import { decodePersonName, decodeText, encodeText, isDamaged } from './characterSet.ts'

const ESC = '\x1b'

/** Each character of the text is one byte, as the standard's annexes print them. */
function bytes(text: string): Uint8Array {
  return Uint8Array.from(text, (character) => character.charCodeAt(0))
}

describe('character sets with code extensions', () => {
  test('Japanese with kanji and hiragana groups reads as PS3.5 H.3.1 prints it', () => {
    const name = bytes(
      `Yamada^Tarou=${ESC}$B;3ED${ESC}(B^${ESC}$BB@O:${ESC}(B=${ESC}$B$d$^$@${ESC}(B^${ESC}$B$?$m$&${ESC}(B`,
    )
    expect(decodePersonName(name, ['', 'ISO 2022 IR 87'])).toBe('Yamada^Tarou=山田^太郎=やまだ^たろう')
  })

  test('Japanese with half-width katakana first reads as PS3.5 H.3.2 prints it', () => {
    const name = bytes(
      `\xd4\xcf\xc0\xde^\xc0\xdb\xb3=${ESC}$B;3ED${ESC}(J^${ESC}$BB@O:${ESC}(J=${ESC}$B$d$^$@${ESC}(J^${ESC}$B$?$m$&${ESC}(J`,
    )
    expect(decodePersonName(name, ['ISO 2022 IR 13', 'ISO 2022 IR 87'])).toBe('ﾔﾏﾀﾞ^ﾀﾛｳ=山田^太郎=やまだ^たろう')
  })

  test('supplementary kanji of JIS X 0212 are read', () => {
    expect(decodeText(bytes(`${ESC}$(D0!${ESC}(B`), ['', 'ISO 2022 IR 159'], 'LO')).toBe('丂')
  })

  test('Korean reads as PS3.5 I.2 prints it', () => {
    const name = bytes(
      `Hong^Gildong=${ESC}$)C\xfb\xf3^${ESC}$)C\xd1\xce\xd4\xd7=${ESC}$)C\xc8\xab^${ESC}$)C\xb1\xe6\xb5\xbf`,
    )
    expect(decodePersonName(name, ['', 'ISO 2022 IR 149'])).toBe('Hong^Gildong=洪^吉洞=홍^길동')
  })

  test('Chinese with GB 2312 in code extensions reads as PS3.5 K.2 prints it', () => {
    const name = bytes(`Zhang^XiaoDong=${ESC}$)A\xd5\xc5^${ESC}$)A\xd0\xa1\xb6\xab=`)
    expect(decodePersonName(name, ['', 'ISO 2022 IR 58'])).toBe('Zhang^XiaoDong=张^小东')
  })

  test('a multi-line text goes back to the first set at each line end (PS3.5 I.3)', () => {
    const text = bytes(`The ${ESC}$)C\xb1\xe6\r\nnext \xb1\xe6\tlast`)
    expect(decodeText(text, ['ISO 2022 IR 100', 'ISO 2022 IR 149'], 'LT')).toBe('The 길\r\nnext ±æ\tlast')
  })

  test('each delimiter of a name puts the first set back', () => {
    const name = bytes(`${ESC}-F\xc4\xe9\xef^\xc4\xe9\xef`)
    expect(decodePersonName(name, ['ISO 2022 IR 100', 'ISO 2022 IR 126'])).toBe('Διο^Äéï')
  })

  test('a backslash ends the set in a list but not in a long text', () => {
    const list = bytes(`${ESC}-F\xc4\\\xc4`)
    expect(decodeText(list, ['ISO 2022 IR 100', 'ISO 2022 IR 126'], 'LO')).toBe('Δ\\Ä')
    expect(decodeText(list, ['ISO 2022 IR 100', 'ISO 2022 IR 126'], 'ST')).toBe('Δ\\Δ')
  })

  test('a second byte that looks like a backslash or a caret is part of the character', () => {
    expect(decodePersonName(bytes(`${ESC}$B%^%\\${ESC}(B`), ['', 'ISO 2022 IR 87'])).toBe('マボ')
  })

  test('a Korean device that leaves the escape sequences out is still read', () => {
    expect(decodePersonName(bytes('\xb1\xe8^\xc8\xf1\xc1\xdf'), ['', 'ISO 2022 IR 149'])).toBe('김^희중')
  })

  test('an escape sequence of no registered set marks the place', () => {
    expect(decodeText(bytes(`a${ESC}%Gb`), ['', 'ISO 2022 IR 87'], 'LO')).toBe('a\ufffdb')
  })

  test('half a character at the end marks the place and ends', () => {
    expect(decodeText(bytes(`${ESC}$B;`), ['', 'ISO 2022 IR 87'], 'LO')).toBe('\ufffd')
    expect(decodeText(bytes(ESC), ['ISO 2022 IR 87'], 'LO')).toBe('\ufffd')
  })
})

describe('single-byte sets', () => {
  test.each([
    ['ISO_IR 100', '\xc4neas^R\xfcdiger', 'Äneas^Rüdiger'],
    ['ISO_IR 101', 'Wa\xb3\xeasa', 'Wałęsa'],
    ['ISO_IR 109', '\xa6a\xb1', 'Ĥaħ'],
    ['ISO_IR 110', '\xbe\xe0', 'žā'],
    ['ISO_IR 144', '\xbb\xee\xda', 'Люк'],
    ['ISO_IR 127', '\xe2\xc8\xc7\xe6\xea', 'قباني'],
    ['ISO_IR 126', '\xc4\xe9\xef\xed', 'Διον'],
    ['ISO_IR 138', '\xf9\xf8\xe5\xef', 'שרון'],
    ['ISO_IR 148', '\xdd\xfe', 'İş'],
    ['ISO_IR 203', '\xa4\xbc', '€Œ'],
    ['ISO_IR 166', '\xb7\xc2', 'ทย'],
    ['ISO_IR 13', '\xd4\xcf\xc0\xde', 'ﾔﾏﾀﾞ'],
    ['ISO 2022 IR 144', '\xbb\xee\xda', 'Люк'],
    ['ISO-IR 100', '\xfc', 'ü'],
    ['iso 2022-ir 100', '\xfc', 'ü'],
  ])('%s', (set, data, text) => {
    expect(decodePersonName(bytes(data), [set])).toBe(text)
  })

  test('controls of ISO 8859 do not become letters of a Windows code page', () => {
    expect(decodeText(bytes('Zo\xc3\x8d'), ['ISO_IR 100'], 'LO')).toBe('ZoÃ\u008d')
  })

  test('the yen sign of JIS X 0201 stands in a long text, a delimiter in a list', () => {
    expect(decodeText(bytes('\xb1\\5'), ['ISO_IR 13'], 'ST')).toBe('ｱ¥5')
    expect(decodeText(bytes('\xb1\\5'), ['ISO_IR 13'], 'LO')).toBe('ｱ\\5')
  })
})

describe('sets without code extensions', () => {
  test('Unicode in UTF-8 reads as PS3.5 J.1 prints it', () => {
    const name = encodeText('Wang^XiaoDong=王^小東')
    expect(decodePersonName(name, ['ISO_IR 192'])).toBe('Wang^XiaoDong=王^小東')
  })

  test('GB18030 reads as PS3.5 J.3 prints it, also where a second byte is a backslash', () => {
    expect(decodePersonName(bytes('Wang^XiaoDong=\xcd\xf5^\xd0\xa1\xb6\xab'), ['GB18030'])).toBe(
      'Wang^XiaoDong=王^小东',
    )
    expect(decodeText(bytes('\x81\x5c\\\x81\x5e'), ['GBK'], 'LO')).toBe('乗\\乛')
  })

  test('bytes that are no UTF-8 are marked', () => {
    expect(isDamaged(decodeText(bytes('M\xfcller'), ['ISO_IR 192'], 'LO'))).toBe(true)
  })
})

describe('no set, or one that nobody knows', () => {
  test('plain letters are read', () => {
    expect(decodeText(bytes('MISTER^CT '), [], 'PN')).toBe('MISTER^CT')
    expect(decodeText(bytes('Doe'), ['KLINGON 1'], 'PN')).toBe('Doe')
  })

  test('bytes beyond ASCII are marked rather than guessed', () => {
    expect(decodeText(bytes('M\xfcller'), [], 'PN')).toBe('M\ufffdller')
    expect(decodeText(bytes('M\xfcller'), ['KLINGON 1'], 'PN')).toBe('M\ufffdller')
  })

  test('bytes that are valid UTF-8 are read as UTF-8', () => {
    expect(decodeText(encodeText('Müller'), [], 'PN')).toBe('Müller')
  })
})

describe('padding', () => {
  test('spaces and NULs at the end go, in every value of a list', () => {
    expect(decodeText(bytes('DERIVED \\ PRIMARY\0'), [], 'CS')).toBe('DERIVED\\PRIMARY')
  })

  test('spaces at the start of a long text stay', () => {
    expect(decodeText(bytes('  indented '), [], 'LT')).toBe('  indented')
  })
})
