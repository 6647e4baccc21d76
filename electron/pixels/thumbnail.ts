import { frameOf, pixelAspectOf } from '#shared/imaging/frameOf.ts'
import type { InstanceImage } from '#shared/imaging/instanceImage.ts'
import { type GreyMapping, greyOf } from '#shared/imaging/windowLut.ts'
import { encodePng } from './png.ts'

const MAXIMUM_SIDE = 256
/** Ends of the histogram that a window may cut off where the image names none. */
const PERCENTILE = 0.005

/** The frame that stands for an instance. */
export const thumbnailFrame = (image: InstanceImage) => Math.floor(image.frames / 2)

/** A PNG of at most 256 pixels a side, pixels square, drawn as the viewer first shows the image. */
export function drawThumbnail(image: InstanceImage, frame: number, bytes: Uint8Array<ArrayBuffer>): Uint8Array {
  const { rows, columns } = image
  const aspect = Math.min(8, Math.max(1 / 8, pixelAspectOf(image, frame)))
  const scale = Math.min(1, MAXIMUM_SIDE / columns, MAXIMUM_SIDE / (rows * aspect))
  const width = Math.max(1, Math.round(columns * scale))
  const height = Math.max(1, Math.round(rows * aspect * scale))
  const components = image.samples.type === 'rgb8' ? 3 : 1
  const means = blockMeans(samplesOf(image, bytes), columns, rows, width, height, components)
  const output = new Uint8Array(means.length)
  if (components === 3) output.set(means.map(Math.round))
  else {
    const mapping = greyMapping(image, frame, means)
    for (let index = 0; index < means.length; index++) output[index] = Math.round(greyOf(means[index] ?? 0, mapping))
  }
  return encodePng(output, width, height, components)
}

export function samplesOf(image: InstanceImage, bytes: Uint8Array<ArrayBuffer>): ArrayLike<number> {
  const { buffer, byteOffset, byteLength } = bytes
  switch (image.samples.type) {
    case 'uint8':
    case 'rgb8':
      return bytes
    case 'int8':
      return new Int8Array(buffer, byteOffset, byteLength)
    case 'uint16':
      return new Uint16Array(buffer, byteOffset, byteLength / 2)
    case 'int16':
      return new Int16Array(buffer, byteOffset, byteLength / 2)
    case 'uint32':
      return new Uint32Array(buffer, byteOffset, byteLength / 4)
    case 'int32':
      return new Int32Array(buffer, byteOffset, byteLength / 4)
    case 'float32':
      return new Float32Array(buffer, byteOffset, byteLength / 4)
    case 'float64':
      return new Float64Array(buffer, byteOffset, byteLength / 8)
  }
}

/** Each pixel of the thumbnail is the mean of the pixels that it covers: a picked one would show noise. */
export function blockMeans(
  samples: ArrayLike<number>,
  columns: number,
  rows: number,
  width: number,
  height: number,
  components: number,
): Float64Array {
  const means = new Float64Array(width * height * components)
  for (let y = 0, to = 0; y < height; y++) {
    const y0 = Math.floor((y * rows) / height)
    const y1 = Math.max(y0 + 1, Math.floor(((y + 1) * rows) / height))
    for (let x = 0; x < width; x++) {
      const x0 = Math.floor((x * columns) / width)
      const x1 = Math.max(x0 + 1, Math.floor(((x + 1) * columns) / width))
      for (let component = 0; component < components; component++, to++) {
        let sum = 0
        for (let row = y0; row < y1; row++) {
          for (let column = x0; column < x1; column++)
            sum += samples[(row * columns + column) * components + component] ?? 0
        }
        means[to] = sum / ((y1 - y0) * (x1 - x0))
      }
    }
  }
  return means
}

export function greyMapping(image: InstanceImage, frame: number, stored: Float64Array): GreyMapping {
  const { slope, intercept, windows } = frameOf(image, frame)
  const shape = image.voiFunction === 'SIGMOID' ? 'sigmoid' : 'linear'
  const common = { slope, intercept, inverted: image.samples.inverted, curve: image.voiLut, shape } as const
  const [window] = windows
  if (window !== undefined || image.voiLut !== null) {
    return { ...common, center: window?.center ?? 0, width: window?.width ?? 1 }
  }
  const meaningful = stored.filter((value) => Number.isFinite(value) && value !== image.pixelPaddingValue).sort()
  const cut = Math.floor(meaningful.length * PERCENTILE)
  const low = (meaningful[cut] ?? 0) * slope + intercept
  const high = (meaningful[meaningful.length - 1 - cut] ?? 0) * slope + intercept
  // Exactly from low to high: LINEAR_EXACT in the terms of LINEAR (PS3.3 C.11.2.1.3.2).
  return { ...common, shape: 'linear', center: (low + high) / 2 + 0.5, width: Math.abs(high - low) + 1 }
}
