import { closeSync, fsyncSync, mkdirSync, openSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { directoriesCanSync, syncDirectory } from './syncDirectory.ts'

/** Keeps directories small enough for every file system and every file browser. */
const FILES_PER_BUCKET = 1000

const BUCKET_NAME = /^\d{6,12}$/

interface BucketDirectory {
  name: string
  path: string
  sync(): void
}

/**
 * The directory that one InstanceStore fills now. Buckets are numbered and never used again by a later store: at start
 * only those above the last number that was checked can hold a file which the index does not know.
 */
export class Bucket {
  private readonly folder: string
  private current: BucketDirectory | undefined
  private handle: number | undefined
  private files = 0

  constructor(folder: string) {
    this.folder = folder
  }

  forNextFile(): BucketDirectory {
    if (!this.current || this.files >= FILES_PER_BUCKET) this.current = this.open()
    this.files += 1
    return this.current
  }

  close(): void {
    if (this.handle !== undefined) closeSync(this.handle)
    this.handle = undefined
    this.current = undefined
  }

  private open(): BucketDirectory {
    this.close()
    const name = this.makeNext()
    const path = join(this.folder, name)
    syncDirectory(this.folder)
    this.files = 0
    if (!directoriesCanSync) return { name, path, sync: () => {} }
    const handle = openSync(path, 'r')
    this.handle = handle
    return { name, path, sync: () => fsyncSync(handle) }
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
