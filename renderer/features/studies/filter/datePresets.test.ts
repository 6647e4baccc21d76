import { expect, it } from 'vitest'
import { dateRangeOf, endsBeforeItBegins } from './datePresets.ts'

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

it('tells a range that nothing can lie in', () => {
  expect(endsBeforeItBegins({ dateFrom: '20261122', dateTo: '20261121' })).toBe(true)
  expect(endsBeforeItBegins({ dateFrom: '20261121', dateTo: '20261121' })).toBe(false)
  expect(endsBeforeItBegins({ dateTo: '20261121' })).toBe(false)
})
