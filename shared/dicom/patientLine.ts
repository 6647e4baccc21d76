import { ageOn, ageText } from './age.ts'

/** Values as they stand in the data, decoded. */
export interface PatientTraits {
  species: string
  breed: string
  /** (0010,0040): M, F, O or empty. */
  sex: string
  /** (0010,2203): ALTERED, UNALTERED or empty. */
  sexNeutered: string
  /** (0010,1010) AS; wins over the birth date. */
  age: string
  /** It was said, by somebody who did not know the birth date. */
  isAboutAge?: boolean
  birthDate: string
  /** The age is that on the day of the study. */
  studyDate: string
}

/** What people call the species that PS3.16 CID 7454 and vendors write in Latin. The longest entry wins. */
const SPECIES: readonly (readonly [RegExp, string])[] = [
  [/homo sapiens|human/, 'Human'],
  [/canis (lupus )?familiaris|canis lupus|canine|\bdogs?\b/, 'Dog'],
  [/felis|feline|\bcats?\b/, 'Cat'],
  [/oryctolagus|lagomorph|leporidae|rabbit/, 'Rabbit'],
  [/equus caballus|equine|horse/, 'Horse'],
  [/equus asinus|donkey/, 'Donkey'],
  [/bos taurus|bovine|cattle|\bcow\b/, 'Cattle'],
  [/ovis|ovine|sheep/, 'Sheep'],
  [/capra|caprine|goat/, 'Goat'],
  [/sus scrofa|porcine|\bpig\b|swine/, 'Pig'],
  [/cavia|guinea pig/, 'Guinea pig'],
  [/mustela|ferret/, 'Ferret'],
  [/rattus|\brat\b/, 'Rat'],
  [/mus musculus|\bmouse\b/, 'Mouse'],
  [/psittac|parrot/, 'Parrot'],
  [/\baves\b|avian|\bbird\b/, 'Bird'],
  [/testudin|chelonia|tortoise|turtle/, 'Tortoise'],
]

export function speciesName(value: string): string {
  return knownSpecies(value) || value.trim()
}

/** '' where the text names none that is known: what it means is not compared with anything. */
export function knownSpecies(value: string): string {
  const lower = value.toLowerCase()
  // `guinea pig` before `pig`, `Equus asinus` before others: the match that covers most of the text is the right one.
  let best = { name: '', length: 0 }
  for (const [pattern, name] of SPECIES) {
    const length = pattern.exec(lower)?.[0].length ?? 0
    if (length > best.length) best = { name, length }
  }
  return best.name
}

/** `M`, `F`, and with N (neutered male) or S (spayed female) where the animal is altered. */
export function sexText(sex: string, sexNeutered: string): string {
  const letter = sex.trim().toUpperCase()
  const altered = sexNeutered.trim().toUpperCase() === 'ALTERED'
  if (letter === 'M') return altered ? 'MN' : 'M'
  if (letter === 'F') return altered ? 'FS' : 'F'
  return altered ? 'N' : letter === 'O' ? 'other' : ''
}

/** Species, sex, age, breed: in this order truncation takes the breed and never sex or age. Nothing is made up. */
export function patientLine(traits: PatientTraits): string {
  const said = ageText(traits.age)
  const age = said === '' ? ageOn(traits.birthDate, traits.studyDate) : traits.isAboutAge ? `about ${said}` : said
  const parts = [speciesName(traits.species), sexText(traits.sex, traits.sexNeutered), age, traits.breed.trim()]
  return parts.filter((part) => part !== '').join(', ')
}
