import { unlinkSync } from 'node:fs'
import { join } from 'node:path'
import type { Connection } from './database.ts'
import { prepare } from './database.ts'
import type { StorageFolders } from './storageFolders.ts'

const BATCH = 500

/**
 * Notes that a file has to go, within the transaction that takes its row away. In every folder: a move may have made a
 * copy of it, and names are never used twice.
 */
export function fileRemover(db: Connection, folders: StorageFolders): (file: string) => void {
  const note = prepare(db, 'INSERT OR IGNORE INTO file_removals (path) VALUES (?)')
  return (file) => {
    for (const folder of folders.all()) note.run(join(folder.path, file))
  }
}

/**
 * Removes files whose rows are gone. Paths are noted in the transaction that takes the row away, so that a crash leaves
 * neither a row without file nor, after the next start, a file without row.
 */
export class FileRemovals {
  private readonly db: Connection
  private readonly folders: StorageFolders

  constructor(db: Connection, folders: StorageFolders) {
    this.db = db
    this.folders = folders
  }

  /** Outside a transaction. Answers how many are left. */
  removeSome(): number {
    // what lies on a disk that is away waits for it: forgotten now, it would come back as an image
    const away = this.folders
      .all()
      .filter((folder) => !this.folders.isConnected(folder))
      .map(({ path }) => join(path, '/'))
    const waiting = prepare<{ path: string }>(
      this.db,
      `SELECT path FROM file_removals WHERE true ${'AND substr(path, 1, length(?)) <> ? '.repeat(away.length)} LIMIT ?`,
    ).all(...away.flatMap((path) => [path, path]), BATCH)
    const forget = prepare(this.db, 'DELETE FROM file_removals WHERE path = ?')
    const removed = waiting.filter(({ path }) => isRemoved(path))
    this.db.transaction(() => {
      for (const { path } of removed) forget.run(path)
    })()
    // what could not be removed (a viewer on Windows has it open) waits for the next start
    return removed.length === waiting.length && waiting.length === BATCH ? BATCH : 0
  }
}

function isRemoved(path: string): boolean {
  try {
    unlinkSync(path)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ENOENT'
  }
}
