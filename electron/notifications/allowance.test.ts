import { expect, test } from 'vitest'
import { Allowance } from './allowance.ts'

test('so many at once, then so many a second, whatever the clock does', () => {
  const allowance = new Allowance({ burst: 3, perSecond: 2 }, 0)
  const take = (at: number) => allowance.take(at)
  expect([take(0), take(0), take(0), take(0)]).toEqual([true, true, true, false])
  expect([take(500), take(500)]).toEqual([true, false])
  expect(take(100)).toBe(false)
  expect([take(60_000), take(60_000), take(60_000), take(60_000)]).toEqual([true, true, true, false])
})
