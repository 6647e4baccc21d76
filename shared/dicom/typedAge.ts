/** Days of a unit of AS (PS3.5 6.2). */
const DAYS: Readonly<Record<string, number>> = { Y: 365.25, M: 30.4375, W: 7, D: 1 }
const SMALLER: Readonly<Record<string, string>> = { Y: 'M', M: 'W', W: 'D', D: 'D' }
const AT_MOST = 999

/** An age as people type it, `5 y`, `1.5 years`, `8 w`, as AS; undefined where it is none. */
export function asAge(typed: string): string | undefined {
  const [, digits = '', letter = ''] = /^(\d{1,3}(?:[.,]\d)?)\s*(y|mo?|w|d)[a-z]*\.?$/i.exec(typed.trim()) ?? []
  const unit = letter[0]?.toUpperCase() ?? ''
  const days = DAYS[unit]
  if (days === undefined) return undefined
  const count = Number(digits.replace(',', '.'))
  const smaller = SMALLER[unit] ?? 'D'
  return Number.isInteger(count)
    ? inUnit(count, unit)
    : inUnit(Math.round((count * days) / (DAYS[smaller] ?? 1)), smaller)
}

/** The age some days later, in the same unit; an age that was said once grows as its patient does. */
export function ageLater(age: string, days: number): string {
  const unit = age.slice(-1)
  const length = DAYS[unit]
  if (!/^\d{3}[DWMY]$/.test(age) || length === undefined) return ''
  return inUnit(Math.floor((Number(age.slice(0, 3)) * length + Math.max(0, days)) / length + 1e-9), unit)
}

function inUnit(count: number, unit: string): string {
  const larger = Object.keys(SMALLER).find((each) => each !== unit && SMALLER[each] === unit)
  if (count > AT_MOST && larger !== undefined)
    return inUnit(Math.round((count * (DAYS[unit] ?? 1)) / (DAYS[larger] ?? 1)), larger)
  return `${`${Math.min(count, AT_MOST)}`.padStart(3, '0')}${unit}`
}
