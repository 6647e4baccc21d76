import { expect, test } from 'vitest'
import { findKeys, otherSpellings, passes } from './findKeys.ts'

const page = { offset: 0, limit: 200 }

test('an empty filter asks for everything, once', () => {
  const [keys, ...more] = findKeys(page)
  expect(more).toEqual([])
  expect(keys).toMatchObject({ StudyInstanceUID: '', PatientName: '', StudyDate: '' })
})

test('fields become keys with wildcards and ranges', () => {
  const [keys] = findKeys({ ...page, patientName: 'doe', dateFrom: '20260101', modalities: ['CT'] })
  expect(keys).toMatchObject({ PatientName: '*doe*', StudyDate: '20260101-', ModalitiesInStudy: 'CT' })
})

test('owner, species and birth date are asked for, and checked where a server ignores them', () => {
  const filter = { ...page, owner: 'novak', species: 'dog', birthDate: '2018' }
  expect(findKeys(filter)[0]).toMatchObject({
    ResponsiblePerson: '*novak*',
    PatientSpeciesDescription: '*dog*',
    PatientBirthDate: '20180101-20181231',
  })
  expect(findKeys({ ...page, birthDate: '20180412' })[0]?.PatientBirthDate).toBe('20180412')
  expect(findKeys({ ...page, birthDate: '201804' })[0]?.PatientBirthDate).toBe('20180401-20180430')
  const match = {
    ResponsiblePerson: 'Novak^Petr',
    PatientSpeciesDescription: 'Dog, domestic',
    PatientBirthDate: '20180412',
  }
  expect(passes(match, filter)).toBe(true)
  expect(passes(match, { ...filter, birthDate: '2019' })).toBe(false)
  expect(passes(match, { ...filter, owner: 'hughes' })).toBe(false)
  expect(passes({}, filter)).toBe(false)
})

test('free text is asked in each required key that is still open', () => {
  const asked = findKeys({ ...page, text: 'brno', patientId: '7' })
  expect(asked.map(({ PatientName, PatientID, AccessionNumber }) => [PatientName, PatientID, AccessionNumber])).toEqual(
    [
      ['*brno*', '*7*', ''],
      ['', '*7*', '*brno*'],
    ],
  )
})

test('a server that ignores optional keys does not fool us', () => {
  const filter = { ...page, modalities: ['MR'], description: 'knee' }
  expect(passes({ ModalitiesInStudy: 'CT\\SR', StudyDescription: 'Knee left' }, filter)).toBe(false)
  expect(passes({ ModalitiesInStudy: 'SR\\MR', StudyDescription: 'Knee left' }, filter)).toBe(true)
  expect(passes({ ModalitiesInStudy: 'MR', StudyDescription: 'Thorax' }, filter)).toBe(false)
})

test('names are asked for in other spellings where a server minds the case', () => {
  const spelled = otherSpellings({ ...page, patientName: "o'neil anna" }).map((spell) => spell("o'neil anna"))
  expect(spelled).toEqual(["O'NEIL ANNA", "O'Neil Anna"])
  expect(otherSpellings({ ...page, patientName: '123' })).toEqual([])
})
