import type { Connection } from './database.ts'
import { StorageError } from './storageError.ts'

/** A prepared statement without parameters. */
interface Step {
  run(): unknown
}

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
  private readonly begin: Step
  private readonly mark: Step
  private readonly undo: Step
  private readonly release: Step
  private readonly commit: Step

  constructor(db: Connection) {
    this.db = db
    this.begin = db.prepare<[]>('BEGIN IMMEDIATE')
    this.mark = db.prepare<[]>('SAVEPOINT one')
    this.undo = db.prepare<[]>('ROLLBACK TO one')
    this.release = db.prepare<[]>('RELEASE one')
    this.commit = db.prepare<[]>('COMMIT')
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
      this.begin.run()
      for (const waiting of batch) {
        this.mark.run()
        try {
          done.push({ waiting, result: waiting.work() })
        } catch (error) {
          // a full disk ends the transaction by itself: then nothing of the batch is written
          if (!db.inTransaction) throw error
          this.undo.run()
          waiting.reject(toWriteError(error))
        }
        this.release.run()
      }
      this.commit.run()
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
