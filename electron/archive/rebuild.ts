import { existsSync } from 'node:fs'
import type { AddInstance } from './addInstance.ts'
import type { Connection } from './database.ts'
import { prepare } from './database.ts'
import type { GroupCommit } from './groupCommit.ts'
import { indexFile } from './indexFile.ts'
import { isWhole } from './isWhole.ts'
import { measurementLog } from './measurements.ts'
import { reindexer } from './reindex.ts'
import { removeQuietly } from './removeQuietly.ts'
import { type Renumbered, renumber } from './renumber.ts'
import type { Memory } from './salvage.ts'
import type { StorageFolders } from './storageFolders.ts'
import { storedFiles } from './storedFiles.ts'
import { type Attachment, bringAttachments } from './worklist/attachments.ts'

export interface Rebuild {
  db: Connection
  folders: StorageFolders
  commits: GroupCommit
  add: AddInstance
  removeEmpty(studyId: number): void
  /** What an index that was set aside knew of a file. */
  recall(file: string): Memory | undefined
  events: { studiesChanged(studyIds: Iterable<number>): void }
}

const BATCH = 32

/**
 * Makes the index say again what the files say. What only the index knows (source, arrival, trash, opened) stays where
 * the row is still there; ids stay too, so that open windows go on. Rows whose file is lost go.
 */
export async function* rebuild(
  archive: Rebuild,
  signal: AbortSignal,
): AsyncGenerator<{ done: number; total: number; failed: number }> {
  const { db, folders, commits, add, events } = archive
  const reindex = reindexer(db)
  const measured = measurementLog(db)
  const present = folders.ofImages().filter((folder) => folders.isConnected(folder))
  const doomed = prepare(db, 'SELECT 1 FROM file_removals WHERE path = ?')
  const wasId = (file: string) => archive.recall(file)?.instanceId ?? Number.MAX_SAFE_INTEGER
  // what the lost index knew comes in its order, so that rules go on where they were
  const files = present
    .flatMap((folder) =>
      [...storedFiles(folder.path)]
        .filter(({ path }) => doomed.get(path) === undefined)
        .map((stored) => ({ stored, folder })),
    )
    .sort((a, b) => wasId(a.stored.file) - wasId(b.stored.file))
  const renumbered: Renumbered[] = []
  const attachments = new Map<number, Attachment>()
  const setOpened = prepare(db, 'UPDATE studies SET opened_at = ? WHERE study_id = ? AND opened_at IS NULL')
  const progress = { done: 0, total: files.length, failed: 0 }
  yield { ...progress }
  for (let at = 0; at < files.length; at += BATCH) {
    signal.throwIfAborted()
    const batch = files.slice(at, at + BATCH).flatMap(({ stored, folder }) => {
      try {
        const indexed = reindex.sourceOf(folder.folderId, stored.file)
        // one without a row may be what a power cut left of an arrival that was never acknowledged
        if (!indexed && !isWhole(stored.path, stored.dataSetHash)) throw new Error('The file is not whole')
        const source = indexed ?? archive.recall(stored.file)?.source
        return [{ instance: indexFile(stored, source), folder }]
      } catch {
        progress.failed += 1
        return []
      }
    })
    const leftovers = await commits.write(() =>
      batch.flatMap(({ instance, folder }) => {
        if (reindex.update(instance, folder.folderId)) return []
        const { outcome, instanceId, studyId, leftover } = add(instance, 'disk')
        const was = archive.recall(instance.file)
        const { trashedAt = null, measurements = [] } = was ?? {}
        if (outcome === 'stored' && was) renumbered.push({ was, now: { instanceId, studyId } })
        if (outcome === 'stored' && was?.attachment) attachments.set(studyId, was.attachment)
        if (outcome === 'stored' && trashedAt !== null) reindex.trash(instanceId, trashedAt)
        if (outcome === 'stored' && was?.openedAt) setOpened.run(was.openedAt, studyId)
        if (outcome === 'stored') measured.bringBack(instanceId, measurements)
        return leftover === undefined ? [] : [leftover]
      }),
    )
    for (const leftover of leftovers) removeQuietly(leftover)
    progress.done = Math.min(at + BATCH, files.length)
    yield { ...progress }
  }
  if (renumbered.length > 0) await commits.write(() => renumber(db, renumbered))
  if (attachments.size > 0) await commits.write(() => bringAttachments(db, attachments))
  const lost = lostRows(archive)
  for (let at = 0; at < lost.length; at += BATCH) {
    signal.throwIfAborted()
    await commits.write(() => {
      for (const row of lost.slice(at, at + BATCH)) reindex.remove(row.instanceId)
    })
  }
  const studies = prepare<{ id: number }>(db, 'SELECT study_id AS id FROM studies').all()
  for (let at = 0; at < studies.length; at += BATCH) {
    signal.throwIfAborted()
    const batch = studies.slice(at, at + BATCH).map(({ id }) => id)
    await commits.write(() => {
      for (const studyId of batch) {
        reindex.retell(studyId)
        archive.removeEmpty(studyId)
      }
    })
    events.studiesChanged(batch)
  }
}

/** A folder that is not there (a disk unplugged) says nothing about its files. */
function lostRows({ db, folders }: Rebuild): { instanceId: number }[] {
  const rows = prepare<{ instanceId: number; folderId: number; file: string }>(
    db,
    'SELECT instance_id AS instanceId, folder_id AS folderId, file FROM instances',
  ).all()
  const present = new Set(
    folders
      .all()
      .filter((folder) => folders.isConnected(folder))
      .map((folder) => folder.folderId),
  )
  return rows.filter((row) => present.has(row.folderId) && !existsSync(folders.pathOf(row)))
}
