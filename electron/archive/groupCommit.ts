import type { Connection } from './database.ts'
import { StorageError } from './storageError.ts'

interface Waiting {
  work(): unknown
  resolve(value: unknown): void
  reject(error: unknown): void
}

/**
 * Writes that wait at the same moment share one transaction, hence one sync of the disk. Nothing ever waits for others
 * to come: with a single sender each write commits at once. A promise resolves only after its commit.
 */
export class GroupCommit {
  private readonly db: Connection
  private queue: Waiting[] = []
  private scheduled = false

  constructor(db: Connection) {
    this.db = db
  }

  write<Result>(work: () => Result): Promise<Result> {
    return new Promise<Result>((resolve, reject) => {
      this.queue.push({ work, resolve: resolve as (value: unknown) => void, reject })
      if (this.scheduled) return
      this.scheduled = true
      // after the messages that have arrived already, before waiting for new ones
      setImmediate(() => this.flush())
    })
  }

  /** Commits what waits. */
  flush(): void {
    this.scheduled = false
    const batch = this.queue
    this.queue = []
    if (batch.length === 0) return
    const { db } = this
    const done: { waiting: Waiting; result: unknown }[] = []
    try {
      db.exec('BEGIN IMMEDIATE')
      for (const waiting of batch) {
        db.exec('SAVEPOINT one')
        try {
          done.push({ waiting, result: waiting.work() })
        } catch (error) {
          // a full disk ends the transaction by itself: then nothing of the batch is written
          if (!db.inTransaction) throw error
          db.exec('ROLLBACK TO one')
          waiting.reject(toWriteError(error))
        }
        db.exec('RELEASE one')
      }
      db.exec('COMMIT')
    } catch (error) {
      if (db.inTransaction) db.exec('ROLLBACK')
      const failure = toWriteError(error)
      for (const waiting of batch) waiting.reject(failure)
      return
    }
    for (const { waiting, result } of done) waiting.resolve(result)
  }
}

/** SQLite's codes for a disk that is full or fails, in the words of the storage folder. */
function toWriteError(error: unknown): unknown {
  const code = (error as { code?: string } | undefined)?.code ?? ''
  if (code === 'SQLITE_FULL') return new StorageError('no-space', 'There is no space left for the index', error)
  if (code.startsWith('SQLITE_IOERR')) return new StorageError('io', `The index cannot be written (${code})`, error)
  return error
}
