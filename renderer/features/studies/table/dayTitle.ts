import { parseDate } from '#shared/dicom/dateTime.ts'

/** `Today, Sat 21 Nov`, `Yesterday, Fri 20 Nov`, `Thu 19 Nov`, in other years `Wed 19 Nov 2025`. */
export function dayTitle(date: string, now: Date): string {
  const parsed = parseDate(date)
  if (!parsed) return date === '' ? 'No date' : date
  const day = new Date(parsed.year, parsed.month - 1, parsed.day)
  const text = `${weekday.format(day)} ${parsed.day} ${month.format(day)}`
  const apart = Math.round((startOfDay(now) - startOfDay(day)) / 86_400_000)
  if (apart === 0) return `Today, ${text}`
  if (apart === 1) return `Yesterday, ${text}`
  return parsed.year === now.getFullYear() ? text : `${text} ${parsed.year}`
}

/** `20 Nov`, in other years `20 Nov 2025`. */
export function shortDate(date: string, now: Date): string {
  const parsed = parseDate(date)
  if (!parsed) return date
  const text = `${parsed.day} ${month.format(new Date(parsed.year, parsed.month - 1, parsed.day))}`
  return parsed.year === now.getFullYear() ? text : `${text} ${parsed.year}`
}

const weekday = new Intl.DateTimeFormat('en', { weekday: 'short' })
const month = new Intl.DateTimeFormat('en', { month: 'short' })

function startOfDay(moment: Date): number {
  return Date.UTC(moment.getFullYear(), moment.getMonth(), moment.getDate())
}
