import { closeSync, constants, copyFileSync, fsyncSync, mkdirSync, openSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { toStorageError } from './storageError.ts'
import type { StorageFolder } from './storageFolders.ts'
import { syncDirectory } from './syncDirectory.ts'

/**
 * A receiver that had not heard yet of a move published its file in the folder that the archive has left. Copies it,
 * durably, to the current one before its row is committed.
 */
export function bringAlong(from: StorageFolder, to: StorageFolder, file: string): StorageFolder {
  try {
    const target = join(to.path, file)
    mkdirSync(dirname(target), { recursive: true, mode: 0o700 })
    copyFileSync(join(from.path, file), target, constants.COPYFILE_EXCL)
    const handle = openSync(target, 'r+')
    try {
      fsyncSync(handle)
    } finally {
      closeSync(handle)
    }
    syncDirectory(dirname(target))
    syncDirectory(to.path)
  } catch (error) {
    throw toStorageError(error)
  }
  return to
}
