import { frameOf } from './frameOf.ts'
import type { InstanceImage } from './instanceImage.ts'
import { type ImagePoint, pointSpacing } from './pointSpacing.ts'

export type MeasurementKind = 'length' | 'angle' | 'ellipse' | 'probe'

/** How many points each kind is made of. An angle is end, apex, end; an ellipse two opposite corners of its box. */
export const pointsOf: Record<MeasurementKind, number> = { length: 2, angle: 3, ellipse: 2, probe: 1 }

export type MeasuredValue =
  | { kind: 'length'; length: number; unit: 'mm' | 'px'; source: string }
  | { kind: 'angle'; degrees: number }
  | { kind: 'probe'; column: number; row: number; values: number[]; unit: string }
  | {
      kind: 'ellipse'
      area: number
      areaUnit: 'mm²' | 'px²'
      source: string
      pixels: number
      /** Of the values in `unit`; null for colour and where no pixel centre lies inside. */
      statistics: { mean: number; deviation: number; min: number; max: number } | null
      unit: string
    }

/** Stored value at an index of the interleaved samples. */
export type Samples = ArrayLike<number>

/** PS3.3 C.11.1.1.2: Rescale Type; `US` means unspecified. */
export function valueUnit(image: InstanceImage): string {
  return image.samples.type === 'rgb8' || image.rescaleType === 'US' ? '' : image.rescaleType
}

export function measure(
  kind: MeasurementKind,
  points: readonly ImagePoint[],
  image: InstanceImage,
  frame: number,
  samples: Samples | undefined,
): MeasuredValue | undefined {
  if (points.length < pointsOf[kind]) return undefined
  const [a, b, c] = points
  if (!a) return undefined
  if (kind === 'probe') return probe(a, image, frame, samples)
  if (!b) return undefined
  if (kind === 'length') {
    const spacing = pointSpacing(image, frame, [a, b])
    const length = Math.hypot((b[0] - a[0]) * spacing.x, (b[1] - a[1]) * spacing.y)
    return { kind, length, unit: spacing.unit, source: spacing.source }
  }
  if (kind === 'ellipse') return ellipse(a, b, image, frame, samples)
  return c ? angle(a, b, c, image, frame) : undefined
}

function angle(a: ImagePoint, apex: ImagePoint, c: ImagePoint, image: InstanceImage, frame: number): MeasuredValue {
  const spacing = pointSpacing(image, frame, [a, apex, c])
  const one = [(a[0] - apex[0]) * spacing.x, (a[1] - apex[1]) * spacing.y] as const
  const two = [(c[0] - apex[0]) * spacing.x, (c[1] - apex[1]) * spacing.y] as const
  const cross = one[0] * two[1] - one[1] * two[0]
  const dot = one[0] * two[0] + one[1] * two[1]
  const degrees = (Math.abs(Math.atan2(cross, dot)) * 180) / Math.PI
  return { kind: 'angle', degrees }
}

function probe(at: ImagePoint, image: InstanceImage, frame: number, samples: Samples | undefined): MeasuredValue {
  const column = Math.floor(at[0])
  const row = Math.floor(at[1])
  const inside = column >= 0 && row >= 0 && column < image.columns && row < image.rows
  const components = image.samples.type === 'rgb8' ? 3 : 1
  const values: number[] = []
  if (inside && samples) {
    const start = (row * image.columns + column) * components
    for (let i = 0; i < components; i++) values.push(toModality(image, frame, samples[start + i] ?? Number.NaN))
  }
  return { kind: 'probe', column, row, values, unit: valueUnit(image) }
}

function toModality(image: InstanceImage, frame: number, stored: number): number {
  if (image.samples.type === 'rgb8') return stored
  const { slope, intercept } = frameOf(image, frame)
  return (stored * slope + intercept) * (image.doseGridScaling ?? 1)
}

/** Pixels whose centre lies in the ellipse inscribed in the box a-b. Deviation is that of the population. */
function ellipse(
  a: ImagePoint,
  b: ImagePoint,
  image: InstanceImage,
  frame: number,
  samples: Samples | undefined,
): MeasuredValue {
  const spacing = pointSpacing(image, frame, [a, b])
  const radius = [Math.abs(b[0] - a[0]) / 2, Math.abs(b[1] - a[1]) / 2] as const
  const centre = [(a[0] + b[0]) / 2, (a[1] + b[1]) / 2] as const
  const shape = {
    kind: 'ellipse',
    area: Math.PI * radius[0] * radius[1] * spacing.x * spacing.y,
    areaUnit: spacing.unit === 'mm' ? 'mm²' : 'px²',
    source: spacing.source,
    unit: valueUnit(image),
  } as const
  const none = { ...shape, pixels: 0, statistics: null }
  if (!samples || image.samples.type === 'rgb8' || radius[0] === 0 || radius[1] === 0) return none
  let pixels = 0
  let mean = 0
  let squares = 0
  let min = Number.POSITIVE_INFINITY
  let max = Number.NEGATIVE_INFINITY
  const firstRow = Math.max(0, Math.floor(centre[1] - radius[1]))
  const lastRow = Math.min(image.rows - 1, Math.ceil(centre[1] + radius[1]))
  const firstColumn = Math.max(0, Math.floor(centre[0] - radius[0]))
  const lastColumn = Math.min(image.columns - 1, Math.ceil(centre[0] + radius[0]))
  for (let row = firstRow; row <= lastRow; row++) {
    const dy = (row + 0.5 - centre[1]) / radius[1]
    for (let column = firstColumn; column <= lastColumn; column++) {
      const dx = (column + 0.5 - centre[0]) / radius[0]
      if (dx * dx + dy * dy > 1) continue
      const value = toModality(image, frame, samples[row * image.columns + column] ?? Number.NaN)
      if (!Number.isFinite(value)) continue
      pixels++
      // Welford: no loss of digits for large values with little spread.
      const difference = value - mean
      mean += difference / pixels
      squares += difference * (value - mean)
      if (value < min) min = value
      if (value > max) max = value
    }
  }
  if (pixels === 0) return none
  return { ...shape, pixels, statistics: { mean, deviation: Math.sqrt(squares / pixels), min, max } }
}
