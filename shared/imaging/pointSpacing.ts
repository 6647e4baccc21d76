import { frameOf, pixelAspectOf } from './frameOf.ts'
import type { InstanceImage } from './instanceImage.ts'

/**
 * Image coordinates: column, row; 0,0 is the outer corner of the first pixel, so the centre of pixel i is i + 0.5
 * (as SCOORD of PS3.3 C.18.6 counts).
 */
export type ImagePoint = readonly [number, number]

/** What a step of one pixel is worth between the points of a measurement. */
export interface PointSpacing {
  unit: 'mm' | 'px'
  /** Units per pixel across and down. In px only their ratio is known: a px is the width of a pixel, both ways. */
  x: number
  y: number
  /** Where the millimetres come from, to stand beside the value. */
  source: string
}

const sourceNames: Record<InstanceImage['spacingSource'], string> = {
  'pixel-spacing': 'pixel spacing',
  detector: 'at detector',
  film: 'on the scanned film',
  calibrated: 'calibrated',
  'ultrasound-region': 'ultrasound region',
  none: 'no spacing',
}

/**
 * Millimetres only where the file proves them for every point. In an ultrasound image each region has its own scale
 * (PS3.3 C.8.5.5): points in two regions, or outside all of them, have no common length and stay in pixels.
 */
export function pointSpacing(image: InstanceImage, frame: number, points: readonly ImagePoint[]): PointSpacing {
  const pixels = (reason: string): PointSpacing => {
    const y = pixelAspectOf(image, frame)
    // Of pixels that are not square the reader must know which side is counted.
    return { unit: 'px', x: 1, y, source: y === 1 ? reason : `${reason}, px are pixel widths` }
  }
  if (image.ultrasoundRegions.length > 0) {
    const region = regionOf(image, points)
    if (region === 'several') return pixels('across ultrasound regions')
    if (!region) return pixels('outside ultrasound regions')
    if (region.mmPerPixelX === null || region.mmPerPixelY === null) return pixels('region is not a length')
    return { unit: 'mm', x: region.mmPerPixelX, y: region.mmPerPixelY, source: 'ultrasound region' }
  }
  const spacing = frameOf(image, frame).spacing
  if (!spacing || image.spacingSource === 'none' || !(spacing[0] > 0) || !(spacing[1] > 0)) return pixels('no spacing')
  const joint = image.spacingNote.startsWith('here ') ? ' ' : ', '
  const note = [sourceNames[image.spacingSource], image.spacingNote].filter(Boolean).join(joint)
  return { unit: 'mm', x: spacing[1], y: spacing[0], source: note }
}

function regionOf(image: InstanceImage, points: readonly ImagePoint[]) {
  const regions = points.map(([x, y]) => {
    const inside = image.ultrasoundRegions.filter(
      (region) => x >= region.x0 && x <= region.x1 + 1 && y >= region.y0 && y <= region.y1 + 1,
    )
    // Regions may overlap; the smallest is the most particular one.
    return inside.sort((a, b) => area(a) - area(b))[0]
  })
  const first = regions[0]
  if (regions.every((region) => region === first)) return first
  return 'several' as const
}

function area(region: InstanceImage['ultrasoundRegions'][number]): number {
  return (region.x1 - region.x0) * (region.y1 - region.y0)
}
