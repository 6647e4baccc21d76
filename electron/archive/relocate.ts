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
 * with the copies that were verified. Images that arrive meanwhile are taken along. A row follows its verified copy and
 * nothing else: what has no file, or lies on a disk that is not connected, stays listed where it is.
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
  const sources = connectedSources(folders, target)
  const from = `folder_id IN (${sources.map(({ folderId }) => folderId).join(', ')})`
  const pending = `FROM instances i LEFT JOIN relocated_instances r USING (instance_id)
    WHERE i.${from} AND r.instance_id IS NULL`
  const left = prepare<{ instances: number; bytes: number }>(
    db,
    `SELECT count(*) AS instances, coalesce(sum(i.bytes), 0) AS bytes ${pending}`,
  )
  const next = prepare<Row>(
    db,
    `SELECT i.instance_id AS instanceId, i.folder_id AS folderId, i.file, i.bytes ${pending}
       AND i.instance_id > ? ORDER BY i.instance_id LIMIT ${BATCH}`,
  )
  const copied = prepare(db, 'INSERT INTO relocated_instances (instance_id, folder_id) VALUES (?, ?)')
  const removeFile = fileRemover(db, folders)
  await commits.write(() => {
    folders.setChecked(target, false)
    keepVerified(db, folders, target)
  })
  removeFiles()
  const before = left.get() ?? { instances: 0, bytes: 0 }
  checkSpace(target.path, before.bytes)
  const elsewhere = prepare<{ total: number }>(db, `SELECT count(*) AS total FROM instances WHERE ${from}`)
  const total = elsewhere.get()?.total ?? 0
  const lost = new Set<number>()
  let done = total - before.instances
  let last = 0
  yield { done, total }
  for (;;) {
    const rows = next.all(last)
    last = rows.at(-1)?.instanceId ?? 0
    if (rows.length === 0) {
      if (await commits.write(() => switchTo(db, folders, { target, sources, lost }))) break
      continue
    }
    const batch: Row[] = []
    for (const row of rows) {
      signal.throwIfAborted()
      if (await copyInstance(folders, row, target)) batch.push(row)
      else lost.add(row.instanceId)
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

/**
 * Throws where the current folder's disk is away: then nothing could be moved, and the new folder would look like all
 * there is. Older folders whose disks are away keep what they hold.
 */
function connectedSources(folders: StorageFolders, target: StorageFolder): StorageFolder[] {
  const current = folders.current()
  checkConnected(folders, current)
  return folders.all().filter((folder) => folder.folderId !== target.folderId && folders.isConnected(folder))
}

function checkConnected(folders: StorageFolders, folder: StorageFolder): void {
  if (folders.isConnected(folder)) return
  const what = `The storage folder ${folder.path} is not there.`
  throw new StorageError(
    'io',
    `${what} Connect its disk and move again, or choose to keep new images in another folder`,
  )
}

/** True once every instance has its copy in `target`; then the switch is made in the same transaction. */
function switchTo(
  db: Connection,
  folders: StorageFolders,
  { target, sources, lost }: { target: StorageFolder; sources: StorageFolder[]; lost: ReadonlySet<number> },
): boolean {
  checkConnected(folders, target)
  const id = target.folderId
  const from = `folder_id IN (${sources.map(({ folderId }) => folderId).join(', ')})`
  const isCopied = 'instance_id IN (SELECT instance_id FROM relocated_instances)'
  const left = prepare<{ id: number }>(db, `SELECT instance_id AS id FROM instances WHERE ${from} AND NOT ${isCopied}`)
  if (left.all().some((row) => !lost.has(row.id))) return false
  for (const old of sources) {
    prepare(
      db,
      `INSERT OR IGNORE INTO file_removals (path)
       SELECT ? || file FROM instances WHERE folder_id = ? AND ${isCopied}`,
    ).run(join(old.path, '/'), old.folderId)
  }
  prepare(db, `UPDATE instances SET folder_id = ? WHERE ${from} AND ${isCopied}`).run(id)
  prepare(db, 'DELETE FROM relocated_instances').run()
  prepare(db, `UPDATE storage_folders SET retired = 1 WHERE ${from}`).run()
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

/** False when the file is lost. Throws when a disk went away, or does not read or write. */
async function copyInstance(folders: StorageFolders, row: Row, target: StorageFolder): Promise<boolean> {
  const from = folders.pathOf(row)
  const to = join(target.path, row.file)
  checkConnected(folders, target)
  try {
    makeFolder(dirname(to), 0o700)
    await copyVerified(from, to, temporaryPath(target.path))
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT' || existsSync(from)) throw toStorageError(error)
    const source = folders.byId(row.folderId)
    if (source) checkConnected(folders, source)
    return false
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
    // nothing is written into the place of a disk that is away
    if (known.path === path) checkConnected(folders, known)
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
