import { pixelAspectOf } from './frameOf.ts'
import type { InstanceImage } from './instanceImage.ts'
import { number } from './measurementText.ts'
import type { ImagePoint } from './pointSpacing.ts'

/**
 * The image with the scale that a person set by a line of known length. It holds for all frames and takes the place of
 * what the file says, ultrasound regions too; the shape of a pixel stays.
 */
export function calibratedImage(image: InstanceImage, points: readonly ImagePoint[], knownMm: number): InstanceImage {
  const [a, b] = points
  if (!a || !b || !(knownMm > 0)) return image
  const aspect = pixelAspectOf(image, 0)
  const widths = Math.hypot(b[0] - a[0], (b[1] - a[1]) * aspect)
  if (!(widths > 0)) return image
  const millimetres = knownMm / widths
  return {
    ...image,
    spacingSource: 'calibrated',
    spacingNote: `here by a line of ${number(knownMm)} mm`,
    ultrasoundRegions: [],
    perFrame: image.perFrame.map((frame) => ({ ...frame, spacing: [millimetres * aspect, millimetres] })),
  }
}
