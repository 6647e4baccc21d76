import { type CalendarDate, parseDate } from './dateTime.ts'

const UNITS: Readonly<Record<string, string>> = { D: 'd', W: 'w', M: 'mo', Y: 'y' }

/** AS `008Y` -> `8 y` (PS3.5 6.2); '' where it is none. */
export function ageText(value: string): string {
  const match = /^(\d{1,3})([DWMY])$/i.exec(value.trim())
  const unit = UNITS[match?.[2]?.toUpperCase() ?? '']
  return match === null || unit === undefined ? '' : `${Number(match[1])} ${unit}`
}

/** Age on a day, in the unit that a clinic uses: years from 2 on, then months, weeks below 12, days below 2 weeks. */
export function ageOn(birthDate: string, date: string): string {
  const born = parseDate(birthDate)
  const on = parseDate(date)
  if (born === undefined || on === undefined) return ''
  const days = Math.round((utc(on) - utc(born)) / 86_400_000)
  if (days < 0) return ''
  const months = (on.year - born.year) * 12 + on.month - born.month - (on.day < born.day ? 1 : 0)
  if (months >= 24) return `${Math.floor(months / 12)} y`
  if (days >= 84) return `${months} mo`
  return days >= 14 ? `${Math.floor(days / 7)} w` : `${days} d`
}

function utc({ year, month, day }: CalendarDate): number {
  return Date.UTC(year, month - 1, day)
}
