import { expect, test } from 'vitest'
import { birthDateProblem, toBirthDate } from './birthDate.ts'

test('a birth date is a year, a month or a day, with or without dashes', () => {
  expect(toBirthDate('2018')).toBe('2018')
  expect(toBirthDate(' 2018-04 ')).toBe('201804')
  expect(toBirthDate('2018-04-12')).toBe('20180412')
  expect(toBirthDate('20180412')).toBe('20180412')
  for (const none of ['', '18', '2018-', '2018-13', '2018-02-31', '12.04.2018', 'April'])
    expect(toBirthDate(none)).toBeUndefined()
})

test('nothing is said of what is still being typed', () => {
  for (const ongoing of ['', '2', '2018', '2018-', '2018-0', '2018-04-1'])
    expect(birthDateProblem(ongoing)).toBeUndefined()
  for (const wrong of ['12.04.2018', 'April', '2018-13-01', '2018041299'])
    expect(birthDateProblem(wrong)).toMatch(/typed as/)
})
