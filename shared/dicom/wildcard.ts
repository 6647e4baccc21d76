/** Longer keys than any value in the index match nothing, whatever they hold. */
const PATTERN_MAX = 1024

/** PS3.4 C.2.2.2.4: `*` any text, also none; `?` one character. Compiled once, since it is asked of many values. */
export function wildcard(pattern: string): (text: string) => boolean {
  if (!/[*?]/.test(pattern)) return (text) => text === pattern
  const wanted = pattern.replace(/\*+/g, '*')
  if (wanted === '*') return () => true
  if (wanted.length > PATTERN_MAX) return () => false
  const star = wanted.indexOf('*')
  if (star === wanted.length - 1 && !wanted.includes('?')) {
    const prefix = wanted.slice(0, -1)
    return (text) => text.startsWith(prefix)
  }
  const characters = [...wanted]
  return (text) => glob(characters, isPlain(text) ? text : [...text])
}

/** Each character is one UTF-16 unit. */
function isPlain(text: string): boolean {
  return !/[\ud800-\udbff]/.test(text)
}

/** Goes back to the last star only: no pattern makes it exponential. */
function glob(wanted: readonly string[], given: ArrayLike<string>): boolean {
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
