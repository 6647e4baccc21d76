import { parseDate } from './dateTime.ts'
import { fold } from './fold.ts'
import { knownSpecies } from './patientLine.ts'
import { compareNames, type NameLikeness } from './sameName.ts'

/** What is said of a patient, by images, a request or a server. '' and left out: nothing. */
export interface PatientFacts {
  patientId: string
  issuerOfPatientId?: string | undefined
  patientName: string
  /** DA. */
  patientBirthDate?: string | undefined
  patientSex?: string | undefined
  species?: string | undefined
}

export type PatientReason =
  /** ID and name; one says the animal, the other its owner's family too; the ID, and neither has a name. */
  | 'agree'
  | 'own-name'
  | 'id-alone'
  /** With the same ID. */
  | 'no-name'
  | 'name-says-less'
  | 'spelling'
  | 'other-order'
  | 'other-script'
  | 'other-family'
  | 'other-birth-date'
  | 'other-sex'
  | 'other-species'
  /** Without an ID in one of them: with the same name, with one that is like it, without one. */
  | 'no-id'
  | 'no-id-alike'
  | 'nothing-said'
  | 'other-id'
  | 'other-issuer'
  | 'other-name'

export interface PatientVerdict {
  verdict: 'same' | 'unsure' | 'different'
  reason: PatientReason
  /** Which of the two says less than the other. */
  lesser?: 'one' | 'other'
}

/** For the index, too: equal text is the same patient ID, as devices and people type it. */
export function patientIdKey(patientId: string): string {
  // delimiters alone are no ID
  return fold(patientId) === '' ? '' : patientId.normalize('NFKC').toLowerCase().replace(/\s+/g, '')
}

/**
 * Do both tell of one patient? The one rule of the whole product: who uses it decides what doubt is good enough for.
 * A patient ID is unique within its issuer (PS3.3 C.2.1); a name alone joins nobody. Under one ID another family name is a
 * marriage or an animal's new owner, or an ID that was given twice: that, and all else that a person has to look at, is unsure.
 */
export function comparePatients(one: PatientFacts, other: PatientFacts): PatientVerdict {
  const [id, otherId] = [patientIdKey(one.patientId), patientIdKey(other.patientId)]
  if (id !== '' && otherId !== '' && id !== otherId) return { verdict: 'different', reason: 'other-id' }
  const [issuer, otherIssuer] = [issuerKey(one), issuerKey(other)]
  if (issuer !== '' && otherIssuer !== '' && issuer !== otherIssuer)
    return { verdict: 'different', reason: 'other-issuer' }
  const name = compareNames(one.patientName, other.patientName)
  const against = contradictions(one, other)
  if (id !== '' && otherId !== '') {
    const lesser = name.lesser ? { lesser: name.lesser } : {}
    return { ...underOneId(name.likeness, name.lesser !== undefined, against, isHuman(one, other)), ...lesser }
  }
  const lesser = id === otherId ? {} : { lesser: otherId === '' ? ('other' as const) : ('one' as const) }
  return { ...withoutId(name.likeness, against), ...lesser }
}

function underOneId(
  likeness: NameLikeness,
  isOneSided: boolean,
  against: readonly PatientReason[],
  human: boolean,
): PatientVerdict {
  const [first] = against
  if (likeness === 'other') return { verdict: 'different', reason: 'other-name' }
  const isSure = likeness === 'same' || (likeness === 'own-name' && !human) || likeness === 'missing'
  if (isSure) {
    if (first) return { verdict: against.length > 1 ? 'different' : 'unsure', reason: first }
    if (likeness === 'same') return { verdict: 'same', reason: 'agree' }
    if (likeness === 'own-name') return { verdict: 'same', reason: 'own-name' }
    return isOneSided ? { verdict: 'unsure', reason: 'no-name' } : { verdict: 'same', reason: 'id-alone' }
  }
  if (first) return { verdict: 'different', reason: 'other-name' }
  return {
    verdict: 'unsure',
    // A person is not called by the given name alone.
    reason: likeness === 'says-less' || likeness === 'own-name' ? 'name-says-less' : likeness,
  }
}

function withoutId(likeness: NameLikeness, against: readonly PatientReason[]): PatientVerdict {
  const [first] = against
  if (likeness === 'missing') return { verdict: 'unsure', reason: 'nothing-said' }
  if (likeness === 'other' || likeness === 'other-family') return { verdict: 'different', reason: 'other-name' }
  if (first) return { verdict: 'different', reason: first }
  return { verdict: 'unsure', reason: likeness === 'same' ? 'no-id' : 'no-id-alike' }
}

function contradictions(one: PatientFacts, other: PatientFacts): PatientReason[] {
  const differ = (read: (facts: PatientFacts) => string) => {
    const [a, b] = [read(one), read(other)]
    return a !== '' && b !== '' && a !== b
  }
  return [
    ...(differ(bornOn) ? (['other-birth-date'] as const) : []),
    ...(differ(({ species = '' }) => knownSpecies(species)) ? (['other-species'] as const) : []),
    ...(differ(sexOf) ? (['other-sex'] as const) : []),
  ]
}

/** What devices write that ask for a date and got none. */
const NO_DATES = new Set(['00010101', '19000101', '18000101'])

function bornOn({ patientBirthDate = '' }: PatientFacts): string {
  const digits = patientBirthDate.replace(/[.\-/\s]/g, '')
  return parseDate(digits) && !NO_DATES.has(digits) ? digits : ''
}

function sexOf({ patientSex = '' }: PatientFacts): string {
  const letter = patientSex.trim().toUpperCase()
  return letter === 'M' || letter === 'F' ? letter : ''
}

const issuerKey = ({ issuerOfPatientId = '' }: PatientFacts) =>
  issuerOfPatientId.normalize('NFKC').toLowerCase().replace(/\s+/g, '')

const isHuman = (...both: PatientFacts[]) => both.some(({ species = '' }) => knownSpecies(species) === 'Human')
