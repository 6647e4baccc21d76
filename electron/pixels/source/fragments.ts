import { readSync } from 'node:fs'
import { FrameProblem } from '../frameProblem.ts'

/** Fragments of encapsulated pixel data (PS3.5 A.4), without the Basic Offset Table. */
export interface Fragments {
  /** Of the values, in the file. */
  offsets: number[]
  lengths: number[]
  /** Offsets in the table, relative to the item tag of the first fragment; [] when the table is empty. */
  basicOffsets: number[]
}

const ITEM = 0xe000fffe
const UNDEFINED_LENGTH = 0xffffffff
const WINDOW_BYTES = 4096
/** One item each 8 bytes would be no image. */
const MAXIMUM_FRAGMENTS = 1_000_000

const incomplete = () => new FrameProblem('The compressed image data is incomplete.')

export function readFragments(file: number, fileBytes: number, start: number): Fragments {
  const window = Buffer.alloc(WINDOW_BYTES)
  let windowStart = 0
  let windowEnd = 0
  const item = (position: number): { tag: number; length: number } | undefined => {
    if (position + 8 > windowEnd || position < windowStart) {
      windowStart = position
      windowEnd = position + readSync(file, window, 0, WINDOW_BYTES, position)
      if (position + 8 > windowEnd) return undefined
    }
    const at = position - windowStart
    return { tag: window.readUInt32LE(at), length: window.readUInt32LE(at + 4) }
  }
  const table = item(start)
  if (table === undefined || table.tag !== ITEM || start + 8 + table.length > fileBytes) throw incomplete()
  const basicOffsets = readOffsets(file, start + 8, table.length)
  const fragments: Fragments = { offsets: [], lengths: [], basicOffsets }
  let position = start + 8 + table.length
  for (;;) {
    const next = item(position)
    // Some writers forget the closing item, or write another one there: what was complete until then counts.
    if (next === undefined || next.tag !== ITEM || next.length === UNDEFINED_LENGTH) return fragments
    if (position + 8 + next.length > fileBytes) throw incomplete()
    if (fragments.offsets.length >= MAXIMUM_FRAGMENTS) {
      throw new FrameProblem('The compressed image data is in too many pieces.')
    }
    fragments.offsets.push(position + 8)
    fragments.lengths.push(next.length)
    position += 8 + next.length
  }
}

function readOffsets(file: number, start: number, length: number): number[] {
  if (length === 0 || length % 4 !== 0 || length > 4 * MAXIMUM_FRAGMENTS) return []
  const bytes = Buffer.alloc(length)
  if (readSync(file, bytes, 0, length, start) < length) throw incomplete()
  return Array.from({ length: length / 4 }, (_, index) => bytes.readUInt32LE(4 * index))
}
