import { createHash } from 'node:crypto'
import { type FileHandle, open, rename, rm } from 'node:fs/promises'

const CHUNK_BYTES = 4 << 20

/**
 * Copies a file to `partial`, syncs it, reads it back and compares, then gives it its name and its old times. The caller
 * syncs the directory. Asynchronous, so that the thread goes on receiving.
 */
export async function copyVerified(from: string, to: string, partial: string): Promise<void> {
  try {
    const written = await copy(from, partial)
    if ((await hashOf(partial)) !== written)
      throw Object.assign(new Error('The copy differs from the original'), { code: 'EIO' })
    await rename(partial, to)
  } catch (error) {
    await rm(partial, { force: true })
    throw error
  }
}

async function copy(from: string, to: string): Promise<string> {
  const hash = createHash('sha256')
  const source = await open(from, 'r')
  try {
    const target = await open(to, 'w', 0o600)
    try {
      await eachChunk(source, async (chunk) => {
        hash.update(chunk)
        await target.writeFile(chunk)
      })
      const { atime, mtime } = await source.stat()
      await target.utimes(atime, mtime)
      await target.datasync()
    } finally {
      await target.close()
    }
  } finally {
    await source.close()
  }
  return hash.digest('hex')
}

async function hashOf(path: string): Promise<string> {
  const hash = createHash('sha256')
  const file = await open(path, 'r')
  try {
    await eachChunk(file, (chunk) => hash.update(chunk))
  } finally {
    await file.close()
  }
  return hash.digest('hex')
}

async function eachChunk(file: FileHandle, use: (chunk: Buffer) => unknown): Promise<void> {
  const buffer = Buffer.allocUnsafeSlow(CHUNK_BYTES)
  for (;;) {
    const { bytesRead } = await file.read(buffer, 0, CHUNK_BYTES)
    if (bytesRead === 0) return
    await use(buffer.subarray(0, bytesRead))
  }
}
