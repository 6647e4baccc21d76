/** What WinAnsiEncoding has beyond Latin-1 and this program writes (PDF 32000-1, D.2). */
const EXTRA: Readonly<Record<string, string>> = {
  '\u2013': '\x96',
  '\u2014': '\x97',
  '\u2018': '\x91',
  '\u2019': '\x92',
  '\u201c': '\x93',
  '\u201d': '\x94',
  '\u2022': '\x95',
  '\u2026': '\x85',
  '\u20ac': '\x80',
  '\u0160': '\x8a',
  '\u0161': '\x9a',
  '\u017d': '\x8e',
  '\u017e': '\x9e',
}

/** One byte a character. What the standard fonts do not have loses its accent, or is a question mark. */
export function winAnsi(text: string): string {
  return [...text.replace(/\p{Cc}/gu, ' ')].map((char) => inWinAnsi(char) ?? '?').join('')
}

/** Whether the standard fonts write it so that it can be read. */
export function canBeWritten(text: string): boolean {
  return [...text.replace(/\p{Cc}/gu, ' ')].every((char) => inWinAnsi(char) !== undefined)
}

function inWinAnsi(char: string): string | undefined {
  if (isLatin1(char)) return char
  if (EXTRA[char] !== undefined) return EXTRA[char]
  const [base = ''] = char.normalize('NFD')
  return isLatin1(base) ? base : undefined
}

function isLatin1(char: string): boolean {
  const code = char.codePointAt(0) ?? 0
  return (code >= 0x20 && code < 0x7f) || (code >= 0xa0 && code <= 0xff)
}
