import { nameKey } from '#shared/dicom/sameName.ts'
import { comparePatients, type PatientFacts, type PatientReason, patientIdKey } from '#shared/dicom/samePatient.ts'
import type { NewInstance } from './archiveApi.ts'
import { studyColumns } from './studyColumns.ts'

/**
 * Whom an image says that it shows, as one line of text each for ID, issuer and name: equal text means the same patient,
 * and is found by the index without looking at the studies.
 */
export function patientIdentity(attributes: NewInstance['attributes']): string {
  const { PatientID = '', IssuerOfPatientID = '', PatientName = '' } = attributes
  return [patientIdKey(PatientID), patientIdKey(IssuerOfPatientID), nameKey(PatientName)].join('\n')
}

/** As the row of a study made of it would say. */
export function patientFacts(attributes: NewInstance['attributes']): PatientFacts {
  const columns = studyColumns(attributes)
  return {
    patientId: columns.patient_id,
    issuerOfPatientId: attributes.IssuerOfPatientID,
    patientName: columns.patient_name,
    patientBirthDate: columns.patient_birth_date,
    patientSex: columns.patient_sex,
    species: columns.species,
  }
}

/** What is corrected at a device between two images, and no reason to tear a study apart. */
const TOLERATED: ReadonlySet<PatientReason> = new Set(['spelling', 'other-birth-date', 'other-sex', 'other-species'])
/** An image may say less than its study. */
const SAID_LESS: ReadonlySet<PatientReason> = new Set(['no-name', 'name-says-less', 'no-id'])

/**
 * May an image of `arrival` stand under a study of `known`? One StudyInstanceUID can come with several patients: devices
 * and anonymizers clone UIDs. An image may say less than the study, but never something else, and one that says nothing
 * belongs to nobody.
 */
export function maySharePatient(known: PatientFacts, arrival: PatientFacts): boolean {
  const { verdict, reason, lesser } = comparePatients(known, arrival)
  if (verdict !== 'unsure') return verdict === 'same'
  return TOLERATED.has(reason) || (SAID_LESS.has(reason) && lesser === 'other')
}
