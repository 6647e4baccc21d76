import { heartScore, norbergAngles, plateauAngle } from './animalMeasures.ts'
import { areaStatistics, ellipseRegion, polygonArea, polygonRegion, type Region } from './areaStatistics.ts'
import { pixelAspectOf } from './frameOf.ts'
import type { InstanceImage } from './instanceImage.ts'
import { type MeasuredArea, type MeasuredValue, type MeasurementKind, pointsOf } from './measuredValue.ts'
import { paddingRange } from './paddingRange.ts'
import { type ImagePoint, type PointSpacing, pointSpacing } from './pointSpacing.ts'
import { toModality, valueUnit } from './valueUnit.ts'

/** Stored value at an index of the interleaved samples. */
export type Samples = ArrayLike<number>

/** `knownMm` is what the person said of a calibration's line. */
export function measure(
  kind: MeasurementKind,
  points: readonly ImagePoint[],
  image: InstanceImage,
  frame: number,
  samples: Samples | undefined,
  knownMm = 0,
): MeasuredValue | undefined {
  const [a, b, c, d] = points
  if (!a || points.length < pointsOf[kind]) return undefined
  const spacing = pointSpacing(image, frame, points)
  const { unit, source } = spacing
  switch (kind) {
    case 'probe':
      return probe(a, image, frame, samples)
    case 'arrow':
    case 'text':
    case 'keyImage':
      return { kind }
    case 'length':
      return b && { kind, length: distance(a, b, spacing), unit, source }
    case 'calibration':
      return b && { kind, pixels: distance(a, b, { x: 1, y: pixelAspectOf(image, frame) }), knownMm }
    case 'angle':
      return b && c && { kind, degrees: degreesBetween(b, a, b, c, spacing) }
    case 'cobb': {
      if (!b || !c || !d) return undefined
      const degrees = degreesBetween(a, b, c, d, spacing)
      // Lines have no direction: the smaller angle is meant.
      return { kind, degrees: Math.min(degrees, 180 - degrees) }
    }
    case 'bidirectional':
      return b && c && d && { kind, long: distance(a, b, spacing), short: distance(c, d, spacing), unit, source }
    case 'heartRatio':
      return b && c && d && { kind, heart: distance(a, b, spacing), thorax: distance(c, d, spacing), unit, source }
    case 'heartScore': {
      const found = heartScore(points, spacing)
      return found && { kind, ...found, unit, source }
    }
    case 'norberg': {
      const angles = norbergAngles(points, spacing)
      return angles && { kind, ...angles }
    }
    case 'plateau': {
      const degrees = plateauAngle(points, spacing)
      return degrees === undefined ? undefined : { kind, degrees }
    }
    case 'freehand':
      return area(
        { kind, region: polygonRegion(points), squarePixels: polygonArea(points) },
        spacing,
        image,
        frame,
        samples,
      )
    case 'rectangle':
    case 'ellipse':
    case 'circle':
      return b && area(shapeOf(kind, a, b, spacing), spacing, image, frame, samples)
  }
}

type Scale = Pick<PointSpacing, 'x' | 'y'>

function distance(a: ImagePoint, b: ImagePoint, { x, y }: Scale): number {
  return Math.hypot((b[0] - a[0]) * x, (b[1] - a[1]) * y)
}

/** Between the directions from-to and start-end. */
function degreesBetween(from: ImagePoint, to: ImagePoint, start: ImagePoint, end: ImagePoint, { x, y }: Scale): number {
  const one = [(to[0] - from[0]) * x, (to[1] - from[1]) * y] as const
  const two = [(end[0] - start[0]) * x, (end[1] - start[1]) * y] as const
  const cross = one[0] * two[1] - one[1] * two[0]
  const dot = one[0] * two[0] + one[1] * two[1]
  return (Math.abs(Math.atan2(cross, dot)) * 180) / Math.PI
}

interface Shape {
  kind: MeasuredArea['kind']
  region: Region
  squarePixels: number
}

function shapeOf(kind: 'rectangle' | 'ellipse' | 'circle', a: ImagePoint, b: ImagePoint, spacing: Scale): Shape {
  if (kind === 'circle') {
    const [radiusX, radiusY] = circleRadii(a, b, spacing)
    return { kind, region: ellipseRegion(a, radiusX, radiusY), squarePixels: Math.PI * radiusX * radiusY }
  }
  const half = [Math.abs(b[0] - a[0]) / 2, Math.abs(b[1] - a[1]) / 2] as const
  const centre = [(a[0] + b[0]) / 2, (a[1] + b[1]) / 2] as const
  if (kind === 'ellipse') {
    return { kind, region: ellipseRegion(centre, half[0], half[1]), squarePixels: Math.PI * half[0] * half[1] }
  }
  const corners: ImagePoint[] = [a, [b[0], a[1]], b, [a[0], b[1]]]
  return { kind, region: polygonRegion(corners), squarePixels: 4 * half[0] * half[1] }
}

/** In columns and in rows: on pixels that are not square a circle is wider in one than in the other. */
export function circleRadii(centre: ImagePoint, edge: ImagePoint, spacing: Scale): [number, number] {
  const radius = distance(centre, edge, spacing)
  return [radius / spacing.x, radius / spacing.y]
}

function area(
  { kind, region, squarePixels }: Shape,
  spacing: PointSpacing,
  image: InstanceImage,
  frame: number,
  samples: Samples | undefined,
): MeasuredArea {
  const padding = paddingRange(image)
  let paddingPixels = 0
  const counted = (stored: number) => {
    // PS3.3 C.7.5.1.1.2: padding fills the matrix and says nothing of the patient.
    if (!padding || stored < padding.min || stored > padding.max) return toModality(image, frame, stored)
    paddingPixels += 1
    return Number.NaN
  }
  const found =
    samples && image.samples.type !== 'rgb8' && squarePixels > 0
      ? areaStatistics(region, image, (index) => counted(samples[index] ?? Number.NaN))
      : undefined
  const { pixels = 0, ...statistics } = found ?? {}
  return {
    kind,
    area: squarePixels * spacing.x * spacing.y,
    areaUnit: spacing.unit === 'mm' ? 'mm²' : 'px²',
    source: spacing.source,
    pixels,
    ...(paddingPixels > 0 ? { paddingPixels } : {}),
    statistics: found ? (statistics as NonNullable<MeasuredArea['statistics']>) : null,
    unit: valueUnit(image),
    ...uptake(image),
  }
}

function probe(at: ImagePoint, image: InstanceImage, frame: number, samples: Samples | undefined): MeasuredValue {
  const column = Math.floor(at[0])
  const row = Math.floor(at[1])
  const inside = column >= 0 && row >= 0 && column < image.columns && row < image.rows
  const components = image.samples.type === 'rgb8' ? 3 : 1
  const values: (number | null)[] = []
  if (inside && samples) {
    const start = (row * image.columns + column) * components
    for (let i = 0; i < components; i++) {
      const value = valueAt(image, frame, samples[start + i])
      values.push(Number.isFinite(value) ? value : null)
    }
  }
  return { kind: 'probe', column, row, values, unit: valueUnit(image), ...uptake(image) }
}

/** What lies outside the volume that a picture was made of has no value. */
function valueAt(image: InstanceImage, frame: number, stored = Number.NaN): number {
  if (image.reformat && stored === image.pixelPaddingValue) return Number.NaN
  return toModality(image, frame, stored)
}

function uptake({ suv }: InstanceImage): Pick<MeasuredArea, 'suv'> {
  if (!suv) return {}
  const { bodyWeight, leanBody, bodySurface } = suv
  return { suv: { bodyWeight, leanBody, bodySurface } }
}
