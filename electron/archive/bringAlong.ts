import { closeSync, copyFileSync, fsyncSync, openSync, renameSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { makeFolder } from './makeFolder.ts'
import { removeQuietly } from './removeQuietly.ts'
import { toStorageError } from './storageError.ts'
import type { StorageFolder } from './storageFolders.ts'
import { syncDirectory } from './syncDirectory.ts'
import { temporaryFolder, temporaryPath } from './temporaryFile.ts'

/**
 * A receiver that had not heard yet of a move published its file in the folder that the archive has left. Copies it,
 * durably, to the current one before its row is committed.
 */
export function bringAlong(from: StorageFolder, to: StorageFolder, file: string): StorageFolder {
  const partial = temporaryPath(to.path)
  try {
    const target = join(to.path, file)
    makeFolder(temporaryFolder(to.path))
    makeFolder(dirname(target), 0o700)
    copyFileSync(join(from.path, file), partial)
    const handle = openSync(partial, 'r+')
    try {
      fsyncSync(handle)
    } finally {
      closeSync(handle)
    }
    renameSync(partial, target)
    syncDirectory(dirname(target))
    syncDirectory(to.path)
  } catch (error) {
    removeQuietly(partial)
    throw toStorageError(error)
  }
  return to
}
