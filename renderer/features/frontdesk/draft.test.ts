import { expect, test } from 'vitest'
import { contentOf, draftOf, emptyDraft, knownDraft } from './draft.ts'

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

test.each([
  ['Rex', 'Sato, Ren', 'Sato^Rex'],
  ['Rex', '', '^Rex'],
  ['Running on Water', 'ABC Farms', 'ABC Farms^Running on Water'],
  ['Sato, Rex', 'Kim, Mina', 'Sato^Rex'],
  ['Sato^Rex', '', 'Sato^Rex'],
])('an animal %s of %s goes to devices as %s, and is edited as it was typed', (name, owner, patientName) => {
  const { content } = contentOf({ ...typed, name, owner })
  expect(content?.patient.patientName).toBe(patientName)
  if (!content) return
  const again = draftOf(content)
  if (!/[,^]/.test(name)) expect(again).toMatchObject({ name, owner })
  expect(contentOf(again).content).toEqual(content)
})

test('the animal of another owner is named after that one; a person is never named after anybody', () => {
  const { content } = contentOf({ ...typed, owner: 'Sato, Ren' })
  if (!content) throw new Error('The request is not right')
  const sold = contentOf({ ...draftOf(content), owner: 'Kim, Mina' })
  expect(sold.content?.patient).toMatchObject({ patientName: 'Kim^Rex', responsiblePerson: 'Kim^Mina' })
  const person = contentOf({ ...typed, kind: 'human', name: 'Okafor', owner: 'Sato, Ren' })
  expect(person.content?.patient.patientName).toBe('Okafor')
})

test('a known patient keeps the name that its images have; one of a request alone gets that of the standard', () => {
  const { content } = contentOf({ ...typed, owner: 'Sato, Ren' })
  if (!content) throw new Error('The request is not right')
  const known = { ...content.patient, patientName: 'Rex', lastSeenAt: 0 }
  const nameOf = (studies: number) =>
    contentOf({ ...typed, ...knownDraft({ ...known, studies }) }).content?.patient.patientName
  expect([nameOf(1), nameOf(0)]).toEqual(['Rex', 'Sato^Rex'])
})
