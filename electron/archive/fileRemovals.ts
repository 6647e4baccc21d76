import { unlinkSync } from 'node:fs'
import type { Connection } from './database.ts'
import { prepare } from './database.ts'

const BATCH = 500

/**
 * Removes files whose rows are gone. Paths are noted in the transaction that takes the row away, so that a crash leaves
 * neither a row without file nor, after the next start, a file without row.
 */
export class FileRemovals {
  private readonly db: Connection

  constructor(db: Connection) {
    this.db = db
  }

  /** Outside a transaction. Answers how many are left. */
  removeSome(): number {
    const waiting = prepare<{ path: string }>(this.db, 'SELECT path FROM file_removals LIMIT ?').all(BATCH)
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
