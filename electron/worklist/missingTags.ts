import { speciesName } from '#shared/dicom/patientLine.ts'

export interface PatientFacts {
  patientName: string
  patientId: string
  birthDate: string
  age: string
  sex: string
  neutered: string
  species: string
  breed: string
  owner: string
}

/** What R154 and R163 ask for and the images do not say, as the words of a list. */
export function missingTags(facts: PatientFacts): string[] {
  const missing = (words: string, value: string) => (value.trim() === '' ? [words] : [])
  const isHuman = speciesName(facts.species) === 'Human'
  // Nobody writes "human" into the images of people: without species, breed and owner it may be either.
  const isAnimal =
    !isHuman && (facts.species !== '' || facts.breed !== '' || facts.owner !== '' || facts.neutered !== '')
  return [
    ...missing('name', facts.patientName),
    ...missing('patient ID', facts.patientId),
    ...missing('sex', facts.sex),
    ...missing('birth date or age', facts.birthDate + facts.age),
    ...(isAnimal
      ? [
          ...missing('species', facts.species),
          ...missing('breed', facts.breed),
          ...missing('neutered or not', facts.neutered),
          ...missing('owner', facts.owner),
        ]
      : []),
  ]
}
