import { existsSync, readdirSync, rmdirSync } from 'node:fs'
import { join } from 'node:path'
import type { AddInstance } from './addInstance.ts'
import { listBuckets } from './bucket.ts'
import { type Connection, prepare } from './database.ts'
import { indexFile } from './indexFile.ts'
import { isWhole } from './isWhole.ts'
import { removeQuietly } from './removeQuietly.ts'
import type { StorageFolder, StorageFolders } from './storageFolders.ts'
import { type StoredFileOnDisk, storedFiles } from './storedFiles.ts'
import { removeTemporaryFiles, temporaryFolder } from './temporaryFile.ts'

/**
 * Puts right what a killed process left: half-written files go, and files that were published but not yet indexed are
 * indexed now. Those can only be in buckets begun since the last check of a folder that was current, so the cost is that
 * of the last run, not of the archive. A file that the index knows, or that is to be removed, changes nothing. Runs at
 * start, before anything can receive.
 */
export function recoverOrphans(
  db: Connection,
  folders: StorageFolders,
  add: AddInstance,
): { indexed: number; unreadable: number } {
  const known = prepare<{ folderId: number; file: string }>(
    db,
    'SELECT folder_id AS folderId, file FROM instances WHERE file = ?',
  )
  const doomed = prepare(db, 'SELECT 1 FROM file_removals WHERE path = ?')
  const result = { indexed: 0, unreadable: 0 }

  function adopt(folder: StorageFolder, stored: StoredFileOnDisk): void {
    if (doomed.get(stored.path) !== undefined) return
    const row = known.get(stored.file)
    if (row) {
      // brought along to the current folder, and the process died before it was removed here
      const isLeft = folder.retired && row.folderId !== folder.folderId && existsSync(folders.pathOf(row))
      if (isLeft) removeQuietly(stored.path)
      return
    }
    try {
      // Named before its data were synced: after a power cut only the hash tells that they are all there.
      if (!isWhole(stored.path, stored.dataSetHash)) throw new Error('The file did not reach the disk whole')
      const instance = indexFile(stored)
      const { outcome, leftover } = db.transaction(() => add(instance, 'disk'))()
      if (leftover !== undefined) removeQuietly(leftover)
      if (outcome === 'stored') result.indexed += 1
    } catch {
      result.unreadable += 1
    }
  }

  for (const folder of folders.all()) {
    if (!folders.isConnected(folder)) continue
    removeTemporaryFiles(folder.path)
    if (folder.adopts) {
      for (const stored of storedFiles(folder.path, folder.checkedBucket)) adopt(folder, stored)
      folders.setChecked(folder, folder.isCurrent)
    }
    // not right after a move: a receiver may have had one of them open
    if (folder.retired) removeEmptyFolders(folder.path)
  }
  return result
}

function removeEmptyFolders(folder: string): void {
  for (const path of [temporaryFolder(folder), ...listBuckets(folder).map(({ name }) => join(folder, name))])
    if (existsSync(path) && readdirSync(path).length === 0) rmdirSync(path)
}
