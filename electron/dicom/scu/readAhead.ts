import { closeSync, openSync, read } from 'node:fs'

/** Enough for nearly every slice; of larger objects the beginning. */
const AHEAD_BYTES = 1024 * 1024

/** An open file and its first bytes. Whoever takes it closes it. */
export interface OpenedFile {
  file: number
  head: Buffer
}

/**
 * The file that goes out next, read in the thread pool while the peer takes the one before. Received images lie on the
 * disk and not in the system's cache (ADR 0009): one after the other each would be waited for.
 */
export class ReadAhead {
  /** One is on its way out while the other one is filled. */
  private readonly buffers: Buffer[] = []
  private turn = 0
  private prepared: { path: string; opened: Promise<OpenedFile | undefined> } | undefined

  prepare(path: string): void {
    this.drop()
    this.turn = 1 - this.turn
    this.buffers[this.turn] ??= Buffer.allocUnsafeSlow(AHEAD_BYTES)
    this.prepared = { path, opened: open(path, this.buffers[this.turn] ?? Buffer.alloc(0)) }
  }

  /** Undefined when another file was prepared, or it could not be read: then the usual way says why. */
  async take(path: string): Promise<OpenedFile | undefined> {
    const { prepared } = this
    if (prepared?.path !== path) return undefined
    this.prepared = undefined
    return await prepared.opened
  }

  /** What was prepared is not wanted. Its read may still go on: what it is filled with must not be taken for another file. */
  drop(): void {
    const { prepared } = this
    if (!prepared) return
    this.prepared = undefined
    delete this.buffers[this.turn]
    void prepared.opened.then((opened) => opened && closeSync(opened.file))
  }
}

function open(path: string, buffer: Buffer): Promise<OpenedFile | undefined> {
  return new Promise((resolve) => {
    let file: number
    try {
      file = openSync(path, 'r')
    } catch {
      resolve(undefined)
      return
    }
    read(file, buffer, 0, buffer.length, 0, (error, bytes) => {
      if (!error) return resolve({ file, head: buffer.subarray(0, bytes) })
      closeSync(file)
      resolve(undefined)
    })
  })
}
