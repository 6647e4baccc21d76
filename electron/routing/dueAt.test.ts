import { expect, test } from 'vitest'
import { dueAt } from './dueAt.ts'

const at = (text: string) => new Date(text).getTime()
const rule = { quietMinutes: 10, timeOfDay: '21:30' }

test('a rule looks after a few seconds, after its quiet time, or at its time of the day', () => {
  const came = at('2026-11-21T10:00:00')
  expect(dueAt({ ...rule, when: 'received' }, came)).toBe(came + 5000)
  expect(dueAt({ ...rule, when: 'completed' }, came)).toBe(came + 600_000)
  expect(dueAt({ ...rule, when: 'time' }, came)).toBe(at('2026-11-21T21:30:00'))
  expect(dueAt({ ...rule, when: 'time' }, at('2026-11-21T21:30:00'))).toBe(at('2026-11-22T21:30:00'))
  expect(dueAt({ ...rule, when: 'time' }, at('2026-12-31T23:59:59'))).toBe(at('2027-01-01T21:30:00'))
})
