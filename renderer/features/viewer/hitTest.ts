import { type Affine, apply } from '../../viewer/camera.ts'
import type { Measurement } from '../../viewer/measurements.ts'
import type { LabelBox } from './labels.ts'
import { handles, outline } from './outline.ts'

export type Point = readonly [number, number]

export interface Hit {
  measurement: Measurement
  /** Which point, or its words; undefined = the measurement as a whole. */
  handle: number | 'label' | undefined
}

const HANDLE_PX = 9
const LINE_PX = 6

interface HitOptions {
  aspectOf?(item: Measurement): number
  labels?: readonly LabelBox[]
  /** A finger is this many times as wide as the point of a mouse. */
  reach?: number
}

/**
 * What lies under the pointer, in CSS pixels: handles before words before lines, the newest measurement before older
 * ones.
 */
export function hitTest(
  at: Point,
  measurements: readonly Measurement[],
  imageToCanvas: Affine,
  { aspectOf = () => 1, labels = [], reach = 1 }: HitOptions = {},
): Hit | undefined {
  const newestFirst = measurements.filter(({ hidden }) => !hidden).reverse()
  for (const measurement of newestFirst) {
    const points = handles(measurement.kind, measurement.points).map((point) => apply(imageToCanvas, point))
    const handle = points.findIndex((point) => Math.hypot(point[0] - at[0], point[1] - at[1]) <= HANDLE_PX * reach)
    if (handle >= 0) return { measurement, handle }
  }
  for (const { id, left, right, top, bottom } of labels) {
    const measurement = newestFirst.find((each) => each.id === id)
    const inside = at[0] >= left && at[0] <= right && at[1] >= top && at[1] <= bottom
    if (measurement && inside) return { measurement, handle: 'label' }
  }
  for (const measurement of newestFirst) {
    const lines = outline(measurement.kind, measurement.points, aspectOf(measurement))
    const near = lines.some((line) => distanceToLine(at, line, imageToCanvas) <= LINE_PX * reach)
    if (near) return { measurement, handle: undefined }
  }
  return undefined
}

function distanceToLine(at: Point, line: readonly Point[], imageToCanvas: Affine): number {
  const points = line.map((point) => apply(imageToCanvas, point))
  return points.slice(1).reduce((least, point, index) => {
    const from = points[index] ?? point
    return Math.min(least, distanceToSegment(at, from, point))
  }, Number.POSITIVE_INFINITY)
}

export function distanceToSegment(at: Point, a: Point, b: Point): number {
  const [dx, dy] = [b[0] - a[0], b[1] - a[1]]
  const length = dx * dx + dy * dy
  const along = length === 0 ? 0 : Math.min(1, Math.max(0, ((at[0] - a[0]) * dx + (at[1] - a[1]) * dy) / length))
  return Math.hypot(at[0] - a[0] - along * dx, at[1] - a[1] - along * dy)
}
