import { expect, test } from 'vitest'
import { expiryState, expiryWords } from './expiry.ts'

const now = new Date(2026, 10, 21, 12).getTime()
const DAY_MS = 86_400_000
const ending = (days: number) => ({ validFrom: now - 400 * DAY_MS, validTo: now + days * DAY_MS })

test('a certificate is warned of 30 days ahead, and not 31', () => {
  expect(expiryState(ending(31), now)).toBe('good')
  expect(expiryState(ending(30), now)).toBe('soon')
  expect(expiryState(ending(0.5), now)).toBe('soon')
  expect(expiryState(ending(-0.1), now)).toBe('ended')
})

test('the words follow a subject and name the day', () => {
  expect(expiryWords(ending(12), now)).toBe('ends on 3 Dec 2026, in 12 days')
  expect(expiryWords(ending(1.2), now)).toMatch(/tomorrow$/)
  expect(expiryWords(ending(-2), now)).toBe('ended on 19 Nov 2026')
  expect(expiryWords({ validFrom: now + DAY_MS, validTo: now + 9 * DAY_MS }, now)).toContain('not valid before 22 Nov')
  expect(expiryWords(ending(400), now)).toContain('is valid until')
})
