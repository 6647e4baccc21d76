import { speciesName } from './patientLine.ts'

interface Named {
  patientName: string
  /** (0010,2297). */
  owner: string
  species: string
  breed: string
}

/**
 * The owner whom an animal's name itself says: `Sato^Rex` is Rex of the Satos, as practices write it that have no field for
 * the owner. '' where one is named, where it is no animal, or where the name has one part.
 */
export function ownerByName({ patientName, owner, species, breed }: Named): string {
  const isAnimal = species.trim() === '' ? breed.trim() !== '' : speciesName(species) !== 'Human'
  if (!isAnimal || owner.trim() !== '') return ''
  const [family = '', animal = ''] = (patientName.split('=')[0] ?? '').split('^').map((part) => part.trim())
  return animal === '' ? '' : family
}
