import { frameBytes } from '#shared/imaging/frameOf.ts'
import type { InstanceImage } from '#shared/imaging/instanceImage.ts'

export type SampleArray =
  | Uint8Array<ArrayBuffer>
  | Int8Array<ArrayBuffer>
  | Uint16Array<ArrayBuffer>
  | Int16Array<ArrayBuffer>
  | Uint32Array<ArrayBuffer>
  | Int32Array<ArrayBuffer>
  | Float32Array<ArrayBuffer>
  | Float64Array<ArrayBuffer>

const views = new WeakMap<Uint8Array<ArrayBuffer>, SampleArray>()

/** The same view each time, so that what is drawn can be recognised. */
export function typedSamples(image: InstanceImage, bytes: Uint8Array<ArrayBuffer>): SampleArray {
  const known = views.get(bytes)
  if (known) return known
  const samples = view(image, bytes)
  views.set(bytes, samples)
  return samples
}

/** The samples of a frame as a view over the received buffer; every machine that runs Chromium is little endian. */
function view(image: InstanceImage, bytes: Uint8Array<ArrayBuffer>): SampleArray {
  const expected = frameBytes(image)
  if (bytes.byteLength !== expected) {
    throw new RangeError(`The image has ${bytes.byteLength} bytes in place of ${expected}.`)
  }
  const { buffer, byteOffset } = bytes
  const samples = image.rows * image.columns
  switch (image.samples.type) {
    case 'rgb8':
    case 'uint8':
      return bytes
    case 'int8':
      return new Int8Array(buffer, byteOffset, samples)
    case 'uint16':
      return new Uint16Array(buffer, byteOffset, samples)
    case 'int16':
      return new Int16Array(buffer, byteOffset, samples)
    case 'uint32':
      return new Uint32Array(buffer, byteOffset, samples)
    case 'int32':
      return new Int32Array(buffer, byteOffset, samples)
    case 'float32':
      return new Float32Array(buffer, byteOffset, samples)
    case 'float64':
      return new Float64Array(buffer, byteOffset, samples)
  }
}

/** Smallest and largest stored value that means something: neither padding nor not-a-number. */
export function sampleRange(
  samples: SampleArray,
  padding: { min: number; max: number } | undefined,
): { min: number; max: number } {
  let min = Number.POSITIVE_INFINITY
  let max = Number.NEGATIVE_INFINITY
  for (const value of samples) {
    if ((padding && value >= padding.min && value <= padding.max) || !Number.isFinite(value)) continue
    if (value < min) min = value
    if (value > max) max = value
  }
  return min <= max ? { min, max } : { min: 0, max: 0 }
}
