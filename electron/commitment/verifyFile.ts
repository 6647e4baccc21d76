import { createHash } from 'node:crypto'
import { open } from 'node:fs/promises'
import { readHeaderFromFile } from '#electron/dicom/part10/readHeader.ts'

const CHUNK_BYTES = 1 << 20

/** Whether the file's data set is, read anew from the disk, the one whose SHA-256 the index has. Throws what reading throws. */
export async function isAsIndexed(path: string, dataSetHash: string, chunk: Buffer): Promise<boolean> {
  const { dataSetOffset } = readHeaderFromFile(path)
  const hash = createHash('sha256')
  const file = await open(path, 'r')
  try {
    for (let position = dataSetOffset; ; ) {
      const { bytesRead } = await file.read(chunk, 0, chunk.length, position)
      if (bytesRead === 0) break
      hash.update(chunk.subarray(0, bytesRead))
      position += bytesRead
    }
  } finally {
    await file.close()
  }
  return hash.digest('hex') === dataSetHash
}

export function verifyBuffer(): Buffer {
  return Buffer.allocUnsafeSlow(CHUNK_BYTES)
}
