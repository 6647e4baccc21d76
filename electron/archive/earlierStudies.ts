import { type Connection, prepare } from './database.ts'
import { maySharePatient } from './patientIdentity.ts'

const MOST = 200

/**
 * Studies of the same patient with an older date and time, the newest first. A patient without an ID is nobody: a name
 * alone never joins two studies, and under one ID with two names that contradict there are two patients.
 */
export function earlierStudies(db: Connection): (studyId: number) => number[] {
  const find = prepare<{ id: number; own: string; other: string }>(
    db,
    `SELECT other.study_id AS id, own.patient_identity AS own, other.patient_identity AS other FROM studies own
     JOIN patients USING (patient_ref)
     JOIN studies other ON other.patient_ref = own.patient_ref AND other.study_id <> own.study_id AND other.listed = 1
     WHERE own.study_id = ? AND patients.patient_id <> ''
       AND (other.listed_date, other.listed_time, other.study_id) < (own.listed_date, own.listed_time, own.study_id)
     ORDER BY other.listed_date DESC, other.listed_time DESC, other.study_id DESC LIMIT ${MOST}`,
  )
  return (studyId) =>
    find
      .all(studyId)
      .filter(({ own, other }) => maySharePatient(own, other) || maySharePatient(other, own))
      .map(({ id }) => id)
}
