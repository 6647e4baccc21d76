import { existsSync, statfsSync, statSync } from 'node:fs'
import { dirname, isAbsolute, join, relative, resolve } from 'node:path'
import { copyVerified } from './copyVerified.ts'
import { type Connection, prepare } from './database.ts'
import { fileRemover } from './fileRemovals.ts'
import type { GroupCommit } from './groupCommit.ts'
import { makeFolder } from './makeFolder.ts'
import { relocateQuarantine } from './relocateQuarantine.ts'
import { StorageError, toStorageError } from './storageError.ts'
import type { StorageFolder, StorageFolders } from './storageFolders.ts'
import { syncDirectory } from './syncDirectory.ts'
import { temporaryFolder, temporaryPath } from './temporaryFile.ts'

export interface Relocation {
  db: Connection
  folders: StorageFolders
  commits: GroupCommit
  removeFiles(): void
  events: { storageFolderChanged(folder: string): void }
}

const BATCH = 64

type Row = { instanceId: number; folderId: number; file: string; bytes: number }

/**
 * `start-new`: new images go to `folder`, those that are here stay where they are and stay listed.
 * `move`: every file is copied, synced and read back; only when none is left the index switches, in one transaction, and
 * the old files go. Until then nothing changes: cancelled or killed, the archive is as it was, and the next try goes on
 * with the copies that were verified. Images that arrive meanwhile are taken along.
 */
export async function* relocate(
  archive: Relocation,
  folder: string,
  how: 'move' | 'start-new',
  signal: AbortSignal,
): AsyncGenerator<{ done: number; total: number }> {
  const { folders, commits, events } = archive
  const path = checkTarget(folder, folders)
  const target = await commits.write(() => addTarget(folders, path))
  if (how === 'start-new') {
    await commits.write(() => folders.makeCurrent(path))
    folders.saveCopy()
    events.storageFolderChanged(path)
    return
  }
  yield* move(archive, target, signal)
}

async function* move(
  { db, folders, commits, removeFiles, events }: Relocation,
  target: StorageFolder,
  signal: AbortSignal,
): AsyncGenerator<{ done: number; total: number }> {
  const id = target.folderId
  const pending =
    'FROM instances i LEFT JOIN relocated_instances r USING (instance_id) WHERE i.folder_id <> ? AND r.instance_id IS NULL'
  const left = prepare<{ instances: number; bytes: number }>(
    db,
    `SELECT count(*) AS instances, coalesce(sum(i.bytes), 0) AS bytes ${pending}`,
  )
  const next = prepare<Row>(
    db,
    `SELECT i.instance_id AS instanceId, i.folder_id AS folderId, i.file, i.bytes ${pending} LIMIT ${BATCH}`,
  )
  const copied = prepare(db, 'INSERT INTO relocated_instances (instance_id, folder_id) VALUES (?, ?)')
  const removeFile = fileRemover(db, folders)
  await commits.write(() => {
    folders.setChecked(target, false)
    keepVerified(db, folders, target)
  })
  removeFiles()
  const before = left.get(id) ?? { instances: 0, bytes: 0 }
  checkSpace(target.path, before.bytes)
  const elsewhere = prepare<{ total: number }>(db, 'SELECT count(*) AS total FROM instances WHERE folder_id <> ?')
  const total = elsewhere.get(id)?.total ?? 0
  let done = total - before.instances
  yield { done, total }
  for (;;) {
    const batch = next.all(id)
    if (batch.length === 0) {
      if (await commits.write(() => switchTo(db, folders, target))) break
      continue
    }
    for (const row of batch) {
      signal.throwIfAborted()
      await copyInstance(folders.pathOf(row), target, row.file)
    }
    for (const directory of new Set(batch.map((row) => dirname(row.file)))) syncDirectory(join(target.path, directory))
    syncDirectory(target.path)
    await commits.write(() => {
      // one that was deleted for good while it was copied has no row any more
      for (const row of batch) {
        if (stillThere(db, row.instanceId)) copied.run(row.instanceId, id)
        else removeFile(row.file)
      }
    })
    done += batch.length
    yield { done: Math.min(done, total), total: Math.max(done, total) }
  }
  folders.saveCopy()
  events.storageFolderChanged(target.path)
  await relocateQuarantine(db, folders, commits, target)
  removeFiles()
}

/** True once every instance is in `target`; then the switch is made in the same transaction. */
function switchTo(db: Connection, folders: StorageFolders, target: StorageFolder): boolean {
  const id = target.folderId
  const left = prepare<{ one: number }>(
    db,
    `SELECT 1 AS one FROM instances WHERE folder_id <> ?
       AND instance_id NOT IN (SELECT instance_id FROM relocated_instances) LIMIT 1`,
  )
  if (left.get(id)) return false
  for (const old of folders.all()) {
    if (old.folderId === id) continue
    prepare(db, 'INSERT OR IGNORE INTO file_removals (path) SELECT ? || file FROM instances WHERE folder_id = ?').run(
      join(old.path, '/'),
      old.folderId,
    )
  }
  prepare(db, 'UPDATE instances SET folder_id = ? WHERE folder_id <> ?').run(id, id)
  prepare(db, 'DELETE FROM relocated_instances').run()
  prepare(db, 'UPDATE storage_folders SET retired = 1 WHERE folder_id <> ?').run(id)
  folders.makeCurrent(target.path)
  return true
}

/** Copies of an earlier try count as long as they are for this folder and still there; those for another one go. */
function keepVerified(db: Connection, folders: StorageFolders, target: StorageFolder): void {
  // moved away from here before, and not all of it removed yet: those paths are needed again
  const needed = 'SELECT ? || file FROM instances'
  prepare(db, `DELETE FROM file_removals WHERE path IN (${needed})`).run(join(target.path, '/'))
  const rows = prepare<Row>(
    db,
    `SELECT i.instance_id AS instanceId, r.folder_id AS folderId, i.file, i.bytes
     FROM relocated_instances r JOIN instances i USING (instance_id)`,
  ).all()
  const forget = prepare(db, 'DELETE FROM relocated_instances WHERE instance_id = ?')
  const remove = prepare(db, 'INSERT OR IGNORE INTO file_removals (path) VALUES (?)')
  for (const row of rows) {
    if (row.folderId !== target.folderId) remove.run(folders.pathOf(row))
    const path = join(target.path, row.file)
    const kept = row.folderId === target.folderId && existsSync(path) && statSync(path).size === row.bytes
    if (!kept) forget.run(row.instanceId)
  }
}

async function copyInstance(from: string, target: StorageFolder, file: string): Promise<void> {
  const to = join(target.path, file)
  try {
    makeFolder(dirname(to), 0o700)
    await copyVerified(from, to, temporaryPath(target.path))
  } catch (error) {
    // what is lost already cannot keep the rest from moving
    if ((error as NodeJS.ErrnoException).code === 'ENOENT' && !existsSync(from)) return
    throw toStorageError(error)
  }
}

function stillThere(db: Connection, instanceId: number): boolean {
  return prepare(db, 'SELECT 1 FROM instances WHERE instance_id = ?').get(instanceId) !== undefined
}

function addTarget(folders: StorageFolders, path: string): StorageFolder {
  return folders.all().find((folder) => folder.path === path) ?? folders.add(path)
}

function checkTarget(folder: string, folders: StorageFolders): string {
  if (!isAbsolute(folder)) throw new StorageError('io', 'The new storage folder needs its full path')
  const path = resolve(folder)
  if (path === folders.current().path) throw new StorageError('io', 'The archive is in this folder already')
  for (const known of folders.all()) {
    const inside = (outer: string, inner: string) => {
      const way = relative(outer, inner)
      return way !== '' && !way.startsWith('..') && !isAbsolute(way)
    }
    if (inside(known.path, path) || inside(path, known.path))
      throw new StorageError('io', 'One storage folder cannot lie inside another')
  }
  try {
    makeFolder(temporaryFolder(path))
  } catch (error) {
    throw toStorageError(error)
  }
  return path
}

function checkSpace(path: string, bytes: number): void {
  const { bavail, bsize } = statfsSync(path)
  if (bavail * bsize < bytes) throw new StorageError('no-space', 'The new storage folder has too little free space')
}
