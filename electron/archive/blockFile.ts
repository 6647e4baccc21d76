import {
  closeSync,
  constants,
  fdatasync,
  fdatasyncSync,
  ftruncate,
  ftruncateSync,
  open,
  openSync,
  write,
  writeSync,
} from 'node:fs'
import { promisify } from 'node:util'
import { BLOCK_BYTES } from './alignedMemory.ts'

const { O_CREAT, O_EXCL, O_RDWR } = constants
/** Undefined where the system has no such thing (macOS, Windows). */
const O_DIRECT = constants.O_DIRECT as number | undefined

const openAside = promisify(open)
const writeAside = promisify(write)
const truncateAside = promisify(ftruncate)
const syncAside = promisify(fdatasync)

/** Whether the file system of a folder takes direct writes; known for sure after the first try. */
export interface DirectWrites {
  possible: boolean
}

export const directWrites = (): DirectWrites => ({ possible: O_DIRECT !== undefined })

/**
 * A new file that is written once, from front to back, and synced: past the page cache where the system can (O_DIRECT).
 * A store waits for the disk in any case; without the copy into fresh pages, and their write-out at the sync, it waits a
 * third as long (ADR 0009). Throws the system's errors. What is named `aside` happens in the thread pool: slower for one
 * file alone, but syncs of several files at once become one commit of the file system's journal; nothing else may be
 * called meanwhile.
 */
export class BlockFile {
  private readonly path: string
  private readonly direct: DirectWrites
  private position = 0
  private file: number | undefined
  private isNew = true
  private isDirect = false

  /** `isLate`: made with the first write, which may be aside. */
  constructor(path: string, direct: DirectWrites, isLate = false) {
    this.path = path
    this.direct = direct
    if (!isLate) this.open()
  }

  /** `blocks`: aligned memory, whole blocks. */
  write(blocks: Buffer): void {
    if (this.isNew) this.open()
    for (let written = 0; written < blocks.length; ) {
      try {
        const count = writeSync(this.handle(), blocks, written, blocks.length - written, this.position)
        written += count
        this.position += count
      } catch (error) {
        this.afterRefusal(error)
      }
    }
  }

  /** Writes the rest: the first `length` bytes of `memory`, which ends with a block. */
  end(memory: Buffer, length: number): void {
    if (this.isNew) this.open()
    const end = this.position + length
    this.write(this.last(memory, length))
    if (this.position > end) ftruncateSync(this.handle(), end)
  }

  async endAside(memory: Buffer, length: number): Promise<void> {
    if (this.isNew) await this.openAside()
    const end = this.position + length
    const blocks = this.last(memory, length)
    for (let written = 0; written < blocks.length; ) {
      try {
        const rest = blocks.length - written
        const { bytesWritten } = await writeAside(this.handle(), blocks, written, rest, this.position)
        written += bytesWritten
        this.position += bytesWritten
      } catch (error) {
        this.afterRefusal(error)
      }
    }
    if (this.position > end) await truncateAside(this.handle(), end)
  }

  sync(): void {
    fdatasyncSync(this.handle())
  }

  async syncAside(): Promise<void> {
    await syncAside(this.handle())
  }

  /** Without a sync; what was written stays. */
  close(): void {
    const { file } = this
    this.file = undefined
    if (file !== undefined) closeSync(file)
  }

  /** A direct write ends with its block; what is too much is cut off afterwards. */
  private last(memory: Buffer, length: number): Buffer {
    if (!this.isDirect) return memory.subarray(0, length)
    const padded = Math.ceil(length / BLOCK_BYTES) * BLOCK_BYTES
    return memory.fill(0, length, padded).subarray(0, padded)
  }

  private open(): void {
    const isDirect = this.direct.possible
    try {
      this.opened(openSync(this.path, flagsOf(isDirect), 0o600), isDirect)
    } catch (error) {
      this.openBuffered(error, isDirect)
    }
  }

  private async openAside(): Promise<void> {
    const isDirect = this.direct.possible
    try {
      this.opened(await openAside(this.path, flagsOf(isDirect), 0o600), isDirect)
    } catch (error) {
      this.openBuffered(error, isDirect)
    }
  }

  private openBuffered(error: unknown, wasDirect: boolean): void {
    if (!wasDirect || !isRefusal(error)) throw error
    // Linux makes the file before it finds that the file system has no direct writes
    this.direct.possible = false
    this.opened(openSync(this.path, O_CREAT | O_RDWR, 0o600), false)
  }

  private opened(file: number, isDirect: boolean): void {
    this.file = file
    this.isDirect = isDirect
    this.isNew = false
  }

  /** A file system may take the flag and refuse the write. What was written so far stays; the rest goes the usual way. */
  private afterRefusal(error: unknown): void {
    if (!this.isDirect || !isRefusal(error)) throw error
    this.direct.possible = false
    this.isDirect = false
    // its number may be another file's by the time that opening fails
    this.close()
    this.file = openSync(this.path, O_RDWR)
  }

  private handle(): number {
    if (this.file === undefined) throw new Error('The file is closed')
    return this.file
  }
}

const flagsOf = (isDirect: boolean) => O_CREAT | O_EXCL | O_RDWR | (isDirect ? (O_DIRECT ?? 0) : 0)
const isRefusal = (error: unknown) => (error as NodeJS.ErrnoException).code === 'EINVAL'
