import { expect, it } from 'vitest'
import { dayTitle, shortDate } from './dayTitle.ts'

const now = new Date(2026, 10, 21, 10, 42)

it('names today and yesterday and leaves out the year while it is this one', () => {
  expect(dayTitle('20261121', now)).toBe('Today, Sat 21 Nov')
  expect(dayTitle('20261120', now)).toBe('Yesterday, Fri 20 Nov')
  expect(dayTitle('20260102', now)).toBe('Fri 2 Jan')
  expect(dayTitle('20251231', now)).toBe('Wed 31 Dec 2025')
  expect(shortDate('20261120', now)).toBe('20 Nov')
  expect(shortDate('20251120', now)).toBe('20 Nov 2025')
})

it('shows what is no date as it is', () => {
  expect(dayTitle('', now)).toBe('No date')
  expect(dayTitle('20261399', now)).toBe('20261399')
})
