import { comparePatients, type PatientFacts, type PatientReason, type PatientVerdict } from './samePatient.ts'

const WORDS: Partial<Record<PatientReason, string>> = {
  'no-name': 'same patient ID; one has no name',
  'name-says-less': 'same patient ID; one name says less',
  spelling: 'same patient ID; names spelled differently',
  'other-order': 'same patient ID; the parts of the name in another order',
  'other-script': 'same patient ID; names in different scripts',
  'other-family': 'same patient ID, another family or owner',
  'other-birth-date': 'same patient ID and name, another birth date',
  'other-sex': 'same patient ID and name, another sex',
  'other-species': 'same patient ID and name, another species',
  'no-id': 'same name; a patient ID is missing',
  'no-id-alike': 'similar names; a patient ID is missing',
  'nothing-said': 'neither says by ID and name who it is',
}

/** Why it is not sure that two are one patient, in words that go into a sentence; '' where it is, or where they are not. */
export function patientDoubt({ verdict, reason }: PatientVerdict): string {
  return verdict === 'unsure' ? (WORDS[reason] ?? '') : ''
}

/** Where both have an ID: a name alone joins no two studies, not even as an offer. */
const NOT_OFFERED: ReadonlySet<PatientReason> = new Set(['no-id', 'no-id-alike', 'nothing-said'])

/** May a study be offered, with its doubt, as another one of this patient? */
export function isOffered(one: PatientFacts, other: PatientFacts): boolean {
  const { verdict, reason } = comparePatients(one, other)
  return verdict !== 'different' && !NOT_OFFERED.has(reason)
}
