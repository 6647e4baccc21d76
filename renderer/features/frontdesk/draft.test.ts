import { expect, test } from 'vitest'
import { contentOf, draftOf, emptyDraft } from './draft.ts'

const typed = { ...emptyDraft('20261121'), name: 'Rex', modality: 'DX', procedure: 'Thorax, 2 views' }

test.each([
  ['9:30', '0930'],
  ['930', '0930'],
  ['14', '1400'],
  ['', ''],
])('%s is the time %s', (time, expected) => {
  expect(contentOf({ ...typed, time }).content?.request.time).toBe(expected)
})

test.each([
  ['2018-03-21', '20180321'],
  ['21.3.2018', '20180321'],
  ['', ''],
])('born %s is %s', (born, expected) => {
  expect(contentOf({ ...typed, born }).content?.patient).toMatchObject({ birthDate: expected, age: '' })
})

test('an age stays an age, and makes no birth date that nobody knows', () => {
  const { content } = contentOf({ ...typed, born: '5 y' })
  expect(content?.patient).toMatchObject({ birthDate: '', age: '005Y' })
  if (content) expect(contentOf(draftOf(content)).content).toEqual(content)
})

test('what is wrong is said beside its field', () => {
  const { content, problems } = contentOf({ ...typed, name: '', time: 'noon', born: 'spring', modality: '' })
  expect(content).toBeUndefined()
  expect(Object.keys(problems).toSorted()).toEqual(['born', 'modality', 'name', 'time'])
})

test('a species brings its code, and a breed only the one that was picked', () => {
  const breedCode = { value: '132457000', scheme: 'SCT', meaning: 'Beagle' }
  const { patient } = contentOf({ ...typed, breed: 'Beagle', breedCode }).content ?? {}
  expect(patient).toMatchObject({ species: 'Canine', speciesCode: { value: '448771007' }, breedCode })
  expect(contentOf({ ...typed, breed: 'Beagle mix', breedCode }).content?.patient.breedCode).toBeNull()
})

test('a request that is edited and not changed stays the same', () => {
  const { content } = contentOf({ ...typed, name: 'Sato, Rex', owner: 'Sato, Ren', time: '9:40', born: '2020-01-02' })
  if (!content) throw new Error('It is a right one')
  expect(content.patient.patientName).toBe('Sato^Rex')
  expect(contentOf(draftOf(content)).content).toEqual(content)
})

test.each([
  'Adams^John Robert Quincy^^Rev.^B.A. M.Div.',
  'Morrison-Jones^Susan^^^Ph.D.',
  'Rex',
  'Sato^Rex',
  'Yamada^Tarou=山田^太郎',
  'Smith, Jr^Bob',
])('who changes the hour of a request for %s does not change its name', (patientName) => {
  const { content } = contentOf({ ...typed, name: 'X' })
  if (!content) throw new Error('The request is not right')
  const order = { ...content, patient: { ...content.patient, patientName } }
  expect(contentOf({ ...draftOf(order), time: '1100' }).content?.patient.patientName).toBe(patientName)
})
