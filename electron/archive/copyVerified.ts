import { createHash } from 'node:crypto'
import { open, rename, rm } from 'node:fs/promises'

const CHUNK_BYTES = 4 << 20

/**
 * Copies a file, syncs it, reads it back and compares, then gives it its name and its old times. The caller syncs the
 * directory. Asynchronous, so that the thread goes on receiving.
 */
export async function copyVerified(from: string, to: string): Promise<void> {
  const partial = `${to}.part`
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
  const buffer = Buffer.allocUnsafeSlow(CHUNK_BYTES)
  await using source = await open(from, 'r')
  await using target = await open(to, 'w', 0o600)
  for (;;) {
    const { bytesRead } = await source.read(buffer, 0, CHUNK_BYTES)
    if (bytesRead === 0) break
    const chunk = buffer.subarray(0, bytesRead)
    hash.update(chunk)
    await target.writeFile(chunk)
  }
  const { atime, mtime } = await source.stat()
  await target.utimes(atime, mtime)
  await target.datasync()
  return hash.digest('hex')
}

async function hashOf(path: string): Promise<string> {
  const hash = createHash('sha256')
  const buffer = Buffer.allocUnsafeSlow(CHUNK_BYTES)
  await using file = await open(path, 'r')
  for (;;) {
    const { bytesRead } = await file.read(buffer, 0, CHUNK_BYTES)
    if (bytesRead === 0) return hash.digest('hex')
    hash.update(buffer.subarray(0, bytesRead))
  }
}
