import type { InstanceImage, SpacingSource } from '#shared/imaging/instanceImage.ts'
import { pointSpacing } from '#shared/imaging/pointSpacing.ts'
import { type Affine, inverse } from '../../viewer/camera.ts'

const MOST_PX = 140

/** Of a projection the millimetres hold in one plane only, and a bar must not say more than a length does. */
const notes: Partial<Record<SpacingSource, string>> = {
  detector: 'at detector',
  film: 'on film',
  calibrated: 'calibrated',
}

/** The longest round length that is no more than `mostPx` across the screen, there, and what it says. */
export function scaleOf(
  image: InstanceImage,
  frame: number,
  imageToCanvas: Affine,
  mostPx = MOST_PX,
): { px: number; mm: number; text: string } | undefined {
  if (image.rows === 0 || severalScales(image)) return undefined
  const { unit, x, y } = pointSpacing(image, frame, [middleOf(image)])
  if (unit !== 'mm') return undefined
  const [columns, rows] = inverse(imageToCanvas)
  const mmPerPx = Math.hypot(columns * x, rows * y)
  const most = mostPx * mmPerPx
  if (!Number.isFinite(most) || most <= 0) return undefined
  const power = 10 ** Math.floor(Math.log10(most))
  const mm = ([5, 2, 1].find((each) => each * power <= most) ?? 1) * power
  const length = mm >= 10 ? `${mm / 10} cm` : `${Number(mm.toPrecision(1))} mm`
  // A mammogram is measured in the breast already.
  const note = image.spacingNote.startsWith('corrected') ? '' : notes[image.spacingSource]
  return { px: mm / mmPerPx, mm, text: [length, note].filter(Boolean).join(' ') }
}

/** The middle of what has a scale: of an ultrasound image its largest region. */
function middleOf({ columns, rows, ultrasoundRegions }: InstanceImage): readonly [number, number] {
  const [largest] = [...ultrasoundRegions].sort((a, b) => areaOf(b) - areaOf(a))
  return largest ? [(largest.x0 + largest.x1) / 2, (largest.y0 + largest.y1) / 2] : [columns / 2, rows / 2]
}

const areaOf = ({ x0, y0, x1, y1 }: InstanceImage['ultrasoundRegions'][number]) => (x1 - x0) * (y1 - y0)

/** Beside an image of tissue one of flow may stand whose pixels are seconds: one bar would be wrong for one of them. */
function severalScales({ ultrasoundRegions: [first, ...others] }: InstanceImage): boolean {
  return others.some(
    ({ mmPerPixelX, mmPerPixelY }) => mmPerPixelX !== first?.mmPerPixelX || mmPerPixelY !== first.mmPerPixelY,
  )
}
