import { isOffered } from '#shared/dicom/patientDoubt.ts'
import type { PatientFacts } from '#shared/dicom/samePatient.ts'
import { type Connection, prepare } from './database.ts'
import { PATIENT_FACTS, studyFacts } from './studyFacts.ts'

const MOST = 200

/** Wider than the rule, and what `studies_by_plain_patient_id` is sorted by: IDs that are equal to the rule are equal here. */
const ID_KEY = "replace(patient_id_key, ' ', '')"

/**
 * Studies with an older date and time that show the same patient, surely or perhaps (see comparePatients), the newest first.
 * A patient without an ID is nobody: a name alone never joins two studies.
 */
export function earlierStudies(db: Connection): (studyId: number) => number[] {
  const facts = studyFacts(db)
  const place = prepare<{ key: string; date: string; time: string }>(
    db,
    `SELECT ${ID_KEY} AS key, listed_date AS date, listed_time AS time FROM studies WHERE study_id = ?`,
  )
  const before = prepare<PatientFacts & { id: number }>(
    db,
    `SELECT study_id AS id, ${PATIENT_FACTS} FROM studies
     WHERE listed = 1 AND ${ID_KEY} = ? AND (listed_date, listed_time, study_id) < (?, ?, ?)
     ORDER BY listed_date DESC, listed_time DESC, study_id DESC LIMIT ${MOST}`,
  )
  return (studyId) => {
    const [own, at] = [facts(studyId), place.get(studyId)]
    if (!own || !at || at.key === '') return []
    return before
      .all(at.key, at.date, at.time, studyId)
      .filter((other) => isOffered(own, other))
      .map(({ id }) => id)
  }
}
