import { createHash } from 'node:crypto'
import { closeSync, openSync, readSync } from 'node:fs'
import { readHeaderFromFile } from '#electron/dicom/part10/readHeader.ts'

const CHUNK_BYTES = 1 << 20

/** Whether a file of the archive holds the data set whose SHA-256 its name tells. Throws what reading throws. */
export function isWhole(path: string, dataSetHash: string): boolean {
  const hash = createHash('sha256')
  const chunk = Buffer.allocUnsafe(CHUNK_BYTES)
  let position = readHeaderFromFile(path).dataSetOffset
  const file = openSync(path, 'r')
  try {
    for (let read = readSync(file, chunk, 0, CHUNK_BYTES, position); read > 0; ) {
      hash.update(chunk.subarray(0, read))
      position += read
      read = readSync(file, chunk, 0, CHUNK_BYTES, position)
    }
  } finally {
    closeSync(file)
  }
  return hash.digest('hex') === dataSetHash
}
