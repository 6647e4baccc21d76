import { wildcard } from './wildcard.ts'

/** Longest text that goes into a matching key; LO and PN components have 64 characters. */
const KEY_MAX = 64

/** A key that finds the text anywhere in the value; a text with `*` or `?` of its own stays as typed (PS3.4 C.2.2.2.4). */
export function containsKey(text: string): string {
  const plain = plainKey(text)
  if (plain === '' || /[*?]/.test(plain)) return plain
  return `*${plain}*`
}

/** A key that finds values that begin with the text: what servers answer from an index. */
export function startsWithKey(text: string): string {
  const plain = plainKey(text)
  if (plain === '' || /[*?]/.test(plain)) return plain
  return `${plain}*`
}

/** One value, exactly. A backslash would make it a list, so it becomes the wildcard for one character. */
export function plainKey(text: string): string {
  return text
    .replace(/\p{Cc}/gu, '')
    .replaceAll('\\', '?')
    .trim()
    .slice(0, KEY_MAX)
}

/** `20260101-20260131`, open at either end, '' when open at both (PS3.4 C.2.2.2.5). DA, TM or DT. */
export function rangeKey(from: string | undefined, to: string | undefined): string {
  if (!from && !to) return ''
  return from !== undefined && from === to ? from : `${from ?? ''}-${to ?? ''}`
}

/**
 * Attribute matching of PS3.4 C.2.2.2 on decoded text; `value` may hold several values joined by a backslash, one of which
 * has to match. Text matches without regard to case, UIDs and codes do not.
 */
export function matches(vr: string, key: string, value: string): boolean {
  if (key === '') return true
  const values = value.split('\\')
  if (vr === 'UI') return key.split('\\').some((uid) => values.includes(uid))
  if (vr === 'DA' || vr === 'TM' || vr === 'DT') return values.some((each) => inRange(vr, key, each))
  if (['AE', 'PN', 'LO', 'SH', 'LT', 'ST', 'UT', 'UC'].includes(vr))
    return someIs(fold(vr, key), values, (each) => fold(vr, each))
  if (vr === 'CS') return key.split('\\').some((wanted) => someIs(wanted, values))
  return values.includes(key)
}

function someIs(pattern: string, values: readonly string[], fold = (value: string) => value): boolean {
  const isLike = wildcard(pattern)
  return values.some((each) => isLike(fold(each)))
}

function fold(vr: string, text: string): string {
  return vr === 'AE' ? text : text.toLowerCase()
}

/** Compared up to the shorter precision: `2026` to `20261121` is the whole year. */
function inRange(vr: string, key: string, value: string): boolean {
  if (value === '') return false
  const separators = vr === 'DA' ? /\./g : /:/g
  const clean = value.replace(separators, '')
  const range = /^([^-]*)-([^-]*)$/.exec(key.replace(separators, ''))
  if (range === null) return clean.startsWith(key.replace(separators, ''))
  const [, from = '', to = ''] = range
  return clean.padEnd(from.length, '0') >= from && (to === '' || clean.slice(0, to.length) <= to)
}
