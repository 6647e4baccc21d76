import { wildcard } from '#shared/dicom/wildcard.ts'

/** Letters that have no decomposition in Unicode, yet people type without their stroke or ligature. */
const LETTERS: Record<string, string> = {
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  ł: 'l',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  ı: 'i',
  ς: 'σ',
}

const isLatin = (text: string) => /^[\p{Script=Latin}\p{Script=Common}\p{Script=Inherited}]*$/u.test(text)

/**
 * PS3.4 C.2.2.2.1 allows PN to be matched without regard to case, accents and other variants of a letter. In other
 * scripts than Latin and Greek a mark makes another letter, so it stays.
 */
export function foldName(text: string): string {
  const name = text.replace(/ *([\^=]) */g, '$1').trim()
  if (/^[ -~]*$/.test(name)) return name.toLowerCase()
  return name
    .normalize('NFKD')
    .replace(/([\p{Script=Latin}\p{Script=Greek}])\p{M}+/gu, '$1')
    .normalize('NFC')
    .toLowerCase()
    .replace(/[ßæœøłđðþıς]/g, (letter) => LETTERS[letter] ?? letter)
}

/** Empty components at the end say nothing (PS3.5 6.2.1.1). */
const bare = (group: string) => group.replace(/\^+$/, '')

/**
 * A key with component groups is held against the groups of the value one by one. A key without is looked for in the
 * alphabetic group, or, written in another script, in any of them.
 */
export function personNameMatcher(key: string): (value: string) => boolean {
  const groups = foldName(key).split('=').map(bare)
  if (groups.length > 1) {
    const tests = groups.map((group) => (group === '' ? undefined : wildcard(group)))
    return (value) => {
      const given = foldName(value).split('=')
      return tests.every((test, at) => test === undefined || test(bare(given[at] ?? '')))
    }
  }
  const [only = ''] = groups
  const test = wildcard(only)
  const anyGroup = !isLatin(only)
  return (value) => {
    const name = foldName(value)
    if (!name.includes('=')) return test(bare(name))
    const given = name.split('=').map(bare)
    return anyGroup ? given.some(test) : test(given[0] ?? '')
  }
}
