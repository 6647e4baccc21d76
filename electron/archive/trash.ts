import { counts } from './counts.ts'
import { type Connection, prepare } from './database.ts'
import { fileRemover } from './fileRemovals.ts'
import { emptyRemover } from './removeEmpty.ts'
import { sentContents } from './sentContents.ts'
import type { StorageFolders } from './storageFolders.ts'

const PURGE_BATCH = 500

/** Deleting is a flag first; the files stay where they are until the trash is emptied. All within the caller's transaction. */
export function trash(db: Connection, folders: StorageFolders) {
  const { recount } = counts(db)
  const trashInstances = prepare(db, 'UPDATE instances SET trashed_at = ? WHERE study_id = ? AND trashed_at IS NULL')
  const present = prepare<{ instances: number; newest: number }>(
    db,
    `SELECT count(*) AS instances, max(instance_id) AS newest FROM instances
     WHERE study_id = ? AND trashed_at IS NULL`,
  )
  const restoreInstances = prepare(
    db,
    'UPDATE instances SET trashed_at = NULL WHERE study_id = ? AND trashed_at IS NOT NULL',
  )
  const expired = prepare<{ instanceId: number; studyId: number; file: string; bytes: number }>(
    db,
    `SELECT instance_id AS instanceId, study_id AS studyId, file, bytes
     FROM instances WHERE trashed_at <= ? ORDER BY trashed_at LIMIT ${PURGE_BATCH}`,
  )
  const contents = sentContents(db)
  const ofUID = prepare<{ instanceId: number; studyId: number; file: string }>(
    db,
    'SELECT instance_id AS instanceId, study_id AS studyId, file FROM instances WHERE sop_instance_uid = ?',
  )
  const removeInstance = prepare(db, 'DELETE FROM instances WHERE instance_id = ?')
  const removeFile = fileRemover(db, folders)
  const removeEmpty = emptyRemover(db)

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
    /** Only while these are all of its images. */
    trashUnchanged(studyId: number, instances: number, newestInstanceId: number, now: number): boolean {
      const found = present.get(studyId)
      if (found?.instances !== instances || found.newest !== newestInstanceId) return false
      return this.trashStudies([studyId], now).studies === 1
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
    /** At once and for good: for what was fetched only to see whether it comes. Answers its study. */
    discard(sopInstanceUID: string): number | undefined {
      const instance = ofUID.get(sopInstanceUID)
      if (!instance) return undefined
      contents.forgo(instance.instanceId)
      removeFile(instance.file)
      removeInstance.run(instance.instanceId)
      recount(instance.studyId)
      removeEmpty(instance.studyId)
      return instance.studyId
    },
    /** One batch of what was trashed at `before` or earlier; call again while `more`. */
    purge(before: number): { instances: number; bytes: number; studyIds: number[]; more: boolean } {
      const batch = expired.all(before)
      for (const instance of batch) {
        contents.forgo(instance.instanceId)
        removeFile(instance.file)
        removeInstance.run(instance.instanceId)
      }
      const studyIds = [...new Set(batch.map((instance) => instance.studyId))]
      for (const studyId of studyIds) removeEmpty(studyId)
      const bytes = batch.reduce((sum, instance) => sum + instance.bytes, 0)
      return { instances: batch.length, bytes, studyIds, more: batch.length === PURGE_BATCH }
    },
  }
}
