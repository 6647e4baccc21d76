import { type Connection, prepare } from '../database.ts'
import type { GroupCommit } from '../groupCommit.ts'

/** Few enough that an arrival waits some milliseconds at most. */
const BATCH = 500
/** Until so many are new they are looked at one by one, which costs a query less than a millisecond. */
const WAIT_FOR = 200
const PAUSE_MS = 5000

/**
 * Keeps `study_names` after the studies: looks every few seconds, in batches and between the writes of arrivals. The
 * timer does not keep the thread alive.
 */
export function keepNamesIndexed(db: Connection, commits: Pick<GroupCommit, 'write'>): void {
  const indexSome = nameIndexer(db)
  const again = async () => {
    try {
      while (db.open && (await commits.write(() => indexSome(WAIT_FOR))) === BATCH);
    } catch (error) {
      // a full disk, say: the names wait, and queries look at the studies themselves
      if (db.open) console.error(`Names of studies wait to be indexed: ${(error as { code?: string }).code ?? 'error'}`)
    }
    if (db.open) setTimeout(again, PAUSE_MS).unref()
  }
  setTimeout(again, 0).unref()
}

/** Indexes the next names, where at least `min` wait; answers how many. */
export function nameIndexer(db: Connection): (min: number) => number {
  const progress = prepare<{ to: number }>(db, 'SELECT indexed_to AS "to" FROM study_name_progress')
  const next = prepare<{ id: number; name: string }>(
    db,
    `SELECT study_id AS id, name_key AS name FROM studies WHERE study_id > ? ORDER BY study_id LIMIT ${BATCH}`,
  )
  const add = prepare(db, 'INSERT INTO study_names (rowid, name_key) VALUES (?, ?)')
  const advance = prepare(db, 'UPDATE study_name_progress SET indexed_to = ?')
  return (min) => {
    const batch = next.all(progress.get()?.to ?? 0)
    const last = batch.at(-1)
    if (!last || batch.length < min) return 0
    for (const { id, name } of batch) add.run(id, name)
    advance.run(last.id)
    return batch.length
  }
}
