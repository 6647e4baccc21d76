import { type Connection, prepare } from '../database.ts'
import type { Condition } from './conditions.ts'
import { STUDY_COLUMNS, type StudyRow, Subject } from './subject.ts'

const PAGE = 64
/** Patients whose answer is known; one that comes up later again is looked for again. */
const REMEMBERED = 4096

/**
 * The study that tells of a patient: the latest one that matches. Studies of one patient ID differ in name, birth date or
 * owner, each by what was true on its day; a query by any of these finds the patient (PS3.4 C.2.2.2), and is answered by
 * values that belong together and that match it. `undefined` in between: time to look whether to go on.
 */
export function newestMatch(db: Connection) {
  const studiesOf = prepare<StudyRow>(
    db,
    `SELECT ${STUDY_COLUMNS} FROM studies WHERE patient_ref = ? AND listed = 1 AND study_id < ?
     ORDER BY study_id DESC LIMIT ${PAGE}`,
  )

  function* find(patientRef: number, matches: Condition): Generator<undefined, number> {
    let before = Number.MAX_SAFE_INTEGER
    while (true) {
      const page = studiesOf.all(patientRef, before)
      for (const row of page)
        if (matches({ study: new Subject(row), series: undefined, instance: undefined })) return row.studyId
      if (page.length < PAGE) return 0
      before = page.at(-1)?.studyId ?? 0
      yield undefined
    }
  }

  /** For one query. */
  return (matches: Condition) => {
    const known = new Map<number, number>()
    return function* (patientRef: number): Generator<undefined, number> {
      const told = known.get(patientRef)
      if (told !== undefined) return told
      const studyId = yield* find(patientRef, matches)
      if (known.size >= REMEMBERED) known.clear()
      known.set(patientRef, studyId)
      return studyId
    }
  }
}
