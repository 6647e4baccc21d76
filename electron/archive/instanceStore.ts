import { createHash, type Hash, randomBytes } from 'node:crypto'
import { renameSync, unlinkSync } from 'node:fs'
import { join } from 'node:path'
import { ArrivingFile, type DirectWrites, directWrites } from './arrivingFile.ts'
import { Bucket } from './bucket.ts'
import { makeFolder } from './makeFolder.ts'
import { removeQuietly } from './removeQuietly.ts'
import { toStorageError } from './storageError.ts'
import { temporaryFolder, temporaryPath } from './temporaryFile.ts'

export { StorageError } from './storageError.ts'

/** A file being written. Every method throws StorageError; after one, `discard` is the only thing left to do. */
export interface IncomingInstance {
  /** File meta information: written, not hashed, since each sender's differs for the same data set. */
  writeFileMeta(bytes: Uint8Array): void
  write(chunk: Uint8Array): void
  readonly bytes: number
  /** Writes what has come so far, as much as makes sense, instead of keeping it for a write at the end. */
  advance(): void
  /** Data reaches the disk (fdatasync) and the file is closed. */
  seal(): SealedInstance
  /**
   * The same in the thread pool: slower for one file alone, but the syncs of several files at once become one commit of
   * the file system's journal. `write` and `discard` must not be called meanwhile.
   */
  sealAside(): Promise<SealedInstance>
  discard(): void
}

export interface SealedInstance {
  dataSetHash: string
  bytes: number
  /** Gives the file its final name, durably (rename, then sync of the directory); answers the name relative to the storage folder. */
  publish(): string
  publishAside(): Promise<string>
  /** Before `publish` removes the file. After it does nothing: the index may know the file already. */
  discard(): void
}

/**
 * The file half of the archive: synchronous, in whichever thread receives. What it publishes counts only when the index
 * has it; a file published by a process that died before is found at the next start (see recoverOrphans).
 *
 * Final names are `<bucket>/<SHA-256 of the data set>-<random>.dcm`. The random part gives each arrival a file of its
 * own, so that removing the file of a duplicate can never take away the one that is indexed. The bucket is a directory
 * that this store alone fills, so that its entry is synced once and not again for each file.
 */
export class InstanceStore {
  readonly folder: string
  private readonly bucket: Bucket
  private readonly direct: DirectWrites = directWrites()

  constructor(folder: string) {
    this.folder = folder
    this.bucket = new Bucket(folder)
    attempt(() => makeFolder(temporaryFolder(folder)))
  }

  begin(): IncomingInstance {
    return new OpenFile(temporaryPath(this.folder), this.bucket, this.direct)
  }

  /** Lets go of the directory handle. */
  close(): void {
    this.bucket.close()
  }
}

class OpenFile implements IncomingInstance {
  private readonly hash: Hash = createHash('sha256')
  private readonly path: string
  private readonly bucket: Bucket
  private readonly file: ArrivingFile

  constructor(path: string, bucket: Bucket, direct: DirectWrites) {
    this.path = path
    this.bucket = bucket
    this.file = new ArrivingFile(path, direct)
  }

  get bytes(): number {
    return this.file.bytes
  }

  writeFileMeta(bytes: Uint8Array): void {
    attempt(() => this.file.append(bytes))
  }

  write(chunk: Uint8Array): void {
    this.hash.update(chunk)
    attempt(() => this.file.append(chunk))
  }

  advance(): void {
    attempt(() => this.file.advance())
  }

  seal(): SealedInstance {
    attempt(() => this.file.finish())
    return this.closed()
  }

  async sealAside(): Promise<SealedInstance> {
    await this.file.finishAside().catch(rethrow)
    return this.closed()
  }

  discard(): void {
    try {
      this.file.close()
    } catch {
      // the file goes away in any case
    }
    removeQuietly(this.path)
  }

  private closed(): SealedInstance {
    return new ClosedFile(this.path, this.bucket, this.hash.digest('hex'), this.bytes)
  }
}

class ClosedFile implements SealedInstance {
  readonly dataSetHash: string
  readonly bytes: number
  private readonly path: string
  private readonly bucket: Bucket
  private published = false

  constructor(path: string, bucket: Bucket, dataSetHash: string, bytes: number) {
    this.path = path
    this.bucket = bucket
    this.dataSetHash = dataSetHash
    this.bytes = bytes
  }

  publish(): string {
    return attempt(() => {
      const { directory, name, finalPath } = this.rename()
      try {
        directory.sync()
      } catch (error) {
        unlinkSync(finalPath)
        throw error
      }
      return `${directory.name}/${name}`
    })
  }

  async publishAside(): Promise<string> {
    const { directory, name, finalPath } = attempt(() => this.rename())
    try {
      await directory.syncAside()
    } catch (error) {
      attempt(() => unlinkSync(finalPath))
      throw toStorageError(error)
    }
    return `${directory.name}/${name}`
  }

  discard(): void {
    if (!this.published) removeQuietly(this.path)
  }

  private rename() {
    const name = `${this.dataSetHash}-${randomBytes(4).toString('hex')}.dcm`
    const directory = this.bucket.forNextFile()
    const finalPath = join(directory.path, name)
    renameSync(this.path, finalPath)
    this.published = true
    return { directory, name, finalPath }
  }
}

function rethrow(error: unknown): never {
  throw toStorageError(error)
}

function attempt<T>(work: () => T): T {
  try {
    return work()
  } catch (error) {
    throw toStorageError(error)
  }
}
