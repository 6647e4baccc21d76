import { dirname, join } from 'node:path'
import { copyVerified } from './copyVerified.ts'
import { type Connection, prepare } from './database.ts'
import type { GroupCommit } from './groupCommit.ts'
import { makeFolder } from './makeFolder.ts'
import type { StorageFolder, StorageFolders } from './storageFolders.ts'
import { syncDirectory } from './syncDirectory.ts'
import { temporaryPath } from './temporaryFile.ts'

/**
 * After the archive has moved: what is in quarantine follows, file by file, each copied, synced and read back before its
 * row points there. One that cannot be had now stays listed where it is, and the next move takes it along.
 */
export async function relocateQuarantine(
  db: Connection,
  folders: StorageFolders,
  commits: GroupCommit,
  target: StorageFolder,
): Promise<void> {
  const rows = prepare<{ id: number; folderId: number; file: string }>(
    db,
    'SELECT quarantine_id AS id, folder_id AS folderId, file FROM quarantined_instances WHERE folder_id <> ?',
  ).all(target.folderId)
  const move = prepare(db, 'UPDATE quarantined_instances SET folder_id = ? WHERE quarantine_id = ?')
  const remove = prepare(db, 'INSERT OR IGNORE INTO file_removals (path) VALUES (?)')
  for (const row of rows) {
    const from = folders.pathOf(row)
    const to = join(target.path, row.file)
    try {
      makeFolder(dirname(to), 0o700)
      await copyVerified(from, to, temporaryPath(target.path))
      syncDirectory(dirname(to))
      syncDirectory(target.path)
    } catch {
      continue
    }
    await commits.write(() => {
      move.run(target.folderId, row.id)
      remove.run(from)
    })
  }
}
