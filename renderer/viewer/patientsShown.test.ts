import { expect, test } from 'vitest'
import { doubtAmong, onePerPatient } from './patientsShown.ts'

const of = (patientId: string, patientName: string, patientBirthDate = '') => ({
  patientId,
  patientName,
  patientBirthDate,
})
const count = (...studies: ReturnType<typeof of>[]) => onePerPatient(studies).length

test('capitals and delimiters of a device make no other patient', () => {
  expect(count(of('A 1', 'SATO^REX'), of('a1', 'Sato^Rex'), of('A1', 'Sato Rex^^'))).toBe(1)
})

test('under one ID an animal is the same with and without the name of its owner', () => {
  expect(count(of('A1', 'Rex'), of('A1', 'Sato^Rex'))).toBe(1)
  expect(count(of('', 'Rex'), of('', 'Sato^Rex'))).toBe(2)
  expect(count(of('A1', 'Trex'), of('A1', 'Rex'))).toBe(2)
})

test('another ID, another name or a doubt stands apart', () => {
  expect(count(of('A1', 'Sato^Rex'), of('A2', 'Sato^Rex'))).toBe(2)
  expect(count(of('A1', 'Sato^Rex'), of('A1', 'Sato^Milo'))).toBe(2)
  expect(count(of('A1', ''), of('A1', 'Rex'))).toBe(2)
  expect(count(of('A1', 'Rex'), of('A1', 'Sato^Rex'), of('A1', 'Kim^Rex'))).toBe(2)
  expect(count(of('A1', 'Kim^Rex'), of('A1', 'Rex'), of('A1', 'Sato^Rex'))).toBe(2)
})

test('a doubt is told in words where nothing says that they are two', () => {
  expect(doubtAmong([of('A1', 'Sato^Rex'), of('A1', 'Kim^Rex')])).toBe('same patient ID, another family or owner')
  expect(doubtAmong([of('A1', 'Sato^Rex'), of('A1', 'Kim^Rex'), of('A2', 'Rex')])).toBe('')
  expect(doubtAmong([of('A1', 'Rex', '20200101'), of('A1', 'Rex', '20210101')])).toContain('another birth date')
})
