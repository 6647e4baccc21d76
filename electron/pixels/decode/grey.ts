import { FrameProblem } from '../frameProblem.ts'
import type { Lut } from '../lut.ts'
import type { PixelFormat } from '../pixelFormat.ts'
import type { Decoded } from './decoded.ts'
import { nothingAbove } from './nothingAbove.ts'

export type Samples = Uint8Array | Int8Array | Uint16Array | Int16Array | Uint32Array | Int32Array

function view(decoded: Decoded, signed: boolean): Samples {
  const { buffer, byteOffset, byteLength } = decoded.bytes
  // A typed array needs an aligned start; native frames may begin at an odd byte of what was read.
  const aligned = byteOffset % (decoded.bitsAllocated / 8) === 0
  const source = aligned ? buffer : buffer.slice(byteOffset, byteOffset + byteLength)
  const start = aligned ? byteOffset : 0
  const count = decoded.rows * decoded.columns * decoded.components
  switch (decoded.bitsAllocated) {
    case 8:
      return signed ? new Int8Array(source, start, count) : new Uint8Array(source, start, count)
    case 16:
      return signed ? new Int16Array(source, start, count) : new Uint16Array(source, start, count)
    case 32:
      return signed ? new Int32Array(source, start, count) : new Uint32Array(source, start, count)
  }
}

/** An array for samples as wide as the header's bits allocated (at least a byte). */
function container(format: PixelFormat, count: number): Samples {
  switch (format.bitsAllocated) {
    case 16:
      return format.signed ? new Int16Array(count) : new Uint16Array(count)
    case 32:
      return format.signed ? new Int32Array(count) : new Uint32Array(count)
    default:
      return format.signed ? new Int8Array(count) : new Uint8Array(count)
  }
}

/**
 * Stored values out of samples: only Bits Stored below High Bit count (PS3.5 8.1.1), the rest may hold an old overlay
 * or a copied sign. In place where the container has the right width already.
 */
export function storedValues(decoded: Decoded, format: PixelFormat): Samples {
  const samples = view(decoded, decoded.signed || format.signed)
  const wide = decoded.bitsAllocated === Math.max(8, format.bitsAllocated)
  const values = wide ? samples : container(format, samples.length)
  if (decoded.signed) {
    copySigned(samples, values, format)
    return values
  }
  const bitsStored = format.bitsAllocated === 1 ? 8 : format.bitsStored
  const clean = bitsStored === decoded.bitsAllocated || format.bitsAllocated === 1
  if (clean && wide) return values
  // A compressed stream of just the stored bits has them at the bottom, whatever High Bit says.
  const shift = decoded.precision > format.bitsStored ? format.highBit + 1 - format.bitsStored : 0
  if (wide && shift === 0 && nothingAbove(samples, bitsStored, format.signed)) return values
  maskInto(samples, values, bitsStored, shift, format.signed)
  return values
}

/** JPEG 2000 that says itself that it is signed needs no mask; it must fit what the header promised. */
function copySigned(samples: Samples, values: Samples, format: PixelFormat): void {
  for (let index = 0; index < samples.length; index++) {
    const value = samples[index] ?? 0
    if (value < 0 && !format.signed) {
      throw new FrameProblem('The compressed image has negative values, which its header rules out.')
    }
    values[index] = value
  }
}

function maskInto(samples: Samples, values: Samples, bits: number, shift: number, signed: boolean): void {
  if (bits >= 32) {
    values.set(samples)
    return
  }
  const up = 32 - bits - shift
  if (up < 0) throw new FrameProblem('The bits of this image contradict each other.')
  const down = 32 - bits
  // Up to the top and down again: >> copies the sign, >>> clears.
  if (signed) for (let i = 0; i < samples.length; i++) values[i] = ((samples[i] ?? 0) << up) >> down
  else for (let i = 0; i < samples.length; i++) values[i] = ((samples[i] ?? 0) << up) >>> down
}

/** Modality LUT (PS3.3 C.11.1): values outside take the first or last entry. */
export function applyModalityLut(values: ArrayLike<number>, lut: Lut): Uint8Array | Uint16Array {
  const output = lut.maximum <= 255 ? new Uint8Array(values.length) : new Uint16Array(values.length)
  const last = lut.entries.length - 1
  for (let index = 0; index < values.length; index++) {
    const at = (values[index] ?? 0) - lut.firstInput
    output[index] = lut.entries[at < 0 ? 0 : Math.min(at, last)] ?? 0
  }
  return output
}
