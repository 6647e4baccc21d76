import { closeSync, fsyncSync, openSync, renameSync, rmSync, writeSync } from 'node:fs'
import { dirname } from 'node:path'

/**
 * Replaces a small file so that after a power cut either the old or the new content is there, never a mixture:
 * temporary file, fsync, rename, fsync of the directory.
 */
export function writeDurably(file: string, content: string): void {
  const temporary = `${file}.tmp`
  try {
    const handle = openSync(temporary, 'w', 0o600)
    try {
      const bytes = Buffer.from(content)
      for (let written = 0; written < bytes.length; ) written += writeSync(handle, bytes, written)
      fsyncSync(handle)
    } finally {
      closeSync(handle)
    }
    renameSync(temporary, file)
  } catch (error) {
    rmSync(temporary, { force: true })
    throw error
  }
  syncDirectory(dirname(file))
}

/** Windows cannot open a directory; there the rename itself is journaled by NTFS. */
function syncDirectory(folder: string): void {
  if (process.platform === 'win32') return
  const handle = openSync(folder, 'r')
  try {
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
}
