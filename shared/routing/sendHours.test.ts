import { expect, test } from 'vitest'
import { closesAt, opensAt, type SendHours, timeOf } from './sendHours.ts'

const night: SendHours = { from: '20:00', to: '06:00' }
const lunch: SendHours = { from: '12:00', to: '13:30' }
/** A day on which no country changes its clocks. */
const at = (time: string, day = 14) => new Date(`2026-01-${day}T${time}:00`).getTime()
const times = (...values: string[]) => values.map((time) => at(time))

test('within the hours nothing waits, over midnight too; the first minute is within, the last one is not', () => {
  for (const now of times('20:00', '23:59', '00:00', '05:59')) expect(opensAt(night, now), timeOf(now)).toBeNull()
  for (const now of times('06:00', '12:00', '19:59')) expect(opensAt(night, now), timeOf(now)).toBe(at('20:00'))
  for (const now of times('12:00', '13:29')) expect(opensAt(lunch, now), timeOf(now)).toBeNull()
  for (const now of times('00:00', '11:59')) expect(opensAt(lunch, now), timeOf(now)).toBe(at('12:00'))
  for (const now of times('13:30', '23:59')) expect(opensAt(lunch, now), timeOf(now)).toBe(at('12:00', 15))
})

test('they end at their end, of this night or of the next day', () => {
  expect(closesAt(night, at('20:00'))).toBe(at('06:00', 15))
  expect(closesAt(night, at('05:59'))).toBe(at('06:00'))
  expect(closesAt(lunch, at('12:30'))).toBe(at('13:30'))
})

test('a destination without hours is never waited for', () => {
  expect(opensAt(null, at('12:00'))).toBeNull()
  expect(closesAt(null, at('12:00'))).toBeNull()
})
