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
  if (vr === 'PN') return values.some((each) => glob(key.toLowerCase(), each.toLowerCase()))
  if (['AE', 'LO', 'SH', 'LT', 'ST', 'UT', 'UC'].includes(vr))
    return values.some((each) => glob(fold(vr, key), fold(vr, each)))
  if (vr === 'CS') return key.split('\\').some((wanted) => values.some((each) => glob(wanted, each)))
  return values.includes(key)
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

/** `*` any text, `?` one character. Goes back to the last star only: no pattern makes it exponential. */
function glob(pattern: string, text: string): boolean {
  const wanted = [...pattern]
  const given = [...text]
  let p = 0
  let t = 0
  let star = -1
  let starText = 0
  while (t < given.length) {
    if (wanted[p] === '*') {
      star = p++
      starText = t
    } else if (p < wanted.length && (wanted[p] === '?' || wanted[p] === given[t])) {
      p++
      t++
    } else if (star >= 0) {
      p = star + 1
      t = ++starText
    } else {
      return false
    }
  }
  while (wanted[p] === '*') p++
  return p === wanted.length
}
