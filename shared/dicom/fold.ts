/** Letters that have no decomposition in Unicode, yet people type without their stroke or ligature. */
const LETTERS: Record<string, string> = { ß: 'ss', æ: 'ae', œ: 'oe', ø: 'o', ł: 'l', đ: 'd', ð: 'd', þ: 'th', ı: 'i' }

/** Text as it is searched and sorted: lower case, without diacritics, person name delimiters (PS3.5 6.2.1) as spaces. */
export function fold(text: string): string {
  // most text is plain; the rest of the work is for what is not
  const plain = /^[ -~]*$/.test(text)
  const lower = plain
    ? text.toLowerCase()
    : text
        .normalize('NFKD')
        .replace(/\p{M}+/gu, '')
        .toLowerCase()
        .replace(/[ßæœøłđðþı]/g, (letter) => LETTERS[letter] ?? letter)
  return lower.replace(/[\s^=\\,]+/g, ' ').trim()
}
