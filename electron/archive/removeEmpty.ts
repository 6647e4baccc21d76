import { counts } from './counts.ts'
import { type Connection, prepare } from './database.ts'

/** Takes away series, study, patient and owner that hold nothing any more; counts anew what is left of the study. */
export function emptyRemover(db: Connection): (studyId: number) => void {
  const { recount } = counts(db)
  const removeEmptySeries = prepare(
    db,
    `DELETE FROM series WHERE study_id = ?
       AND NOT EXISTS (SELECT 1 FROM instances WHERE instances.series_id = series.series_id)`,
  )
  const removeEmptyStudy = prepare<{ patientRef: number }>(
    db,
    `DELETE FROM studies WHERE study_id = ? AND NOT EXISTS (SELECT 1 FROM series WHERE series.study_id = studies.study_id)
     RETURNING patient_ref AS patientRef`,
  )
  const removeEmptyPatient = prepare(
    db,
    `DELETE FROM patients WHERE patient_ref = ?
       AND NOT EXISTS (SELECT 1 FROM studies WHERE studies.patient_ref = patients.patient_ref)`,
  )
  const removeEmptyClients = prepare(
    db,
    `DELETE FROM clients WHERE NOT EXISTS (SELECT 1 FROM studies WHERE studies.client_ref = clients.client_ref)
       AND NOT EXISTS (SELECT 1 FROM patients WHERE patients.client_ref = clients.client_ref)`,
  )
  return (studyId) => {
    removeEmptySeries.run(studyId)
    const gone = removeEmptyStudy.get(studyId)
    if (!gone) {
      recount(studyId)
      return
    }
    removeEmptyPatient.run(gone.patientRef)
    removeEmptyClients.run()
  }
}
