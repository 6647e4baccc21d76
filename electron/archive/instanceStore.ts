import { createHash, type Hash, randomBytes } from 'node:crypto'
import { closeSync, fdatasync, fdatasyncSync, openSync, renameSync, unlinkSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { Bucket } from './bucket.ts'
import { makeFolder } from './makeFolder.ts'
import { removeQuietly } from './removeQuietly.ts'
import { toStorageError } from './storageError.ts'
import { temporaryFolder, temporaryPath } from './temporaryFile.ts'

export { StorageError } from './storageError.ts'

/** Many small PDVs become few writes; a chunk of this size or more goes to the file as it is. */
const STAGING_BYTES = 1 << 20

const fdatasyncAside = promisify(fdatasync)

/** A file being written. Every method throws StorageError; after one, `discard` is the only thing left to do. */
export interface IncomingInstance {
  /** File meta information: written, not hashed, since each sender's differs for the same data set. */
  writeFileMeta(bytes: Uint8Array): void
  write(chunk: Uint8Array): void
  readonly bytes: number
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
  private readonly stagings: Buffer[] = []

  constructor(folder: string) {
    this.folder = folder
    this.bucket = new Bucket(folder)
    attempt(() => makeFolder(temporaryFolder(folder)))
  }

  begin(): IncomingInstance {
    const path = temporaryPath(this.folder)
    const file = attempt(() => openSync(path, 'wx', 0o600))
    const staging = this.stagings.pop() ?? Buffer.allocUnsafeSlow(STAGING_BYTES)
    return new OpenFile(file, path, this.bucket, staging, () => this.stagings.push(staging))
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
  private readonly staging: Buffer
  private readonly giveBack: () => void
  private file: number | undefined
  private staged = 0

  constructor(file: number, path: string, bucket: Bucket, staging: Buffer, giveBack: () => void) {
    this.file = file
    this.path = path
    this.bucket = bucket
    this.staging = staging
    this.giveBack = giveBack
  }

  writeFileMeta(bytes: Uint8Array): void {
    this.append(bytes)
  }

  write(chunk: Uint8Array): void {
    this.hash.update(chunk)
    this.append(chunk)
  }

  seal(): SealedInstance {
    attempt(() => {
      this.flush()
      fdatasyncSync(this.handle())
    })
    return this.closed()
  }

  async sealAside(): Promise<SealedInstance> {
    const file = attempt(() => {
      this.flush()
      return this.handle()
    })
    await fdatasyncAside(file).catch(rethrow)
    return this.closed()
  }

  private closed(): SealedInstance {
    attempt(() => this.release())
    return new ClosedFile(this.path, this.bucket, this.hash.digest('hex'), this.bytes)
  }

  discard(): void {
    try {
      this.release()
    } catch {
      // the file goes away in any case
    }
    removeQuietly(this.path)
  }

  private append(chunk: Uint8Array): void {
    attempt(() => {
      if (this.staged + chunk.length > this.staging.length) this.flush()
      if (chunk.length >= this.staging.length) writeFully(this.handle(), chunk, chunk.length)
      else {
        this.staging.set(chunk, this.staged)
        this.staged += chunk.length
      }
      this.bytes += chunk.length
    })
  }

  private flush(): void {
    const { staged } = this
    this.staged = 0
    writeFully(this.handle(), this.staging, staged)
  }

  private handle(): number {
    if (this.file === undefined) throw new Error('The file is closed')
    return this.file
  }

  private release(): void {
    const { file } = this
    if (file === undefined) return
    this.file = undefined
    this.giveBack()
    closeSync(file)
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

function writeFully(file: number, bytes: Uint8Array, length: number): void {
  let written = 0
  while (written < length) written += writeSync(file, bytes, written, length - written)
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
