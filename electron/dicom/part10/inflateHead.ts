import { constants, inflateRawSync } from 'node:zlib'
import { Part10Error } from './part10Error.ts'

/** No header comes near this; only a bomb does. */
const MAXIMUM_INFLATED_HEADER = 64 * 1024 * 1024

export interface InflatedHead {
  bytes: Uint8Array
  /** The whole stream was inflated. */
  whole: boolean
}

/**
 * Inflates (PS3.5 A.5) growing beginnings of a data set. Deflate expands at most 1032 times, so a bounded piece of
 * input gives bounded output, and a bomb behind the header is never unpacked.
 */
export function* inflateHead(bytes: Uint8Array, offset: number): Generator<InflatedHead> {
  for (let inputBytes = 4096; ; inputBytes *= 8) {
    const input = bytes.subarray(offset, offset + inputBytes)
    const all = offset + inputBytes >= bytes.length
    let output: Uint8Array
    try {
      // Z_SYNC_FLUSH: the end of a piece is not an error.
      output = inflateRawSync(input, {
        finishFlush: constants.Z_SYNC_FLUSH,
        maxOutputLength: MAXIMUM_INFLATED_HEADER,
      })
    } catch (error) {
      if (error instanceof Error && 'code' in error && error.code === 'ERR_BUFFER_TOO_LARGE') {
        throw new Part10Error('hostile', 'The file unpacks to far more than an image header; it is refused.')
      }
      throw new Part10Error('truncated', 'The compressed data set is damaged and cannot be unpacked.')
    }
    yield { bytes: output, whole: all }
    if (all) return
  }
}
