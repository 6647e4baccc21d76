import { expect, test } from 'vitest'
import { gapIn } from '#shared/imaging/gaps.ts'
import { identitySentence, missingIdentity } from './identity.ts'

const numbered = (...numbers: (number | null)[]) => numbers.map((number) => ({ number, position: null }))
const placed = (...positions: number[]) => positions.map((position) => ({ number: null, position }))
const range = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, at) => from + at)

test('an image that is missing between two others is named', () => {
  expect(gapIn(numbered(...range(1, 204), ...range(206, 312)))).toBe('image 205 is missing between 204 and 206.')
  expect(gapIn(numbered(1, 2, 5, 6, 9, 10, 11, 12))).toBe('4 images are missing: 3 to 4, 7 to 8.')
  expect(gapIn(numbered(1, 3, 5, 6, 8, 10, 11, 12))).toBe('4 images are missing: 2, 4, 7 and others.')
})

test('what is whole, or numbered without counting, is not called incomplete', () => {
  expect(gapIn(numbered(...range(1, 300)))).toBeUndefined()
  expect(gapIn(numbered(...range(17, 60)))).toBeUndefined()
  expect(gapIn(numbered(100, 200, 300, 400))).toBeUndefined()
  expect(gapIn(numbered(1, 1, 2, 2, 3, 3))).toBeUndefined()
  expect(gapIn(numbered(1, 3))).toBeUndefined()
  expect(gapIn(numbered(null, null, null))).toBeUndefined()
  expect(gapIn([])).toBeUndefined()
})

test('slices that stand twice as far apart as all others are told, whatever their numbers', () => {
  expect(gapIn(placed(0, 1.5, 3, 4.5, 7.5, 9, 10.5))).toBe(
    'slices are 1.5 mm apart, but once 3 mm: one may be missing.',
  )
  expect(gapIn(placed(...range(0, 40)))).toBeUndefined()
  // Several times at the same places, or no rule at all.
  expect(gapIn(placed(0, 0, 1, 1, 2, 2, 4, 4))).toBeUndefined()
  expect(gapIn(placed(0, 1, 3, 7, 8, 15))).toBeUndefined()
  expect(gapIn(placed(0, 2, 10))).toBeUndefined()
})

test('whose images these are must be said: an owner is asked for with animals only', () => {
  const person = { patientName: 'Okafor^Adaeze', patientId: 'H-1', owner: '', species: '' }
  expect(missingIdentity(person)).toEqual([])
  expect(missingIdentity({ ...person, species: 'Homo sapiens' })).toEqual([])
  expect(missingIdentity({ ...person, species: 'Canine' })).toEqual(['owner'])
  expect(missingIdentity({ patientName: '^', patientId: ' ', owner: '', species: '' })).toEqual([
    'patient name',
    'patient ID',
  ])
  expect(identitySentence({ ...person, patientId: '' }, true)).toBe(
    'Patient ID is missing: the other side may refuse the images.',
  )
  expect(identitySentence({ ...person, patientId: '' }, false)).toContain('Okafor, Adaeze: Patient ID is missing')
})
