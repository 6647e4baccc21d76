import { existsSync, readdirSync, rmdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import type { Indexed } from './addInstance.ts'
import type { NewInstance } from './archiveApi.ts'
import { listBuckets } from './bucket.ts'
import { type Connection, prepare } from './database.ts'
import { indexFile } from './indexFile.ts'
import { removeQuietly } from './removeQuietly.ts'
import type { StorageFolders } from './storageFolders.ts'
import { storedFiles } from './storedFiles.ts'

/**
 * Puts right what a killed process left: half-written files go, and files that were published but not yet indexed are
 * indexed now. Those can only be in buckets begun since the last check, so the cost is that of the last run, not of the
 * archive. Runs at start, before anything can receive.
 */
export function recoverOrphans(
  db: Connection,
  folders: StorageFolders,
  add: (instance: NewInstance) => Indexed,
): { indexed: number; unreadable: number } {
  const known = prepare<{ file: string }>(db, 'SELECT file FROM instances WHERE instance_id > ? AND folder_id = ?')
  const lastInstance = prepare<{ id: number }>(db, 'SELECT coalesce(max(instance_id), 0) AS id FROM instances')
  const result = { indexed: 0, unreadable: 0 }
  for (const folder of folders.all()) {
    if (!existsSync(folder.path)) continue
    rmSync(join(folder.path, 'tmp'), { recursive: true, force: true })
    const files = new Set(known.all(folder.checkedInstanceId, folder.folderId).map(({ file }) => file))
    for (const stored of storedFiles(folder.path, folder.checkedBucket)) {
      if (files.has(stored.file)) continue
      try {
        const instance = indexFile(stored)
        const { outcome, leftover } = db.transaction(() => add(instance))()
        if (leftover !== undefined) removeQuietly(leftover)
        if (outcome === 'stored') result.indexed += 1
      } catch {
        result.unreadable += 1
      }
    }
    // not right after a move: a receiver may have had one of them open
    if (folder.retired) removeEmptyBuckets(folder.path)
    const bucket = listBuckets(folder.path).at(-1)?.number ?? 0
    folders.setChecked(folder.folderId, Math.max(bucket, folder.checkedBucket), lastInstance.get()?.id ?? 0)
  }
  return result
}

function removeEmptyBuckets(folder: string): void {
  for (const { name } of listBuckets(folder)) {
    const path = join(folder, name)
    if (readdirSync(path).length === 0) rmdirSync(path)
  }
}
