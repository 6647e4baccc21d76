import { expect, test } from 'vitest'
import { isOffered, patientDoubt } from './patientDoubt.ts'
import { comparePatients, patientIdKey } from './samePatient.ts'
import { cases, facts } from './samePatientCases.ts'

test.each(cases)('%s', (_, a, b, verdict, reason) => {
  const [one, other] = [facts(a), facts(b)]
  expect(comparePatients(one, other)).toMatchObject({ verdict, reason })
  // Whoever is asked first: the verdict is the same, and who says less is the other one.
  const turned = { one: 'other', other: 'one' } as const
  const { lesser } = comparePatients(one, other)
  expect(comparePatients(other, one)).toEqual({ verdict, reason, ...(lesser && { lesser: turned[lesser] }) })
  expect(comparePatients(one, one).verdict).not.toBe('different')
})

test('each doubt has words, and nothing else has', () => {
  for (const [, a, b] of cases) {
    const found = comparePatients(facts(a), facts(b))
    expect(patientDoubt(found) !== '').toBe(found.verdict === 'unsure')
  }
})

test('who says less is told', () => {
  const lesser = (a: string, b: string) => comparePatients(facts(a), facts(b)).lesser
  expect(lesser('1|Sato^Rex', '1|Rex')).toBe('other')
  expect(lesser('1|', '1|Rex')).toBe('one')
  expect(lesser('|Rex', '1|Rex')).toBe('one')
  expect(lesser('1|Meier^Anna', '1|Meier')).toBe('other')
  expect(lesser('1|Rex', '1|Rex')).toBeUndefined()
})

test('without an ID nothing is offered', () => {
  expect(isOffered(facts('|Sato^Rex'), facts('|Sato^Rex'))).toBe(false)
  expect(isOffered(facts('1|Sato^Rex'), facts('1|Kim^Rex'))).toBe(true)
})

test('names of any length cost nothing', () => {
  const long = (letter: string) => facts(`1|${`${letter}? `.repeat(60_000)}^Rex`)
  expect(comparePatients(long('a'), long('b')).verdict).toBe('different')
})

test('delimiters alone are no ID', () => {
  expect(['A 1', ' a1', '^^', '١'].map(patientIdKey)).toEqual(['a1', 'a1', '', '١'])
})
