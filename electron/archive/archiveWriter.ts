import { instanceAdder } from './addInstance.ts'
import type { ArchiveWriterApi, NewInstance } from './archiveApi.ts'
import { associationLog } from './associationLog.ts'
import { callerDayLog } from './callerDays.ts'
import { commitmentWriter } from './commitmentWriter.ts'
import { type Connection, prepare } from './database.ts'
import { DiskWord } from './diskWord.ts'
import { FileRemovals } from './fileRemovals.ts'
import { GroupCommit } from './groupCommit.ts'
import { isSameContent } from './isSameContent.ts'
import { measurementLog } from './measurements.ts'
import { quarantine } from './quarantine.ts'
import { keepNamesIndexed } from './queryRetrieve/nameIndex.ts'
import { rebuild } from './rebuild.ts'
import { refreshImages } from './refreshImages.ts'
import { relocate } from './relocate.ts'
import { emptyRemover } from './removeEmpty.ts'
import { removeQuietly } from './removeQuietly.ts'
import { routingWriter } from './routing.ts'
import type { Memory } from './salvage.ts'
import { sentContents } from './sentContents.ts'
import type { StorageFolders } from './storageFolders.ts'
import { studyStateWriter } from './studyStates.ts'
import { transferLog } from './transferLog.ts'
import { trash } from './trash.ts'
import { worklistWriter } from './worklist/worklistWriter.ts'

const SAME_IMAGE = 'The same image, in another transfer syntax.'
const DAY_MS = 24 * 60 * 60 * 1000

export interface WriterEvents {
  studiesChanged(studyIds: Iterable<number>): void
  storageFolderChanged(folder: string): void
  worklistChanged?(): void
}

/** The archive's only writer. Everything goes through one queue, so that writes of a moment share one commit. */
export function archiveWriter(
  db: Connection,
  folders: StorageFolders,
  events: WriterEvents,
  memories: ReadonlyMap<string, Memory> = new Map(),
): ArchiveWriterApi {
  const commits = new GroupCommit(db)
  const add = instanceAdder(db, folders)
  const bin = trash(db, folders)
  const transfers = transferLog(db)
  const associations = associationLog(db)
  const saveCallerDays = callerDayLog(db)
  const measurements = measurementLog(db)
  const contents = sentContents(db)
  const markOpened = prepare(db, 'UPDATE studies SET opened_at = ? WHERE study_id = ?')
  const removals = new FileRemovals(db, folders)

  const removeFiles = () => {
    if (db.open && removals.removeSome() > 0) setImmediate(removeFiles)
  }
  setImmediate(removeFiles)
  const apart = quarantine({
    db,
    folders,
    commits,
    add,
    removeFiles,
    studiesChanged: (ids) => events.studiesChanged(ids),
  })
  keepNamesIndexed(db, commits)
  void refreshImages(db, folders, commits).catch((error: unknown) => {
    if (db.open) logFailure(error)
  })

  return {
    async addInstance(instance) {
      const { leftover, kept, keptHash, changed, replaced, ...added } = await commits.write(
        () => add(instance),
        isOnDisk(instance),
      )
      if (changed.length > 0) events.studiesChanged(changed)
      const isSame = kept !== undefined && leftover !== undefined && (await isSameContent(kept, leftover))
      const { onConflict } = instance
      if (onConflict && kept !== undefined && leftover !== undefined && !isSame)
        return apart.settle({ instance, added, leftover, kept }, onConflict)
      if (isSame) await commits.write(() => contents.cameAgain(instance, keptHash))
      if (leftover !== undefined) removeQuietly(leftover)
      if (replaced) removeFiles()
      return isSame ? { ...added, outcome: 'duplicate', note: SAME_IMAGE } : added
    },
    async trashStudies(studyIds) {
      const result = await commits.write(() => bin.trashStudies(studyIds, Date.now()))
      events.studiesChanged(studyIds)
      return result
    },
    async restoreStudies(studyIds) {
      const result = await commits.write(() => bin.restoreStudies(studyIds))
      events.studiesChanged(studyIds)
      return result
    },
    async trashUnchanged(studyId, instances, newestInstanceId) {
      const trashed = await commits.write(() => bin.trashUnchanged(studyId, instances, newestInstanceId, Date.now()))
      if (trashed) events.studiesChanged([studyId])
      return { trashed }
    },
    async discardInstance(sopInstanceUID) {
      const studyId = await commits.write(() => bin.discard(sopInstanceUID))
      removeFiles()
      if (studyId !== undefined) events.studiesChanged([studyId])
    },
    async emptyTrash(retentionDays) {
      const before = Date.now() - retentionDays * DAY_MS
      const total = { instances: 0, bytes: 0 }
      for (let more = true; more; ) {
        const batch = await commits.write(() => bin.purge(before))
        total.instances += batch.instances
        total.bytes += batch.bytes
        more = batch.more
        removeFiles()
        events.studiesChanged(batch.studyIds)
      }
      await apart.purge(before)
      return total
    },
    async markOpened(studyId) {
      await commits.write(() => markOpened.run(Date.now(), studyId))
      events.studiesChanged([studyId])
    },
    rebuildIndex: (signal) =>
      rebuild(
        { db, folders, commits, add, removeEmpty: emptyRemover(db), recall: (file) => memories.get(file), events },
        signal,
      ),
    relocate: (folder, how, signal) => relocate({ db, folders, commits, removeFiles, events }, folder, how, signal),
    saveTransfers: (batch, outlives) =>
      commits.write(
        () => transfers.save(batch),
        () => true,
        outlives,
      ),
    pruneTransfers: (retention) => commits.write(() => transfers.prune(retention)),
    async saveMeasurements(items) {
      return { saved: await commits.write(() => measurements.save(items, Date.now())) }
    },
    deleteMeasurements: (measurementIds) => commits.write(() => measurements.remove(measurementIds)),
    saveAssociations: (rows, retention) => commits.write(() => associations.save(rows, retention)),
    interruptAssociations: (at) => commits.write(() => associations.interrupt(at)),
    saveCallerDays: (days) => commits.write(() => saveCallerDays(days)),
    deleteTransfers: (transferIds) => commits.write(() => transfers.remove(transferIds)),
    ...commitmentWriter(db, commits),
    ...worklistWriter(db, commits, () => events.worklistChanged?.()),
    ...routingWriter(db, commits),
    ...studyStateWriter(db, commits, (ids) => events.studiesChanged(ids)),
    acceptQuarantined: (quarantineId) => apart.acceptQuarantined(quarantineId),
    deleteQuarantined: (quarantineIds) => apart.deleteQuarantined(quarantineIds),
    async close() {
      commits.flush()
      if (!db.open) return
      db.pragma('optimize')
      db.close()
    },
  }
}

const isOnDisk = ({ onDisk }: NewInstance) => (onDisk ? () => new DiskWord(onDisk).wait() : undefined)

/** The code only: messages may hold a path. */
function logFailure(error: unknown): void {
  console.error(
    `Work of the archive in the background stopped: ${(error as { code?: string }).code ?? 'unknown error'}`,
  )
}
