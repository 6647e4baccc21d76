import { closeSync, fsyncSync, openSync } from 'node:fs'

/** Windows has no handle for a directory that can be synced; NTFS journals the rename itself. */
export const directoriesCanSync = process.platform !== 'win32'

/** Makes names made or renamed in a directory survive a power cut. */
export function syncDirectory(path: string): void {
  if (!directoriesCanSync) return
  const handle = openSync(path, 'r')
  try {
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
}
