import Database from 'better-sqlite3'

export type Connection = Database.Database

const SLOW_MS = 250

/**
 * Opens a connection with the guarantees that an acknowledged instance rests on, and fails when one does not hold:
 * better-sqlite3 is compiled with NORMAL as its default in WAL mode, which may lose the last commits in a power cut.
 */
export function openDatabase(path: string, access: 'write' | 'read'): Connection {
  const db = new Database(path, { readonly: access === 'read', fileMustExist: access === 'read', timeout: 10_000 })
  try {
    if (access === 'write') {
      db.pragma('journal_mode = WAL')
      db.pragma('journal_size_limit = 67108864')
      // a checkpoint syncs the database too: every 16 MB of log instead of 4
      db.pragma('wal_autocheckpoint = 4000')
    }
    db.pragma('synchronous = FULL')
    // macOS: fsync alone does not empty the drive's cache
    db.pragma('fullfsync = ON')
    db.pragma('checkpoint_fullfsync = ON')
    db.pragma('foreign_keys = ON')
    // what is not in it is in the system's cache; a million studies would fill any
    db.pragma('cache_size = -16384')
    db.pragma('temp_store = MEMORY')
    assertPragma(db, 'journal_mode', 'wal')
    assertPragma(db, 'synchronous', 2)
    assertPragma(db, 'foreign_keys', 1)
    return db
  } catch (error) {
    db.close()
    throw error
  }
}

function assertPragma(db: Connection, name: string, wanted: string | number): void {
  const actual = db.pragma(name, { simple: true })
  if (actual !== wanted) throw new Error(`The database refuses ${name}=${wanted} (it says ${String(actual)})`)
}

export interface Statement<Row> {
  run(...parameters: unknown[]): { changes: number; lastInsertRowid: number | bigint }
  get(...parameters: unknown[]): Row | undefined
  all(...parameters: unknown[]): Row[]
}

/** A statement that is logged when it is slow: its text only, since parameters may hold patient data. */
export function prepare<Row = unknown>(db: Connection, sql: string, slowMs = SLOW_MS): Statement<Row> {
  const statement = db.prepare(sql)
  const timed =
    <Result>(work: (...parameters: unknown[]) => Result) =>
    (...parameters: unknown[]): Result => {
      const start = performance.now()
      try {
        return work.apply(statement, parameters)
      } finally {
        const elapsedMs = performance.now() - start
        if (elapsedMs > slowMs)
          console.warn(`Slow query (${Math.round(elapsedMs)} ms): ${sql.replace(/\s+/g, ' ').trim()}`)
      }
    }
  return {
    run: timed(statement.run as (...parameters: unknown[]) => Database.RunResult),
    get: timed(statement.get as (...parameters: unknown[]) => Row | undefined),
    all: timed(statement.all as (...parameters: unknown[]) => Row[]),
  }
}
