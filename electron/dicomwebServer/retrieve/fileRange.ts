import { open } from 'node:fs/promises'

const PIECE_BYTES = 256 * 1024

/** Bytes of a file, a piece at a time, never more of it in memory. Throws where the file is shorter than it was. */
export async function* fileRange(path: string, start: number, end: number): AsyncGenerator<Uint8Array> {
  const file = await open(path, 'r')
  try {
    for (let at = start; at < end; ) {
      const piece = Buffer.allocUnsafeSlow(Math.min(PIECE_BYTES, end - at))
      const { bytesRead } = await file.read(piece, 0, piece.length, at)
      if (bytesRead === 0) throw new Error('The file is shorter than it was')
      yield piece.subarray(0, bytesRead)
      at += bytesRead
    }
  } finally {
    await file.close()
  }
}
