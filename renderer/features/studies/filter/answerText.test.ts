import { expect, it } from 'vitest'
import { answerText } from './answerText.ts'

const now = new Date(2026, 10, 21, 10, 42)
const test = { at: now.getTime(), ok: true, elapsedMs: 211.7 }

it('says how fast a server answered, or since when it does not', () => {
  expect(answerText(null, now)).toBe('never tested')
  expect(answerText(test, now)).toBe('answers in 212 ms')
  expect(answerText({ ...test, elapsedMs: 1400 }, now)).toBe('answers in 1.4 s')
  expect(answerText({ ...test, at: new Date(2026, 10, 21, 9, 2).getTime() }, now)).toBe('answered at 09:02')
  expect(answerText({ ...test, at: new Date(2026, 10, 12).getTime() }, now)).toBe('answered on 12 Nov')
  expect(answerText({ ...test, ok: false }, now)).toBe('no answer at 10:42')
  expect(answerText({ ...test, ok: false, at: new Date(2026, 10, 12).getTime() }, now)).toBe('no answer since 12 Nov')
})
