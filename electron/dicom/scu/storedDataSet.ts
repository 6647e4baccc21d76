import { closeSync, fstatSync, openSync, readSync } from 'node:fs'
import { TRANSFER_SYNTAXES } from '#shared/dicom/transferSyntax.ts'
import type { OpenedFile } from './readAhead.ts'

/** As readSync. */
type ReadAt = (target: Buffer, at: number, length: number, position: number) => number

/** Where the data set of a Part 10 file begins: behind preamble and file meta information (PS3.10 7.1). */
function dataSetOffset(readAt: ReadAt): number {
  const head = Buffer.alloc(144)
  if (readAt(head, 0, 144, 0) < 144 || head.toString('latin1', 128, 132) !== 'DICM') return 0
  // (0002,0000) UL: length of what follows in the group. Our own files always have it.
  const hasLength = head.readUInt32LE(132) === 0x00000002 && head.toString('latin1', 136, 138) === 'UL'
  return hasLength ? 144 + head.readUInt32LE(140) : afterMeta(readAt)
}

const LONG_FORM = new Set(['OB', 'OW', 'UN', 'SQ', 'UT', 'OF', 'OD', 'OL', 'UC', 'UR'])

/** A file kept as it came, whose group 0002 has no length: element by element. */
function afterMeta(readAt: ReadAt): number {
  const header = Buffer.alloc(12)
  let at = 132
  while (readAt(header, 0, 12, at) === 12 && header.readUInt16LE(0) === 0x0002) {
    const long = LONG_FORM.has(header.toString('latin1', 4, 6))
    at += long ? 12 + header.readUInt32LE(8) : 8 + header.readUInt16LE(6)
  }
  return at
}

/** The bytes to be sent, read in order. */
export interface DataSetSource {
  /** Bytes not read yet. */
  readonly left: number
  /** Reads exactly `length` bytes (not more than are left). Throws when the file is shorter than it was. */
  read(target: Buffer, at: number, length: number): void
  close(): void
}

/**
 * The data set of a stored file, untouched; `opened` where it was read ahead. Reads are synchronous: in the node's own
 * thread nothing is faster.
 */
export function openDataSet(path: string, transferSyntaxUID: string, opened?: OpenedFile): DataSetSource {
  const { file, head } = opened ?? { file: openSync(path, 'r'), head: Buffer.alloc(0) }
  const readAt: ReadAt = (target, at, length, position) =>
    position < head.length
      ? head.copy(target, at, position, Math.min(head.length, position + length))
      : readSync(file, target, at, length, position)
  try {
    const size = fstatSync(file).size
    let position = dataSetOffset(readAt)
    if (position >= size) throw new Error('The file holds no data set')
    // PS3.5 A.5: a deflated stream of odd length gets one NUL. Without it DCMTK and Orthanc wait for more and then abort.
    const padded = TRANSFER_SYNTAXES.get(transferSyntaxUID)?.deflated === true && (size - position) % 2 === 1
    const end = padded ? size + 1 : size
    return {
      get left() {
        return end - position
      },
      read(target, at, length) {
        let done = 0
        while (done < length) {
          if (position === size && padded) {
            target[at + done] = 0
            position += 1
            return
          }
          const read = readAt(target, at + done, Math.min(length - done, size - position), position)
          if (read === 0) throw new Error('The file is shorter than it was')
          done += read
          position += read
        }
      },
      close: () => closeSync(file),
    }
  } catch (error) {
    closeSync(file)
    throw error
  }
}

/** A converted data set, in memory. */
export function dataSetOf(bytes: Uint8Array): DataSetSource {
  let position = 0
  return {
    get left() {
      return bytes.length - position
    },
    read(target, at, length) {
      target.set(bytes.subarray(position, position + length), at)
      position += length
    },
    close() {},
  }
}
