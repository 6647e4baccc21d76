import { frameOf, pixelAspectOf } from '#shared/imaging/frameOf.ts'
import type { InstanceImage } from '#shared/imaging/instanceImage.ts'
import { paddingRange } from '#shared/imaging/paddingRange.ts'
import { type GreyMapping, greyOf, type WindowShape } from '#shared/imaging/windowLut.ts'
import { blockMeans, greyMapping, samplesOf } from './thumbnail.ts'

/** A picture for programs that know nothing of DICOM. */
export interface PictureRequest {
  format: 'image/jpeg' | 'image/png'
  /** Pixels that it has to fit into; its own size where they are not given. */
  width?: number
  height?: number
  /** Of the image, in its own pixels; the rest of it where width or height are not given. */
  part?: { x: number; y: number; width?: number; height?: number }
  /** In place of the one of the image. */
  window?: { center: number; width: number; shape: WindowShape }
  /** Of JPEG, 1 to 100. */
  quality?: number
}

export interface Picture {
  samples: Uint8Array
  width: number
  height: number
  components: 1 | 3
}

/** Beyond this a picture is no picture. */
const PIXELS_MAX = 64 * 1024 * 1024
const SIDE_FOR_PERCENTILES = 256

/** The frame with its window applied, pixels square; each pixel is the mean of those that it covers. */
export function drawPicture(
  image: InstanceImage,
  frame: number,
  bytes: Uint8Array<ArrayBuffer>,
  request: PictureRequest,
): Picture {
  const { rows, columns } = image
  const samples = samplesOf(image, bytes)
  const part = partOf(request.part, columns, rows)
  const aspect = Math.min(8, Math.max(1 / 8, pixelAspectOf(image, frame)))
  const wanted = Math.min(
    (request.width ?? part.width) / part.width,
    (request.height ?? Infinity) / (part.height * aspect),
  )
  const most = Math.sqrt(PIXELS_MAX / (part.width * part.height * aspect))
  const scale = Math.min(wanted, most)
  const width = Math.max(1, Math.round(part.width * scale))
  const height = Math.max(1, Math.round(part.height * aspect * scale))
  const components = image.samples.type === 'rgb8' ? 3 : 1
  const grey = components === 1 ? mappingOf(image, frame, samples, request) : undefined
  const output = new Uint8Array(width * height * components)
  const padding = paddingRange(image)
  for (let y = 0, to = 0; y < height; y += 1) {
    const top = part.y + Math.floor((y * part.height) / height)
    const bottom = Math.max(top + 1, part.y + Math.floor(((y + 1) * part.height) / height))
    for (let x = 0; x < width; x += 1) {
      const left = part.x + Math.floor((x * part.width) / width)
      const right = Math.max(left + 1, part.x + Math.floor(((x + 1) * part.width) / width))
      for (let component = 0; component < components; component += 1, to += 1) {
        const mean = meanOf(samples, columns, components, component, { left, right, top, bottom }, padding)
        output[to] = Math.round(grey ? greyOf(mean, grey) : mean)
      }
    }
  }
  return { samples: output, width, height, components }
}

function mappingOf(
  image: InstanceImage,
  frame: number,
  samples: ArrayLike<number>,
  { window }: PictureRequest,
): GreyMapping {
  const { columns, rows } = image
  const padding = paddingRange(image)
  if (window) {
    const { slope, intercept } = frameOf(image, frame)
    return { ...window, slope, intercept, inverted: image.samples.inverted, curve: null, padding }
  }
  const [wide, high] = [Math.min(columns, SIDE_FOR_PERCENTILES), Math.min(rows, SIDE_FOR_PERCENTILES)]
  return { ...greyMapping(image, frame, blockMeans(samples, columns, rows, wide, high, 1)), padding }
}

interface Box {
  left: number
  right: number
  top: number
  bottom: number
}

/** What lies outside the image is not mixed with what lies inside. */
function meanOf(
  samples: ArrayLike<number>,
  columns: number,
  components: number,
  component: number,
  { left, right, top, bottom }: Box,
  padding: { min: number; max: number } | undefined,
): number {
  let sum = 0
  let count = 0
  let outside = 0
  for (let row = top; row < bottom; row += 1) {
    for (let column = left; column < right; column += 1) {
      const value = samples[(row * columns + column) * components + component] ?? 0
      if (padding && value >= padding.min && value <= padding.max) outside = value
      else {
        sum += value
        count += 1
      }
    }
  }
  return count === 0 ? outside : sum / count
}

function partOf(part: PictureRequest['part'], columns: number, rows: number) {
  const x = Math.min(columns - 1, Math.floor(part?.x ?? 0))
  const y = Math.min(rows - 1, Math.floor(part?.y ?? 0))
  const side = (wanted: number | undefined, most: number) => Math.max(1, Math.min(most, Math.floor(wanted ?? most)))
  return { x, y, width: side(part?.width, columns - x), height: side(part?.height, rows - y) }
}
