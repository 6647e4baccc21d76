import { counts } from './counts.ts'
import { type Connection, prepare } from './database.ts'
import type { StorageFolders } from './storageFolders.ts'

const PURGE_BATCH = 500

/** Deleting is a flag first; the files stay where they are until the trash is emptied. All within the caller's transaction. */
export function trash(db: Connection, folders: StorageFolders) {
  const { recount } = counts(db)
  const trashInstances = prepare(db, 'UPDATE instances SET trashed_at = ? WHERE study_id = ? AND trashed_at IS NULL')
  const restoreInstances = prepare(
    db,
    'UPDATE instances SET trashed_at = NULL WHERE study_id = ? AND trashed_at IS NOT NULL',
  )
  const expired = prepare<{ instanceId: number; studyId: number; folderId: number; file: string; bytes: number }>(
    db,
    `SELECT instance_id AS instanceId, study_id AS studyId, folder_id AS folderId, file, bytes
     FROM instances WHERE trashed_at <= ? ORDER BY trashed_at LIMIT ${PURGE_BATCH}`,
  )
  const removeInstance = prepare(db, 'DELETE FROM instances WHERE instance_id = ?')
  const removeFile = prepare(db, 'INSERT OR IGNORE INTO file_removals (path) VALUES (?)')
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

  /** Takes away series, study, patient and owner that hold nothing any more. */
  function removeEmpty(studyId: number): void {
    removeEmptySeries.run(studyId)
    const gone = removeEmptyStudy.get(studyId)
    if (!gone) {
      recount(studyId)
      return
    }
    removeEmptyPatient.run(gone.patientRef)
    removeEmptyClients.run()
  }

  return {
    trashStudies(studyIds: number[], now: number): { studies: number; instances: number } {
      let studies = 0
      let instances = 0
      for (const studyId of studyIds) {
        const { changes } = trashInstances.run(now, studyId)
        if (changes === 0) continue
        studies += 1
        instances += changes
        recount(studyId)
      }
      return { studies, instances }
    },
    restoreStudies(studyIds: number[]): { studies: number } {
      let studies = 0
      for (const studyId of studyIds) {
        if (restoreInstances.run(studyId).changes === 0) continue
        studies += 1
        recount(studyId)
      }
      return { studies }
    },
    /** One batch of what was trashed at `before` or earlier; call again while `more`. */
    purge(before: number): { instances: number; bytes: number; studyIds: number[]; more: boolean } {
      const batch = expired.all(before)
      for (const instance of batch) {
        removeFile.run(folders.pathOf(instance))
        removeInstance.run(instance.instanceId)
      }
      const studyIds = [...new Set(batch.map((instance) => instance.studyId))]
      for (const studyId of studyIds) removeEmpty(studyId)
      const bytes = batch.reduce((sum, instance) => sum + instance.bytes, 0)
      return { instances: batch.length, bytes, studyIds, more: batch.length === PURGE_BATCH }
    },
    removeEmpty,
  }
}
