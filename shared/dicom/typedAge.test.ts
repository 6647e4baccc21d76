import { expect, test } from 'vitest'
import { ageLater, asAge } from './typedAge.ts'

test.each([
  ['5 y', '005Y'],
  ['5y', '005Y'],
  ['1.5 years', '018M'],
  ['3 mo', '003M'],
  ['2,5 m', '011W'],
  ['8 w', '008W'],
  ['10 days', '010D'],
  ['1.5 d', '002D'],
])('%s is %s', (typed, age) => {
  expect(asAge(typed)).toBe(age)
})

test.each(['', '5', 'y', '2018-03-21', '5 yards ago', '1000 y'])('“%s” is no age', (typed) => {
  expect(asAge(typed)).toBeUndefined()
})

test('an age grows with the days that went by', () => {
  expect(ageLater('005Y', 364)).toBe('005Y')
  expect(ageLater('005Y', 400)).toBe('006Y')
  expect(ageLater('010D', 1200)).toBe('173W')
  expect(ageLater('', 400)).toBe('')
})
