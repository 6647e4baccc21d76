import type { FrameImage, InstanceImage } from './instanceImage.ts'

/** What is said of one frame (from 0): its own entry, else the last one, which all further frames share. */
export function frameOf(image: InstanceImage, frame: number): FrameImage {
  const found = image.perFrame[frame] ?? image.perFrame.at(-1)
  if (!found) throw new RangeError('an image without frames')
  return found
}

/** Factor by which the height of a pixel exceeds its width: from the spacing where known, else from (0028,0034). */
export function pixelAspectOf(image: InstanceImage, frame: number): number {
  const spacing = frameOf(image, frame).spacing
  const aspect = spacing ? spacing[0] / spacing[1] : image.pixelAspect
  return Number.isFinite(aspect) && aspect > 0 ? aspect : 1
}

/** Bytes of one frame as delivered. */
export function frameBytes(image: InstanceImage): number {
  return image.rows * image.columns * bytesPerSample[image.samples.type]
}

/** As delivered. */
export const bytesPerSample = {
  uint8: 1,
  int8: 1,
  uint16: 2,
  int16: 2,
  uint32: 4,
  int32: 4,
  float32: 4,
  float64: 8,
  rgb8: 3,
} as const
