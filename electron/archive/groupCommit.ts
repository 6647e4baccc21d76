import type { Connection } from './database.ts'
import { StorageError } from './storageError.ts'

/** A prepared statement without parameters. */
interface Step {
  run(): unknown
}

/** What a commit must outlive: a power cut too, or the end of this program alone, which what the system holds survives. */
export type Outlives = 'power cut' | 'program'

interface Waiting {
  work(): unknown
  outlives: Outlives
  /** What the row speaks of is on the disk; blocks until that is known. */
  isOnDisk(): boolean
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

  /** With `isOnDisk`, what `work` wrote is committed only after that said yes; a no takes it back. */
  write<Result>(
    work: () => Result,
    isOnDisk: () => boolean = () => true,
    outlives: Outlives = 'power cut',
  ): Promise<Result> {
    return new Promise<Result>((resolve, reject) => {
      this.queue.push({ work, outlives, isOnDisk, resolve: resolve as (value: unknown) => void, reject })
      if (this.scheduled) return
      this.scheduled = true
      // after the messages that have arrived already, before waiting for new ones
      setImmediate(() => this.flush())
    })
  }

  /** Commits what waits. */
  flush(): void {
    this.scheduled = false
    let batch = this.queue
    this.queue = []
    while (batch.length > 0) {
      if (batch.every(({ outlives }) => outlives === 'program')) batch = this.withoutSync(batch)
      else batch = this.writeTogether(batch)
    }
  }

  /** The next commit of the other kind syncs these with its own, since they lie before it in the same log. */
  private withoutSync(batch: Waiting[]): Waiting[] {
    this.db.pragma('synchronous = NORMAL')
    try {
      return this.writeTogether(batch)
    } finally {
      this.db.pragma('synchronous = FULL')
    }
  }

  /** Returns what is still to be written: the rest of a batch that was taken back because a file of it was lost. */
  private writeTogether(batch: Waiting[]): Waiting[] {
    const { db } = this
    const done: { waiting: Waiting; result: unknown }[] = []
    const lost = new Set<Waiting>()
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
      for (const { waiting } of done) if (!waiting.isOnDisk()) lost.add(waiting)
      if (lost.size === 0) this.commit.run()
      else db.exec('ROLLBACK')
    } catch (error) {
      if (db.inTransaction) db.exec('ROLLBACK')
      const failure = toWriteError(error)
      for (const waiting of batch) waiting.reject(failure)
      return []
    }
    if (lost.size === 0) for (const { waiting, result } of done) waiting.resolve(result)
    for (const waiting of lost) waiting.reject(new StorageError('io', 'The file did not reach the disk'))
    return lost.size === 0 ? [] : done.map(({ waiting }) => waiting).filter((waiting) => !lost.has(waiting))
  }
}

/** SQLite's codes for a disk that is full or fails, in the words of the storage folder. */
function toWriteError(error: unknown): unknown {
  const code = (error as { code?: string } | undefined)?.code ?? ''
  if (code === 'SQLITE_FULL') return new StorageError('no-space', 'There is no space left for the index', error)
  if (code.startsWith('SQLITE_IOERR')) return new StorageError('io', `The index cannot be written (${code})`, error)
  return error
}
