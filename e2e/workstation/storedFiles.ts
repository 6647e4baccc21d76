import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join, relative, sep } from 'node:path'
import { defaultStorageFolder } from '#electron/archive/archivePaths.ts'

/** Every image under a final name: all of the storage folder but tmp/ and the archive's own marker. */
export function storedFiles(dataFolder: string): string[] {
  const storage = defaultStorageFolder(dataFolder)
  if (!existsSync(storage)) return []
  return readdirSync(storage, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => relative(storage, path).split(sep)[0] !== 'tmp' && path.endsWith('.dcm'))
}

export interface Part10File {
  sopInstanceUID: string
  transferSyntaxUID: string
  dataSet: Uint8Array
}

/** Cuts a file into what its meta information says and the data set's bytes (PS3.10 7.1). */
export function readPart10(path: string): Part10File {
  return parsePart10(readFileSync(path))
}

export function parsePart10(bytes: Buffer): Part10File {
  if (bytes.toString('latin1', 128, 132) !== 'DICM') throw new Error('A file without DICM')
  const meta = new Map<number, string>()
  // By its own length where it says one: a data set may hold group 0002 elements of its own.
  const hasLength = bytes.length > 144 && bytes.readUInt32LE(132) === 0x00000002
  const end = hasLength ? 144 + bytes.readUInt32LE(140) : bytes.length
  let offset = 132
  while (offset + 8 <= end && bytes.readUInt16LE(offset) === 0x0002) {
    const element = bytes.readUInt16LE(offset + 2)
    const isLong = ['OB', 'UN', 'OW', 'SQ', 'UT'].includes(bytes.toString('latin1', offset + 4, offset + 6))
    const length = isLong ? bytes.readUInt32LE(offset + 8) : bytes.readUInt16LE(offset + 6)
    const start = offset + (isLong ? 12 : 8)
    meta.set(element, bytes.toString('latin1', start, start + length).replace(/[\0 ]+$/, ''))
    offset = start + length
  }
  return {
    sopInstanceUID: meta.get(0x0003) ?? '',
    transferSyntaxUID: meta.get(0x0010) ?? '',
    dataSet: bytes.subarray(offset),
  }
}

/** True for a file with a preamble and file meta information. */
export const isPart10 = (path: string): boolean => readFileSync(path).toString('latin1', 128, 132) === 'DICM'
