import { createHash } from 'node:crypto'
import { open } from 'node:fs/promises'
import { dirname } from 'node:path'
import { isConnected } from '#electron/archive/volumeMarker.ts'
import { Part10Error, readHeaderFromFile } from '#electron/dicom/part10/readHeader.ts'
import type { FileToVerify, Verdict } from './verifyApi.ts'

const CHUNK_BYTES = 1 << 20

/** Reads a file of the archive anew from the disk. Throws nothing. */
export async function verifyFile({ path, dataSetHash }: FileToVerify, chunk: Buffer): Promise<Verdict> {
  try {
    return (await hashOfDataSet(path, chunk)) === dataSetHash ? 'same' : 'differs'
  } catch (error) {
    if (error instanceof Part10Error) return 'differs'
    const isGone = (error as NodeJS.ErrnoException).code === 'ENOENT'
    // in the folder of a disk that is not connected nothing is found, and nothing is lost
    return isGone && isConnected(dirname(dirname(path))) ? 'gone' : 'unreadable'
  }
}

async function hashOfDataSet(path: string, chunk: Buffer): Promise<string> {
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
  return hash.digest('hex')
}

export function verifyBuffer(): Buffer {
  return Buffer.allocUnsafeSlow(CHUNK_BYTES)
}
