import { type Connection, prepare } from './database.ts'

const MOST = 200

/**
 * Studies of the same patient with an older date and time, the newest first. A patient without an ID is nobody: a name
 * alone never joins two studies.
 */
export function earlierStudies(db: Connection): (studyId: number) => number[] {
  const find = prepare<{ id: number }>(
    db,
    `SELECT other.study_id AS id FROM studies own
     JOIN patients USING (patient_ref)
     JOIN studies other ON other.patient_ref = own.patient_ref AND other.study_id <> own.study_id AND other.listed = 1
     WHERE own.study_id = ? AND patients.patient_id <> ''
       AND (other.listed_date, other.listed_time, other.study_id) < (own.listed_date, own.listed_time, own.study_id)
     ORDER BY other.listed_date DESC, other.listed_time DESC, other.study_id DESC LIMIT ${MOST}`,
  )
  return (studyId) => find.all(studyId).map(({ id }) => id)
}
