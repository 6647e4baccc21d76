export interface CalendarDate {
  year: number
  month: number
  day: number
}

export interface TimeOfDay {
  hour: number
  minute: number
  second: number
  microsecond: number
}

/** DA `YYYYMMDD`, or the dotted form of ACR-NEMA that old files have (PS3.5 6.2). undefined when it is no day. */
export function parseDate(value: string): CalendarDate | undefined {
  const match = /^(\d{4})(\.?)(\d{2})\2(\d{2})$/.exec(value.trim())
  if (match === null) return undefined
  const date = { year: Number(match[1]), month: Number(match[3]), day: Number(match[4]) }
  return date.month >= 1 && date.month <= 12 && date.day >= 1 && date.day <= daysIn(date) ? date : undefined
}

function daysIn({ year, month }: CalendarDate): number {
  return new Date(Date.UTC(year, month, 0)).getUTCDate()
}

/** TM `HH[MM[SS[.F]]]`, or with colons as in ACR-NEMA. A leap second is kept. */
export function parseTime(value: string): TimeOfDay | undefined {
  const match = /^(\d{2})(?::?(\d{2})(?::?(\d{2})(?:\.(\d{1,6}))?)?)?$/.exec(value.trim())
  if (match === null) return undefined
  const time = {
    hour: Number(match[1]),
    minute: Number(match[2] ?? 0),
    second: Number(match[3] ?? 0),
    microsecond: Number((match[4] ?? '').padEnd(6, '0')),
  }
  return time.hour < 24 && time.minute < 60 && time.second <= 60 ? time : undefined
}

/** DT `YYYY[MM[DD[HH[MM[SS[.F]]]]]][&ZZXX]`; the offset from UTC in minutes, undefined where none is given. */
export function parseDateTime(
  value: string,
): { date: CalendarDate; time: TimeOfDay; offsetMinutes: number | undefined } | undefined {
  const match = /^(\d{4})(\d{2})?(\d{2})?(\d{2}(?:\d{2}){0,2}(?:\.\d{1,6})?)?([+-]\d{4})?$/.exec(value.trim())
  if (match === null) return undefined
  const date = parseDate(`${match[1]}${match[2] ?? '01'}${match[3] ?? '01'}`)
  const time = parseTime(match[4] ?? '00')
  if (date === undefined || time === undefined) return undefined
  const zone = match[5]
  if (zone === undefined) return { date, time, offsetMinutes: undefined }
  const minutes = Number(zone.slice(1, 3)) * 60 + Number(zone.slice(3))
  return { date, time, offsetMinutes: zone.startsWith('-') ? -minutes : minutes }
}

/** A moment as DA in the zone of this machine. */
export function dateOf(moment: Date): string {
  const pad = (value: number, width = 2) => `${value}`.padStart(width, '0')
  return `${pad(moment.getFullYear(), 4)}${pad(moment.getMonth() + 1)}${pad(moment.getDate())}`
}

/** `2026-11-21`; the text itself where it is no date, so that nothing is hidden. */
export function formatDate(value: string): string {
  const date = parseDate(value)
  if (date === undefined) return value
  return `${`${date.year}`.padStart(4, '0')}-${`${date.month}`.padStart(2, '0')}-${`${date.day}`.padStart(2, '0')}`
}

/** `10:21`; the text itself where it is no time. */
export function formatTime(value: string): string {
  const time = parseTime(value)
  return time === undefined ? value : `${`${time.hour}`.padStart(2, '0')}:${`${time.minute}`.padStart(2, '0')}`
}
