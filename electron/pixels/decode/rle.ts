import { FrameProblem } from '../frameProblem.ts'
import type { PixelFormat } from '../pixelFormat.ts'
import type { Decoded } from './decoded.ts'

const HEADER_BYTES = 64
const damaged = () => new FrameProblem('The compressed image data is damaged.')

/** RLE (PS3.5 Annex G): a segment for each byte of a sample, the most significant first, components one by one. */
export function decodeRle(encoded: Uint8Array, format: PixelFormat): Decoded {
  const { rows, columns, samplesPerPixel: components, bitsAllocated } = format
  if (bitsAllocated !== 8 && bitsAllocated !== 16 && bitsAllocated !== 32) throw damaged()
  const sampleBytes = bitsAllocated / 8
  const pixels = rows * columns
  if (encoded.length < HEADER_BYTES) throw damaged()
  const header = new DataView(encoded.buffer, encoded.byteOffset, HEADER_BYTES)
  const segments = header.getUint32(0, true)
  if (segments !== components * sampleBytes) {
    throw new FrameProblem('The compressed image has another number of colours or bits than its header says.')
  }
  const bytes = new Uint8Array(pixels * components * sampleBytes)
  for (let segment = 0; segment < segments; segment++) {
    const start = header.getUint32(4 + 4 * segment, true)
    const end = segment + 1 < segments ? header.getUint32(8 + 4 * segment, true) : encoded.length
    if (start < HEADER_BYTES || end < start || end > encoded.length) throw damaged()
    const component = Math.floor(segment / sampleBytes)
    const byteInSample = sampleBytes - 1 - (segment % sampleBytes)
    const first = component * sampleBytes + byteInSample
    decodeSegment(encoded.subarray(start, end), bytes, first, components * sampleBytes, pixels)
  }
  const colour = format.photometricInterpretation.startsWith('YBR') ? 'ycc' : 'rgb'
  return {
    rows,
    columns,
    components,
    bytes,
    bitsAllocated,
    precision: bitsAllocated,
    signed: false,
    planar: false,
    colour,
  }
}

/** PackBits (PS3.5 G.3.2) into every `stride`-th byte. */
function decodeSegment(source: Uint8Array, target: Uint8Array, first: number, stride: number, count: number): void {
  let at = 0
  let to = first
  let left = count
  while (left > 0) {
    const control = source[at++]
    if (control === undefined) throw new FrameProblem('The compressed image data is incomplete.')
    if (control === 128) continue
    // The last run may go beyond the image where a writer padded the rows.
    const length = Math.min(left, control < 128 ? control + 1 : 257 - control)
    left -= length
    if (control < 128) {
      if (at + length > source.length) throw new FrameProblem('The compressed image data is incomplete.')
      for (let index = 0; index < length; index++, to += stride) target[to] = source[at + index] ?? 0
      at += control + 1
    } else {
      const value = source[at++]
      if (value === undefined) throw new FrameProblem('The compressed image data is incomplete.')
      for (let index = 0; index < length; index++, to += stride) target[to] = value
    }
  }
}
