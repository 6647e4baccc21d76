import { expect, test } from 'vitest'
import { ownerByName } from './ownerByName.ts'

const rex = { patientName: 'Sato^Rex', owner: '', species: 'Canine', breed: '' }

test.each([
  ['of an animal without a named owner it is the family', rex, 'Sato'],
  ['by the breed alone, too', { ...rex, species: '', breed: 'Beagle' }, 'Sato'],
  ['in the first script', { ...rex, patientName: 'Yamada^Pochi=山田^ポチ' }, 'Yamada'],
  ['not where one is named', { ...rex, owner: 'Kim^Mina' }, ''],
  ['not of a person', { ...rex, species: 'Homo sapiens' }, ''],
  ['not where nobody says that it is an animal', { ...rex, species: '' }, ''],
  ['not where the animal has one name', { ...rex, patientName: 'Rex' }, ''],
  ['not where the animal has none', { ...rex, patientName: 'Sato^^' }, ''],
])('%s', (_, named, owner) => {
  expect(ownerByName(named)).toBe(owner)
})
