import { expect, it } from 'vitest'
import type { Criteria } from './browserState.ts'
import { narrows, toStudyFilter } from './toStudyFilter.ts'

const none: Criteria = { text: '', datePreset: 'all', range: {}, modalities: [], extra: {} }
const now = new Date(2026, 10, 21)

it('asks for nothing where nothing is said', () => {
  expect(toStudyFilter(none, now)).toEqual({})
  expect(toStudyFilter({ ...none, text: '  ', extra: { patientId: ' ' } }, now)).toEqual({})
  expect(narrows(none)).toBe(false)
})

it('asks for each field that is filled', () => {
  const criteria: Criteria = {
    text: ' brno ',
    datePreset: '7-days',
    range: {},
    modalities: ['CT'],
    extra: { patientName: 'Bru', accessionNumber: 'A-1 ' },
  }
  expect(toStudyFilter(criteria, now)).toEqual({
    text: 'brno',
    patientName: 'Bru',
    accessionNumber: 'A-1',
    modalities: ['CT'],
    dateFrom: '20261115',
  })
  expect(narrows(criteria)).toBe(true)
})

it('asks for a birth date once it is one', () => {
  expect(toStudyFilter({ ...none, extra: { birthDate: '2018-04', owner: 'Novak' } }, now)).toEqual({
    birthDate: '201804',
    owner: 'Novak',
  })
  expect(toStudyFilter({ ...none, extra: { birthDate: '2018-1' } }, now)).toEqual({})
})
