import {
  closeSync,
  constants,
  fdatasync,
  fdatasyncSync,
  ftruncate,
  ftruncateSync,
  openSync,
  write,
  writeSync,
} from 'node:fs'
import { promisify } from 'node:util'
import { BLOCK_BYTES, giveBackAligned, takeAligned } from './alignedMemory.ts'

/** Written while more arrives: the sender goes on meanwhile. A multiple of BLOCK_BYTES. */
const PIECE_BYTES = 256 * 1024
/** A smaller file costs less through the page cache than by a direct write and a cut. */
const SMALL_BYTES = 64 * 1024

const { O_CREAT, O_EXCL, O_RDWR } = constants
/** Undefined where the system has no such thing (macOS, Windows). */
const O_DIRECT = constants.O_DIRECT as number | undefined

const writeAside = promisify(write)
const truncateAside = promisify(ftruncate)
const syncAside = promisify(fdatasync)

/** Whether the file system of a folder takes direct writes; known for sure after the first try. */
export interface DirectWrites {
  possible: boolean
}

export const directWrites = (): DirectWrites => ({ possible: O_DIRECT !== undefined })

/**
 * A file that is written once, from front to back, and synced: past the page cache where the system can (O_DIRECT). A
 * store waits for the disk in any case; without the copy into fresh pages, and their write-out at the sync, it waits a
 * third as long (ADR 0009). Made when its first piece is full, or at the end. Throws the system's errors.
 */
export class ArrivingFile {
  bytes = 0
  private readonly path: string
  private readonly direct: DirectWrites
  private staging: Buffer | undefined = takeAligned()
  private staged = 0
  private position = 0
  private file: number | undefined
  private isDirect = false

  constructor(path: string, direct: DirectWrites) {
    this.path = path
    this.direct = direct
  }

  append(chunk: Uint8Array): void {
    const staging = this.memory()
    for (let taken = 0; taken < chunk.length; ) {
      const part = chunk.subarray(taken, taken + staging.length - this.staged)
      staging.set(part, this.staged)
      this.staged += part.length
      taken += part.length
      if (this.staged === staging.length) this.writeOut(staging.length)
    }
    this.bytes += chunk.length
  }

  /** Writes what makes whole pieces. */
  advance(): void {
    const whole = this.staged - (this.staged % PIECE_BYTES)
    if (whole > 0) this.writeOut(whole)
  }

  /** Everything reaches the disk, and the file is closed. */
  finish(): void {
    const length = this.prepareLast()
    this.writeOut(length)
    if (this.position > this.bytes) ftruncateSync(this.handle(), this.bytes)
    fdatasyncSync(this.handle())
    this.close()
  }

  /** The same in the thread pool. Nothing else may be called meanwhile. */
  async finishAside(): Promise<void> {
    const length = this.prepareLast()
    this.open()
    for (let written = 0; written < length; ) {
      try {
        const { bytesWritten } = await writeAside(
          this.handle(),
          this.memory(),
          written,
          length - written,
          this.position,
        )
        written += bytesWritten
        this.position += bytesWritten
      } catch (error) {
        this.afterRefusal(error)
      }
    }
    if (this.position > this.bytes) await truncateAside(this.handle(), this.bytes)
    await syncAside(this.handle())
    this.close()
  }

  /** Closes without syncing; what was written stays under its path. */
  close(): void {
    if (this.staging) giveBackAligned(this.staging)
    this.staging = undefined
    const { file } = this
    this.file = undefined
    if (file !== undefined) closeSync(file)
  }

  /** How much of the memory is to be written: a direct write ends with its block, the rest is cut off afterwards. */
  private prepareLast(): number {
    if (this.file === undefined && this.bytes < SMALL_BYTES) this.open(false)
    else this.open()
    if (!this.isDirect) return this.staged
    const padded = Math.ceil(this.staged / BLOCK_BYTES) * BLOCK_BYTES
    this.memory().fill(0, this.staged, padded)
    return padded
  }

  private writeOut(length: number): void {
    this.open()
    const staging = this.memory()
    for (let written = 0; written < length; ) {
      try {
        const count = writeSync(this.handle(), staging, written, length - written, this.position)
        written += count
        this.position += count
      } catch (error) {
        this.afterRefusal(error)
      }
    }
    staging.copyWithin(0, length, Math.max(length, this.staged))
    this.staged = Math.max(0, this.staged - length)
  }

  private open(direct = this.direct.possible): void {
    if (this.file !== undefined) return
    try {
      this.file = openSync(this.path, O_CREAT | O_EXCL | O_RDWR | (direct ? (O_DIRECT ?? 0) : 0), 0o600)
      this.isDirect = direct
    } catch (error) {
      if (!direct || !isRefusal(error)) throw error
      // Linux makes the file before it finds that the file system has no direct writes
      this.direct.possible = false
      this.file = openSync(this.path, O_CREAT | O_RDWR, 0o600)
    }
  }

  /** A file system may take the flag and refuse the write. What was written so far stays; the rest goes the usual way. */
  private afterRefusal(error: unknown): void {
    if (!this.isDirect || !isRefusal(error)) throw error
    this.direct.possible = false
    this.isDirect = false
    closeSync(this.handle())
    this.file = openSync(this.path, O_RDWR)
  }

  private handle(): number {
    if (this.file === undefined) throw new Error('The file is closed')
    return this.file
  }

  private memory(): Buffer {
    if (!this.staging) throw new Error('The file is closed')
    return this.staging
  }
}

const isRefusal = (error: unknown) => (error as NodeJS.ErrnoException).code === 'EINVAL'
