import { createHash, type Hash, randomBytes } from 'node:crypto'
import { closeSync, fdatasyncSync, mkdirSync, openSync, renameSync, unlinkSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { Bucket } from './bucket.ts'
import { removeQuietly } from './removeQuietly.ts'
import { toStorageError } from './storageError.ts'

export { StorageError } from './storageError.ts'

/** Many small PDVs become few writes; a chunk of this size or more goes to the file as it is. */
const STAGING_BYTES = 1 << 20

/** A file being written. Every method throws StorageError; after one, `discard` is the only thing left to do. */
export interface IncomingInstance {
  /** File meta information: written, not hashed, since each sender's differs for the same data set. */
  writeFileMeta(bytes: Uint8Array): void
  write(chunk: Uint8Array): void
  readonly bytes: number
  /** Data reaches the disk (fdatasync) and the file is closed. */
  seal(): SealedInstance
  discard(): void
}

export interface SealedInstance {
  dataSetHash: string
  bytes: number
  /** Gives the file its final name, durably (rename, then sync of the directory); answers the name relative to the storage folder. */
  publish(): string
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
  private readonly temporary: string
  private readonly bucket: Bucket
  private readonly stagings: Buffer[] = []

  constructor(folder: string) {
    this.folder = folder
    this.temporary = join(folder, 'tmp')
    this.bucket = new Bucket(folder)
    attempt(() => mkdirSync(this.temporary, { recursive: true }))
  }

  begin(): IncomingInstance {
    const path = join(this.temporary, `${process.pid}-${randomBytes(12).toString('hex')}`)
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
    const { path, bucket, bytes } = this
    attempt(() => {
      this.flush()
      fdatasyncSync(this.handle())
    })
    const dataSetHash = this.hash.digest('hex')
    attempt(() => this.release())
    let published = false
    return {
      dataSetHash,
      bytes,
      publish: () =>
        attempt(() => {
          const name = `${dataSetHash}-${randomBytes(4).toString('hex')}.dcm`
          const directory = bucket.forNextFile()
          const finalPath = join(directory.path, name)
          renameSync(path, finalPath)
          published = true
          try {
            directory.sync()
          } catch (error) {
            unlinkSync(finalPath)
            throw error
          }
          return `${directory.name}/${name}`
        }),
      discard: () => {
        if (!published) removeQuietly(path)
      },
    }
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

function writeFully(file: number, bytes: Uint8Array, length: number): void {
  let written = 0
  while (written < length) written += writeSync(file, bytes, written, length - written)
}

function attempt<T>(work: () => T): T {
  try {
    return work()
  } catch (error) {
    throw toStorageError(error)
  }
}
