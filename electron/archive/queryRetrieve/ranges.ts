/** Bounds of a range, both included; undefined is open. Numbers whose order is that of time. */
export interface Range {
  from: number | undefined
  to: number | undefined
}

const DAY = 86_400_000_000 // microseconds

/** `YYYYMMDD` as a number. ACR-NEMA's `YYYY.MM.DD` (PS3.5 6.2) too. */
export function dateNumber(text: string): number | undefined {
  const digits = text.replace(/[.\-/]/g, '').trim()
  return /^\d{8}$/.test(digits) ? Number(digits) : undefined
}

/** Microseconds of the day: where the precision is less, the first moment or the last one. */
export function timeNumber(text: string, edge: 'first' | 'last'): number | undefined {
  const match = /^(\d{2})(?:(\d{2})(?:(\d{2})(?:\.(\d{1,6}))?)?)?$/.exec(text.replaceAll(':', '').trim())
  if (match === null) return undefined
  const [, hours = '', minutes, seconds, fraction] = match
  const start =
    ((Number(hours) * 60 + Number(minutes ?? 0)) * 60 + Number(seconds ?? 0)) * 1e6 +
    Number((fraction ?? '').padEnd(6, '0'))
  if (edge === 'first') return start
  const unit = fraction ? 10 ** (6 - fraction.length) : seconds ? 1e6 : minutes ? 60e6 : 3600e6
  return start + unit - 1
}

/** DT as microseconds since 1970, in UTC where an offset is given; else as if the clock were UTC's. */
export function dateTimeNumber(text: string, edge: 'first' | 'last'): number | undefined {
  const match = /^(\d{4})(\d{2})?(\d{2})?(\d{2}(?:\d{2}){0,2}(?:\.\d{1,6})?)?([+-]\d{4})?$/.exec(text.trim())
  if (match === null) return undefined
  const [, year = '', month, day, time, offset] = match
  const last = edge === 'last'
  const at =
    last && !day
      ? Date.UTC(Number(year), month ? Number(month) : 12, 1) * 1000 - DAY
      : Date.UTC(Number(year), Number(month ?? 1) - 1, Number(day ?? 1)) * 1000
  const ofDay = time ? timeNumber(time, edge) : last ? DAY - 1 : 0
  if (ofDay === undefined || Number.isNaN(at)) return undefined
  return at + ofDay - (offset ? offsetMinutes(offset) * 60e6 : 0)
}

function offsetMinutes(offset: string): number {
  const minutes = Number(offset.slice(1, 3)) * 60 + Number(offset.slice(3, 5))
  return offset.startsWith('-') ? -minutes : minutes
}

type Read = (text: string, edge: 'first' | 'last') => number | undefined

/** PS3.4 C.2.2.2.5: `A-B`, `A-`, `-B`, or one value, which is a range where its precision is less. Undefined: not to be read. */
export function rangeOf(vr: 'DA' | 'TM' | 'DT', key: string): Range | undefined {
  const read: Read = vr === 'DA' ? dateNumber : vr === 'TM' ? timeNumber : dateTimeNumber
  const [first, second] = vr === 'DT' ? splitDateTimes(key) : key.split('-', 3)
  if (first === undefined || (vr !== 'DT' && key.split('-').length > 2)) return undefined
  if (second === undefined) {
    const [from, to] = [read(first, 'first'), read(first, 'last')]
    return from === undefined || to === undefined ? undefined : { from, to }
  }
  const from = first.trim() === '' ? undefined : read(first, 'first')
  const to = second.trim() === '' ? undefined : read(second, 'last')
  if ((from === undefined && first.trim() !== '') || (to === undefined && second.trim() !== '')) return undefined
  return { from, to }
}

/** A hyphen may begin an offset from UTC, at most 14 hours, as well as the second half of a range (PS3.5 6.2, DT). */
function splitDateTimes(key: string): string[] {
  const moment = /^(\d{4,14}(?:\.\d{1,6})?(?:\+\d{4}|-(?:0\d|1[0-4])\d{2})?)?(?:(-)(.*))?$/.exec(key.trim())
  if (moment === null) return []
  const [, first = '', hyphen, second = ''] = moment
  return hyphen === undefined ? [first] : [first, second]
}

export function within({ from, to }: Range, value: number): boolean {
  return (from === undefined || value >= from) && (to === undefined || value <= to)
}

/** Null: the key cannot be read as the standard writes ranges, and is held against the text as it stands. */
export function rangeMatcher(vr: 'DA' | 'TM' | 'DT', key: string): ((value: string) => boolean) | null {
  const range = rangeOf(vr, key)
  if (range === undefined) return null
  if (range.from === undefined && range.to === undefined) return () => true
  const read: Read = vr === 'DA' ? dateNumber : vr === 'TM' ? timeNumber : dateTimeNumber
  return (value) => {
    const at = read(value, 'first')
    return at !== undefined && within(range, at)
  }
}

/** One range over a date and its time (PS3.4 C.5.1.1: combined date-time matching). */
export function combinedMatcher(dateKey: string, timeKey: string): ((date: string, time: string) => boolean) | null {
  const dates = rangeOf('DA', dateKey)
  const times = rangeOf('TM', timeKey)
  if (dates === undefined || times === undefined) return null
  const from = dates.from === undefined ? undefined : startOfDay(dates.from) + (times.from ?? 0)
  const to = dates.to === undefined ? undefined : startOfDay(dates.to) + (times.to ?? DAY - 1)
  return (date, time) => {
    const day = dateNumber(date)
    if (day === undefined) return false
    const moment = timeNumber(time, 'first')
    // A day without a time is somewhere within it.
    return moment === undefined ? within(dates, day) : within({ from, to }, startOfDay(day) + moment)
  }
}

/** Microseconds since 1970 of a `dateNumber`. */
function startOfDay(date: number): number {
  return Date.UTC(Math.floor(date / 10_000), (Math.floor(date / 100) % 100) - 1, date % 100) * 1000
}
