import { createHash, type Hash, randomUUID } from 'node:crypto'
import { renameSync } from 'node:fs'
import { join } from 'node:path'
import { giveBackAligned, takeAligned } from './alignedMemory.ts'
import { BlockFile, type DirectWrites, directWrites } from './blockFile.ts'
import { Bucket, type BucketDirectory } from './bucket.ts'
import { makeFolder } from './makeFolder.ts'
import { removeQuietly } from './removeQuietly.ts'
import { toStorageError } from './storageError.ts'
import { temporaryFolder, temporaryPath } from './temporaryFile.ts'

export { StorageError } from './storageError.ts'

/** A file being written. Every method throws StorageError; after one, `discard` is the only thing left to do. */
export interface IncomingInstance {
  write(chunk: Uint8Array): void
  readonly bytes: number
  /** All has come: the file is written to its end and gets its final name. Nothing of it needs to be on disk yet. */
  finish(): NamedFile
  /** The same in the thread pool; nothing else may be called meanwhile. */
  finishAside(): Promise<NamedFile>
  /** Before `finish` removes the file. After it does nothing: the index may know the file already. */
  discard(): void
}

export interface NamedFile {
  /** Relative to the storage folder. */
  file: string
  dataSetHash: string
  bytes: number
  /** Syncs take so little that other work may wait for this one; told by the last of them. */
  readonly syncsQuickly: boolean
  /** Data (fdatasync) and name (sync of the directory) reach the disk. Throws StorageError; the file is gone then. */
  sync(): void
  /** The same in the thread pool: syncs of several files at once become one commit of the file system's journal. */
  syncAside(): Promise<void>
}

/** Longer than a local disk needs, shorter than anybody notices. */
const QUICK_SYNC_MS = 20

/** How long the last sync of a store took. */
interface Pace {
  syncMs: number
}

/**
 * The file half of the archive: synchronous, in whichever thread receives. What it keeps counts only when it is synced
 * and the index has it; a file named by a process that died before is found at the next start (see recoverOrphans).
 *
 * Final names are `<bucket>/<SHA-256 of the data set>-<random>.dcm`: a file proves by itself that it is whole. The random
 * part gives each arrival a file of its own, so that removing the file of a duplicate can never take away the one that is
 * indexed. The bucket is a directory that this store alone fills, so that its entry is synced once and not again for each
 * file.
 */
export class InstanceStore {
  readonly folder: string
  private readonly bucket: Bucket
  private readonly direct: DirectWrites = directWrites()
  private readonly pace: Pace = { syncMs: 0 }

  constructor(folder: string) {
    this.folder = folder
    this.bucket = new Bucket(folder)
    attempt(() => makeFolder(temporaryFolder(folder)))
  }

  /**
   * `fileMeta` stands before the data set, and is not hashed: each sender's differs for the same data set. `isInStream`:
   * others come behind it, so that its file is made aside, too, where its bytes have room until then.
   */
  begin(fileMeta: Uint8Array = new Uint8Array(), isInStream = false): IncomingInstance {
    const path = temporaryPath(this.folder)
    const file = attempt(() => new BlockFile(path, this.direct, isInStream))
    return new OpenFile({ file, path, bucket: this.bucket, pace: this.pace }, fileMeta)
  }

  /** Lets go of the directory handle. */
  close(): void {
    this.bucket.close()
  }
}

class OpenFile implements IncomingInstance {
  bytes = 0
  private readonly hash: Hash = createHash('sha256')
  private readonly path: string
  private readonly bucket: Bucket
  private readonly file: BlockFile
  private readonly pace: Pace
  private readonly memory = takeAligned()
  private held = 0
  private state: 'writing' | 'finishing' | 'ended' = 'writing'

  constructor(place: { file: BlockFile; path: string; bucket: Bucket; pace: Pace }, fileMeta: Uint8Array) {
    this.file = place.file
    this.path = place.path
    this.bucket = place.bucket
    this.pace = place.pace
    this.append(fileMeta)
  }

  write(chunk: Uint8Array): void {
    this.hash.update(chunk)
    attempt(() => this.append(chunk))
  }

  finish(): NamedFile {
    return attempt(() => {
      this.file.end(this.memory, this.held)
      return this.named()
    })
  }

  async finishAside(): Promise<NamedFile> {
    this.state = 'finishing'
    try {
      await this.file.endAside(this.memory, this.held)
      return this.named()
    } catch (error) {
      throw toStorageError(error)
    } finally {
      if (this.state === 'finishing') this.state = 'writing'
    }
  }

  discard(): void {
    if (this.state !== 'writing') return
    this.state = 'ended'
    giveBackAligned(this.memory)
    try {
      this.file.close()
    } catch {
      // the file goes away in any case
    }
    removeQuietly(this.path)
  }

  private append(chunk: Uint8Array): void {
    const { memory } = this
    for (let taken = 0; taken < chunk.length; ) {
      if (this.held === memory.length) {
        this.file.write(memory)
        this.held = 0
      }
      const part = chunk.subarray(taken, taken + memory.length - this.held)
      memory.set(part, this.held)
      this.held += part.length
      taken += part.length
    }
    this.bytes += chunk.length
  }

  private named(): NamedFile {
    const dataSetHash = this.hash.digest('hex')
    const name = `${dataSetHash}-${randomUUID().slice(0, 8)}.dcm`
    const directory = this.bucket.forNextFile()
    const path = join(directory.path, name)
    try {
      renameSync(this.path, path)
    } catch (error) {
      directory.forgo()
      throw error
    }
    this.state = 'ended'
    giveBackAligned(this.memory)
    const { bytes, file: data, pace } = this
    return new UnsyncedFile({ data, directory, path, pace }, { file: `${directory.name}/${name}`, dataSetHash, bytes })
  }
}

class UnsyncedFile implements NamedFile {
  readonly file: string
  readonly dataSetHash: string
  readonly bytes: number
  private readonly data: BlockFile
  private readonly directory: BucketDirectory
  private readonly path: string
  private readonly pace: Pace

  constructor(
    place: { data: BlockFile; directory: BucketDirectory; path: string; pace: Pace },
    name: { file: string; dataSetHash: string; bytes: number },
  ) {
    this.data = place.data
    this.directory = place.directory
    this.path = place.path
    this.pace = place.pace
    this.file = name.file
    this.dataSetHash = name.dataSetHash
    this.bytes = name.bytes
  }

  get syncsQuickly(): boolean {
    return this.pace.syncMs < QUICK_SYNC_MS
  }

  sync(): void {
    const startedAt = performance.now()
    try {
      this.syncData()
      this.directory.sync()
      this.pace.syncMs = performance.now() - startedAt
    } catch (error) {
      throw this.lost(error)
    }
  }

  async syncAside(): Promise<void> {
    const startedAt = performance.now()
    try {
      // At once, since the file has its name already: one commit of the file system's journal answers for both.
      const syncs = await Promise.allSettled([this.data.syncAside(), this.directory.syncAside()])
      this.data.close()
      for (const sync of syncs) if (sync.status === 'rejected') throw sync.reason
      this.pace.syncMs = performance.now() - startedAt
    } catch (error) {
      throw this.lost(error)
    }
  }

  private syncData(): void {
    try {
      this.data.sync()
    } catch (error) {
      this.directory.forgo()
      throw error
    } finally {
      this.data.close()
    }
  }

  private lost(error: unknown): unknown {
    removeQuietly(this.path)
    return toStorageError(error)
  }
}

function attempt<T>(work: () => T): T {
  try {
    return work()
  } catch (error) {
    throw toStorageError(error)
  }
}
