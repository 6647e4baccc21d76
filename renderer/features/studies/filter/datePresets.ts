import { dateOf } from '#shared/dicom/dateTime.ts'

export const datePresets = ['today', '7-days', '30-days', 'all', 'range'] as const
export type DatePreset = (typeof datePresets)[number]

/** DA at both ends, both included; undefined is open. */
export interface DateRange {
  dateFrom?: string | undefined
  dateTo?: string | undefined
}

export const datePresetLabel: Record<DatePreset, string> = {
  today: 'Today',
  '7-days': '7 days',
  '30-days': '30 days',
  all: 'All',
  range: 'Range',
}

/** Days count back from today, today included. What a scanner with a wrong clock dates into the future stays visible. */
export function dateRangeOf(preset: DatePreset, range: DateRange, now: Date): DateRange {
  if (preset === 'all') return {}
  if (preset === 'range') return range
  const days = { today: 1, '7-days': 7, '30-days': 30 }[preset]
  const from = new Date(now.getFullYear(), now.getMonth(), now.getDate() - (days - 1))
  return { dateFrom: dateOf(from) }
}

/** `in the last 7 days`, for sentences. */
export function datePresetPhrase(preset: DatePreset): string {
  if (preset === 'today') return 'today'
  if (preset === '7-days') return 'in the last 7 days'
  if (preset === '30-days') return 'in the last 30 days'
  return preset === 'range' ? 'between these dates' : ''
}

export function endsBeforeItBegins({ dateFrom, dateTo }: DateRange): boolean {
  return dateFrom !== undefined && dateTo !== undefined && dateTo < dateFrom
}
