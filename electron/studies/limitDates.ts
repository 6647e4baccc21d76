import type { QueryDates } from '#shared/contract/servers.ts'
import type { StudyFilter } from '#shared/contract/studies.ts'

/** R032, R033: the first day that a server's studies are shown from; '' = all of them. */
export function firstDay(dates: QueryDates, now = new Date()): string {
  if (dates.kind === 'all') return ''
  if (dates.kind === 'since') return dates.date
  const { count, unit } = dates
  const [years, months, days] = [
    unit === 'years' ? count : 0,
    unit === 'months' ? count : 0,
    unit === 'days' ? count : 0,
  ]
  const month = new Date(now.getFullYear() - years, now.getMonth() - months, 1)
  // The 31st of a shorter month is its last day.
  const last = new Date(month.getFullYear(), month.getMonth() + 1, 0).getDate()
  const at = new Date(month.getFullYear(), month.getMonth(), Math.min(now.getDate(), last) - days)
  const two = (value: number) => String(value).padStart(2, '0')
  return `${String(Math.max(at.getFullYear(), 1)).padStart(4, '0')}${two(at.getMonth() + 1)}${two(at.getDate())}`
}

/** The filter as this server is asked; undefined when nothing of it lies in its days. */
export function withinDates(filter: StudyFilter, from: string): StudyFilter | undefined {
  if (from === '') return filter
  if (filter.dateTo && filter.dateTo < from) return undefined
  return { ...filter, dateFrom: filter.dateFrom && filter.dateFrom > from ? filter.dateFrom : from }
}
