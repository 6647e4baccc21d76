import { closeSync, fsync, fsyncSync, mkdirSync, openSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { directoriesCanSync, syncDirectory } from './syncDirectory.ts'

/** Keeps directories small enough for every file system and every file browser. */
const FILES_PER_BUCKET = 1000

const BUCKET_NAME = /^\d{6,12}$/

const fsyncAside = promisify(fsync)

/** One numbered directory with a handle to sync it by. */
export class BucketDirectory {
  readonly name: string
  readonly path: string
  private readonly handle: number | undefined
  private expected = 0
  private retired = false
  private running: Promise<void> = Promise.resolve()
  private next: Promise<void> | undefined

  constructor(folder: string, name: string) {
    this.name = name
    this.path = join(folder, name)
    this.handle = directoriesCanSync ? openSync(this.path, 'r') : undefined
  }

  /** One more file is named here, and `sync`, `syncAside` or `forgo` will follow. */
  expect(): void {
    this.expected += 1
  }

  sync(): void {
    try {
      if (this.handle !== undefined) fsyncSync(this.handle)
    } finally {
      this.forgo()
    }
  }

  /** In the thread pool, while this thread goes on. Those that ask while one runs share the next. */
  async syncAside(): Promise<void> {
    try {
      this.next ??= this.running.then(
        () => this.syncNext(),
        () => this.syncNext(),
      )
      await this.next
    } finally {
      this.forgo()
    }
  }

  private syncNext(): Promise<void> {
    this.next = undefined
    this.running = this.handle === undefined ? Promise.resolve() : fsyncAside(this.handle)
    return this.running
  }

  forgo(): void {
    this.expected -= 1
    this.closeWhenUnused()
  }

  /** No further file comes. A number that is closed too early could by then be the handle of another file. */
  retire(): void {
    this.retired = true
    this.closeWhenUnused()
  }

  private closeWhenUnused(): void {
    if (this.retired && this.expected === 0 && this.handle !== undefined) closeSync(this.handle)
  }
}

/**
 * The directory that one InstanceStore fills now. Buckets are numbered and never used again by a later store: at start
 * only those above the last number that was checked can hold a file which the index does not know.
 */
export class Bucket {
  private readonly folder: string
  private current: BucketDirectory | undefined
  private files = 0

  constructor(folder: string) {
    this.folder = folder
  }

  forNextFile(): BucketDirectory {
    if (!this.current || this.files >= FILES_PER_BUCKET) this.current = this.open()
    this.files += 1
    this.current.expect()
    return this.current
  }

  close(): void {
    this.current?.retire()
    this.current = undefined
  }

  private open(): BucketDirectory {
    this.close()
    const name = this.makeNext()
    syncDirectory(this.folder)
    this.files = 0
    return new BucketDirectory(this.folder, name)
  }

  private makeNext(): string {
    for (let number = (listBuckets(this.folder).at(-1)?.number ?? 0) + 1; ; number += 1) {
      const name = String(number).padStart(6, '0')
      try {
        mkdirSync(join(this.folder, name), { mode: 0o700 })
        return name
      } catch (error) {
        // another thread's store took this number
        if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
      }
    }
  }
}

/** Every bucket of a storage folder, in the order of their numbers. */
export function listBuckets(folder: string): { name: string; number: number }[] {
  return readdirSync(folder)
    .filter((name) => BUCKET_NAME.test(name))
    .map((name) => ({ name, number: Number(name) }))
    .sort((a, b) => a.number - b.number)
}
