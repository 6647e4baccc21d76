import { randomUUID } from 'node:crypto'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { removeQuietly } from './removeQuietly.ts'

const FOLDER = 'tmp'
const NAME = /^\d+-[0-9a-f]{24}$/

/** Where files lie until they are whole, beside their final place so that a rename finishes them. */
export const temporaryFolder = (storageFolder: string) => join(storageFolder, FOLDER)

export function temporaryPath(storageFolder: string): string {
  return join(temporaryFolder(storageFolder), `${process.pid}-${randomUUID().replaceAll('-', '').slice(0, 24)}`)
}

/**
 * Removes what a dead process left half-written. Only files of our own naming: a person may choose a folder for the
 * archive that has a `tmp` of his own.
 */
export function removeTemporaryFiles(storageFolder: string): void {
  const folder = temporaryFolder(storageFolder)
  for (const name of namesIn(folder)) if (NAME.test(name)) removeQuietly(join(folder, name))
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder)
  } catch {
    // not there, or no folder at all
    return []
  }
}
