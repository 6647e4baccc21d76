import { expect, test } from 'vitest'
import { becauseText, conditionsText, newRule, problemOf, whenText } from './ruleText.ts'

test('a rule is told in words', () => {
  expect(conditionsText([])).toBe('Everything that devices send')
  expect(
    conditionsText([
      { field: 'Modality', test: 'is', value: 'CT' },
      { field: 'CallingAETitle', test: 'starts-with', value: 'CT_' },
      { field: 'AccessionNumber', test: 'empty', value: '' },
    ]),
  ).toBe('Modality is CT, Device begins with CT_, AccessionNumber is empty')
  expect(whenText({ when: 'completed', quietMinutes: 2, timeOfDay: '21:00' })).toBe(
    'When complete: nothing more for 2 min',
  )
})

test('what the images say where a condition asks is told by the field’s own words', () => {
  const because = [
    { field: 'ProtocolName', values: ['Thorax', 'Abdomen'] },
    { field: 'CallingAETitle', values: ['CT_1'] },
    { field: 'AccessionNumber', values: [] },
  ]
  expect(becauseText(because)).toBe('Protocol: Thorax or Abdomen, Device: CT_1, AccessionNumber: nothing')
})

test('what is missing is said before anything is saved', () => {
  expect(problemOf(newRule)).toBe('Give the rule a name.')
  expect(problemOf({ ...newRule, name: 'CT' })).toBe('Choose where to send.')
  const whole = { ...newRule, name: 'CT', serverIds: [1] }
  expect(problemOf(whole)).toBeUndefined()
  expect(problemOf({ ...whole, conditions: [{ field: 'Modality', test: 'is', value: ' ' }] })).toContain('Fill in')
  expect(problemOf({ ...whole, conditions: [{ field: 'Modality', test: 'empty', value: '' }] })).toBeUndefined()
})
