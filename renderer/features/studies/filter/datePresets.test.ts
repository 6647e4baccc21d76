import { expect, it } from 'vitest'
import { dateRangeOf, fromDateInput, toDateInput } from './datePresets.ts'

const now = new Date(2026, 2, 3, 0, 30)

it('counts today as the first of the days', () => {
  expect(dateRangeOf('today', {}, now)).toEqual({ dateFrom: '20260303' })
  expect(dateRangeOf('7-days', {}, now)).toEqual({ dateFrom: '20260225' })
  expect(dateRangeOf('30-days', {}, now)).toEqual({ dateFrom: '20260202' })
})

it('leaves all dates open and takes a range as it is', () => {
  expect(dateRangeOf('all', { dateFrom: '20200101' }, now)).toEqual({})
  expect(dateRangeOf('range', { dateTo: '20200101' }, now)).toEqual({ dateTo: '20200101' })
})

it('converts between a date input and DA', () => {
  expect(fromDateInput('2026-11-21')).toBe('20261121')
  expect(fromDateInput('')).toBeUndefined()
  expect(toDateInput('20261121')).toBe('2026-11-21')
  expect(toDateInput(undefined)).toBe('')
})
