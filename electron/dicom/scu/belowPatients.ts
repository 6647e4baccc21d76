import { AssociationError } from '../associationError.ts'
import type { Identifier } from '../dimse/identifier.ts'
import type { FindQuery, Match, QueryRetrieveLevel } from '../nodeApi.ts'

/** One C-FIND on the open association. */
export type Ask = (level: QueryRetrieveLevel, keys: Identifier) => AsyncIterable<Match>

/** Keys of the Patient level (PS3.4 Table C.6-1) that a query for studies may hold. */
const PATIENT_KEYS = ['PatientName', 'PatientID', 'PatientBirthDate', 'PatientSex']
/** So many patients are gone through for a query that does not name one. */
const PATIENTS_MAX = 1000

/**
 * A query in the Patient Root, where a study is asked for below its patient (PS3.4 C.4.1.2.2.1). Most servers answer
 * without; for those that do not the patients are asked for first.
 */
export async function* belowPatients(ask: Ask, { level, keys }: FindQuery): AsyncGenerator<Match> {
  if (level === 'PATIENT' || isOne(keys.PatientID)) return yield* ask(level, keys)
  if (level !== 'STUDY') {
    const PatientID = await patientOf(ask, keys.StudyInstanceUID ?? '')
    return yield* ask(level, PatientID ? { ...keys, PatientID } : keys)
  }
  let matches = 0
  try {
    for await (const match of ask(level, keys)) {
      matches += 1
      yield match
    }
  } catch (error) {
    const isRefusal = error instanceof AssociationError && error.code === 'DIMSE' && matches === 0
    if (!isRefusal) throw error
    yield* studiesOfPatients(ask, keys)
  }
}

async function* studiesOfPatients(ask: Ask, keys: Identifier): AsyncGenerator<Match> {
  const patientKeys = Object.fromEntries(PATIENT_KEYS.map((keyword) => [keyword, keys[keyword] ?? '']))
  const patients: Match[] = []
  for await (const patient of ask('PATIENT', patientKeys)) {
    if (isOne(patient.PatientID) && patients.length < PATIENTS_MAX) patients.push(patient)
  }
  const studyKeys = Object.fromEntries(Object.entries(keys).filter(([keyword]) => !PATIENT_KEYS.includes(keyword)))
  for (const { QueryRetrieveLevel: _, ...patient } of patients) {
    const PatientID = patient.PatientID ?? ''
    for await (const study of ask('STUDY', { ...studyKeys, PatientID })) yield { ...patient, ...study }
  }
}

/** '' where the server does not tell. */
export async function patientOf(ask: Ask, studyInstanceUID: string): Promise<string> {
  if (!isOne(studyInstanceUID)) return ''
  let found = ''
  try {
    for await (const { PatientID } of ask('STUDY', { StudyInstanceUID: studyInstanceUID, PatientID: '' }))
      found ||= PatientID ?? ''
  } catch (error) {
    if (!(error instanceof AssociationError) || error.code !== 'DIMSE') throw error
  }
  return found
}

function isOne(value: string | undefined): boolean {
  return value !== undefined && value !== '' && !/[*?\\]/.test(value)
}
