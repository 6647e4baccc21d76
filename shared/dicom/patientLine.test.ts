import { expect, test } from 'vitest'
import { patientLine, sexText, speciesName } from './patientLine.ts'

const nothing = { species: '', breed: '', sex: '', sexNeutered: '', age: '', birthDate: '', studyDate: '' }

test('an animal reads species, sex, age, breed', () => {
  const bruno = { ...nothing, species: 'Canine', breed: 'Labrador', sex: 'M', sexNeutered: 'ALTERED', age: '008Y' }
  expect(patientLine(bruno)).toBe('Dog, MN, 8 y, Labrador')
})

test('a person without species is not called one', () => {
  expect(patientLine({ ...nothing, sex: 'F', birthDate: '19720301', studyDate: '20261121' })).toBe('F, 54 y')
})

test('nothing known leaves nothing', () => {
  expect(patientLine(nothing)).toBe('')
})

test.each([
  ['Canis lupus familiaris', 'Dog'],
  ['CANINE', 'Dog'],
  ['Felis catus (domestic cat)', 'Cat'],
  ['guinea pig', 'Guinea pig'],
  ['Equus asinus', 'Donkey'],
  ['Homo sapiens', 'Human'],
  ['Pogona vitticeps', 'Pogona vitticeps'],
  ['Cathartes aura', 'Cathartes aura'],
])('%s is called %s', (value, name) => {
  expect(speciesName(value)).toBe(name)
})

test.each([
  ['M', 'ALTERED', 'MN'],
  ['F', 'ALTERED', 'FS'],
  ['F', 'UNALTERED', 'F'],
  ['', 'ALTERED', 'N'],
  ['O', '', 'other'],
  ['', '', ''],
])('sex %j with %j reads %j', (sex, neutered, text) => {
  expect(sexText(sex, neutered)).toBe(text)
})
