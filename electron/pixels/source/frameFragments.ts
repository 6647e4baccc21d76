import { readSync } from 'node:fs'
import type { PixelCodec } from '#shared/dicom/transferSyntax.ts'
import { FrameProblem } from '../frameProblem.ts'
import type { Fragments } from './fragments.ts'

/** For each frame the number of its first fragment, and one more entry for the end. */
export type FrameStarts = number[]

/**
 * Which fragments make up which frame: by the Basic Offset Table where it agrees with the fragments, one each where the
 * counts agree, else by the marker with which the stream of a frame begins.
 */
export function frameStarts(file: number, fragments: Fragments, frames: number, codec: PixelCodec): FrameStarts {
  const count = fragments.offsets.length
  if (count === 0) throw new FrameProblem('This image has no compressed image data.')
  if (frames === 1) return [0, count]
  const byTable = startsByTable(fragments, frames)
  if (byTable !== undefined) return byTable
  if (count === frames || codec === 'rle' || codec === 'none' || codec === 'deflated-frame') {
    // PS3.5 A.4.2: a frame of RLE is always one fragment.
    return Array.from({ length: Math.min(frames, count) + 1 }, (_, frame) => frame)
  }
  const byMarker: number[] = []
  for (let fragment = 0; fragment < count; fragment++) {
    if (beginsStream(file, fragments, fragment, codec)) byMarker.push(fragment)
  }
  if (byMarker.length !== frames || byMarker[0] !== 0) {
    throw new FrameProblem('The frames of this image cannot be told apart.')
  }
  return [...byMarker, count]
}

function startsByTable({ basicOffsets, offsets }: Fragments, frames: number): FrameStarts | undefined {
  const first = offsets[0]
  if (basicOffsets.length !== frames || first === undefined) return undefined
  const starts: number[] = []
  let fragment = 0
  for (const offset of basicOffsets) {
    while (fragment < offsets.length && (offsets[fragment] ?? 0) - first < offset) fragment++
    if (fragment >= offsets.length || (offsets[fragment] ?? 0) - first !== offset) return undefined
    if (starts.length > 0 && fragment === starts.at(-1)) return undefined
    starts.push(fragment)
  }
  return starts[0] === 0 ? [...starts, offsets.length] : undefined
}

function beginsStream(file: number, fragments: Fragments, fragment: number, codec: PixelCodec): boolean {
  const bytes = Buffer.alloc(12)
  if ((fragments.lengths[fragment] ?? 0) < 12) return false
  readSync(file, bytes, 0, 12, fragments.offsets[fragment] ?? 0)
  if (codec === 'jpeg-2000' || codec === 'htj2k') {
    return bytes.readUInt32BE(0) === 0xff4fff51 || bytes.readUInt32BE(4) === 0x6a502020
  }
  if (codec === 'jpeg-xl') return bytes.readUInt16BE(0) === 0xff0a || bytes.readUInt32BE(4) === 0x4a584c20
  // FF D8 may also stand inside a fragment's data, but there no marker follows: FF xx, xx beyond the entropy codes.
  return bytes[0] === 0xff && bytes[1] === 0xd8 && bytes[2] === 0xff
}

/** The compressed stream of a frame in one piece. */
export function readStream(file: number, fragments: Fragments, starts: FrameStarts, frame: number): Buffer {
  const first = starts[frame]
  const end = starts[frame + 1]
  if (first === undefined || end === undefined) {
    throw new FrameProblem('This image has fewer frames than its header says.')
  }
  let bytes = 0
  for (let fragment = first; fragment < end; fragment++) bytes += fragments.lengths[fragment] ?? 0
  const stream = Buffer.alloc(bytes)
  let filled = 0
  for (let fragment = first; fragment < end; fragment++) {
    const length = fragments.lengths[fragment] ?? 0
    if (readSync(file, stream, filled, length, fragments.offsets[fragment] ?? 0) < length) {
      throw new FrameProblem('The compressed image data is incomplete.')
    }
    filled += length
  }
  return stream
}
