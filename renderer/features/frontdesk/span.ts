import { dateOf } from '#shared/dicom/dateTime.ts'

/** Days of the board, both included, as DA. */
export interface Span {
  from: string
  to: string
}

export type When = 'today' | 'tomorrow' | 'week' | 'day'

const WEEK_DAYS = 7

export function spanOf(when: When, day: string, now: Date): Span {
  if (when === 'day') return { from: day, to: day }
  const first = when === 'tomorrow' ? 1 : 0
  const last = when === 'week' ? WEEK_DAYS - 1 : first
  return { from: dateOf(after(now, first)), to: dateOf(after(now, last)) }
}

function after(now: Date, days: number): Date {
  return new Date(now.getFullYear(), now.getMonth(), now.getDate() + days, 12)
}
