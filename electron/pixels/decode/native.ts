import { FrameProblem } from '../frameProblem.ts'
import type { PixelFormat } from '../pixelFormat.ts'
import type { Decoded } from './decoded.ts'

/** Where a frame of native pixel data lies: whole bytes, and the bit in the first one where it begins. */
export interface NativeRange {
  offset: number
  length: number
  firstBit: number
}

/** YBR_FULL_422 has two bytes a pixel, unless the writer forgot to subsample: then the length tells. */
export function isSubsampled(format: PixelFormat, dataLength: number): boolean {
  const { photometricInterpretation, rows, columns, frames } = format
  return /^YBR_.*_422$/.test(photometricInterpretation) && dataLength < rows * columns * frames * 3
}

/** Relative to the pixel data. One-bit frames are not aligned to bytes (PS3.5 8.1.1). */
export function nativeRange(format: PixelFormat, frame: number, subsampled: boolean): NativeRange {
  const bits = format.rows * format.columns * (subsampled ? 2 : format.samplesPerPixel) * format.bitsAllocated
  const offset = Math.floor((bits * frame) / 8)
  const firstBit = bits * frame - offset * 8
  return { offset, length: Math.ceil((bits + firstBit) / 8), firstBit }
}

/** Native samples, already little endian. */
export function decodeNative(
  bytes: Uint8Array<ArrayBuffer>,
  format: PixelFormat,
  firstBit: number,
  subsampled: boolean,
): Decoded {
  const { rows, columns, samplesPerPixel: components, bitsAllocated } = format
  const colour = format.photometricInterpretation.startsWith('YBR') ? 'ycc' : 'rgb'
  const common = { rows, columns, components, signed: false, planar: format.planar && components > 1, colour } as const
  if (bitsAllocated === 1) {
    return { ...common, bytes: unpackBits(bytes, firstBit, rows * columns), bitsAllocated: 8, precision: 8 }
  }
  if (bitsAllocated !== 8 && bitsAllocated !== 16 && bitsAllocated !== 32) {
    throw new FrameProblem(`Images with ${bitsAllocated} bits allocated are not supported.`)
  }
  if (subsampled) {
    if (bitsAllocated !== 8 || columns % 2 !== 0)
      throw new FrameProblem('The colour model of this image is not supported.')
    return {
      ...common,
      planar: false,
      bytes: expand422(bytes, rows * columns),
      bitsAllocated,
      precision: bitsAllocated,
    }
  }
  return { ...common, bytes, bitsAllocated, precision: bitsAllocated }
}

export function swapWords(bytes: Uint8Array<ArrayBuffer>, wordBytes: number): void {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength - (bytes.byteLength % wordBytes))
  if (wordBytes === 2) buffer.swap16()
  else if (wordBytes === 4) buffer.swap32()
  else if (wordBytes === 8) buffer.swap64()
}

function unpackBits(bytes: Uint8Array, firstBit: number, count: number): Uint8Array<ArrayBuffer> {
  const samples = new Uint8Array(count)
  for (let index = 0, bit = firstBit; index < count; index++, bit++) {
    samples[index] = ((bytes[bit >> 3] ?? 0) >> (bit & 7)) & 1
  }
  return samples
}

/** Y Y Cb Cr for each two pixels (PS3.3 C.7.6.3.1.2). */
function expand422(bytes: Uint8Array, pixels: number): Uint8Array<ArrayBuffer> {
  const full = new Uint8Array(pixels * 3)
  for (let pair = 0, from = 0, to = 0; pair < pixels / 2; pair++, from += 4, to += 6) {
    const cb = bytes[from + 2] ?? 0
    const cr = bytes[from + 3] ?? 0
    full[to] = bytes[from] ?? 0
    full[to + 1] = cb
    full[to + 2] = cr
    full[to + 3] = bytes[from + 1] ?? 0
    full[to + 4] = cb
    full[to + 5] = cr
  }
  return full
}
