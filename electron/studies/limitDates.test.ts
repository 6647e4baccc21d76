import { expect, test } from 'vitest'
import { firstDay, withinDates } from './limitDates.ts'

const now = new Date(2026, 2, 31, 12)

test.each([
  [{ kind: 'all' }, ''],
  [{ kind: 'since', date: '20240229' }, '20240229'],
  [{ kind: 'last', count: 1, unit: 'days' }, '20260330'],
  [{ kind: 'last', count: 31, unit: 'days' }, '20260228'],
  [{ kind: 'last', count: 1, unit: 'months' }, '20260228'],
  [{ kind: 'last', count: 24, unit: 'months' }, '20240331'],
  [{ kind: 'last', count: 2, unit: 'years' }, '20240331'],
] as const)('%j begins on %s', (dates, day) => {
  expect(firstDay(dates, now)).toBe(day)
})

test('a search is narrowed to the days of the server, and never widened', () => {
  const filter = { offset: 0, limit: 1 }
  expect(withinDates(filter, '')).toBe(filter)
  expect(withinDates(filter, '20260101')).toMatchObject({ dateFrom: '20260101' })
  expect(withinDates({ ...filter, dateFrom: '20250101' }, '20260101')).toMatchObject({ dateFrom: '20260101' })
  expect(withinDates({ ...filter, dateFrom: '20260301' }, '20260101')).toMatchObject({ dateFrom: '20260301' })
  expect(withinDates({ ...filter, dateTo: '20251231' }, '20260101')).toBeUndefined()
})
