import { expect, test } from 'vitest'
import { animalName, animalNamed, ownAnimalName, typedAnimalName } from './animalName.ts'
import { ownerByName } from './ownerByName.ts'

test.each([
  ['an owner’s animal', 'Rex', 'Sato^Ren', 'Sato^Rex'],
  ['of whom nobody is named', 'Rex', '', '^Rex'],
  ['of an organization', 'Running on Water', 'ABC Farms', 'ABC Farms^Running on Water'],
  ['of an owner of several words', 'Rex', 'van der Berg^Anna Maria', 'van der Berg^Rex'],
  ['of an owner with a given name only', 'Rex', '^Ren', '^Rex'],
  ['that says whose it is', 'Sato^Rex', 'Kim^Mina', 'Sato^Rex'],
  ['whose family is left empty', '^Rex', 'Sato^Ren', 'Sato^Rex'],
  ['with a delimiter too many', 'Rex^', 'Sato^Ren', 'Sato^Rex'],
  ['with more components than animals have', 'Sato^Rex^II', 'Sato^Ren', 'Sato^Rex^II'],
  ['in two scripts', 'Pochi=ポチ', 'Yamada^Tarou=山田^太郎', 'Yamada^Pochi=山田^ポチ'],
  ['in two scripts, of an owner in one', 'Pochi=ポチ', 'Yamada^Tarou', 'Yamada^Pochi=^ポチ'],
  ['of an owner in more scripts', 'Pochi', 'Yamada^Tarou=山田^太郎', 'Yamada^Pochi'],
  ['without a Latin group', '=ポチ', '=山田^太郎', '=山田^ポチ'],
  ['without a name', '', 'Sato^Ren', ''],
])('the name of an animal %s', (_, own, owner, expected) => {
  expect(animalName(own, owner)).toBe(expected)
  // What is right stays right, however often it is made so.
  expect(animalName(expected, owner)).toBe(expected)
})

test('a group has at most 64 characters, and the animal’s own name is not cut', () => {
  const name = animalName('Rex', 'x'.repeat(64))
  expect([name.length, name.endsWith('^Rex')]).toEqual([64, true])
})

test('the owner whom a name says is the one of whom it was made', () => {
  const traits = { owner: '', species: 'Canine', breed: '' }
  expect(ownerByName({ ...traits, patientName: animalName('Rex', 'Sato^Ren') })).toBe('Sato')
  expect(ownerByName({ ...traits, patientName: animalName('Rex', '') })).toBe('')
})

test.each([
  ['Sato^Rex', '', { patientName: 'Sato^Rex', responsiblePerson: 'Sato' }],
  ['Sato^Rex', 'Kim^Mina', { patientName: 'Sato^Rex', responsiblePerson: 'Kim^Mina' }],
  ['Rex', '', { patientName: '^Rex', responsiblePerson: '' }],
])('%s with the owner “%s” has both names', (patientName, responsiblePerson, expected) => {
  expect(animalNamed({ patientName, responsiblePerson, kind: 'animal' })).toEqual({ ...expected, kind: 'animal' })
})

test.each([
  ['Sato^Rex', 'Sato^Ren', 'Rex'],
  ['SATO^REX', 'Sato^Ren', 'REX'],
  ['^Rex', 'Sato^Ren', 'Rex'],
  ['Sato^Rex', 'Kim^Mina', undefined],
  ['Sato^Rex', '', undefined],
  ['Sato^Rex^II', 'Sato^Ren', undefined],
  ['Yamada^Pochi=山田^ポチ', 'Yamada^Tarou=山田^太郎', undefined],
  ['Rex', 'Sato^Ren', undefined],
])('%s of %s is typed as %s', (name, owner, typed) => {
  expect(typedAnimalName(name, owner)).toBe(typed)
})

test.each([
  ['Sato^Rex', 'Rex'],
  ['^Rex', 'Rex'],
  ['Rex', 'Rex'],
  ['Yamada^Pochi=山田^ポチ', 'Pochi'],
])('%s is called %s', (name, own) => {
  expect(ownAnimalName(name)).toBe(own)
})
