import { parseDate } from '#shared/dicom/dateTime.ts'

/** What was typed as a year, a month or a day -> the beginning of a DA; undefined while it is none of these. */
export function toBirthDate(typed: string): string | undefined {
  const [, year, month = '', day = ''] = /^(\d{4})(?:-?(\d{2}))?(?:-?(\d{2}))?$/.exec(typed.trim()) ?? []
  if (year === undefined) return undefined
  return parseDate(`${year}${month || '01'}${day || '01'}`) ? `${year}${month}${day}` : undefined
}

/** Said once enough was typed to be a date. */
export function birthDateProblem(typed: string): string | undefined {
  const text = typed.trim()
  const isOngoing = /^\d{0,4}(-?\d{0,2}){0,2}$/.test(text) && text.replaceAll('-', '').length < 8
  return isOngoing || toBirthDate(text) ? undefined : 'A birth date is typed as 2018, 2018-04 or 2018-04-12.'
}
