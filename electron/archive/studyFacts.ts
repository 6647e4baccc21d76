import type { PatientFacts } from '#shared/dicom/samePatient.ts'
import { type Connection, prepare } from './database.ts'

/** Whom a study shows, as its first image said, for `comparePatients`. */
export const PATIENT_FACTS = `patient_id AS patientId, patient_name AS patientName, patient_birth_date AS patientBirthDate,
  patient_sex AS patientSex, species,
  (SELECT issuer_of_patient_id FROM patients WHERE patients.patient_ref = studies.patient_ref) AS issuerOfPatientId`

export function studyFacts(db: Connection): (studyId: number) => PatientFacts | undefined {
  const find = prepare<PatientFacts>(db, `SELECT ${PATIENT_FACTS} FROM studies WHERE study_id = ?`)
  return (studyId) => find.get(studyId)
}
