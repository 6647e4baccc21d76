import { type Affine, apply } from '../../viewer/camera.ts'
import type { Measurement } from '../../viewer/measurements.ts'

export type Point = readonly [number, number]

export interface Hit {
  measurement: Measurement
  /** Which point; undefined = the measurement as a whole. */
  handle: number | undefined
}

const HANDLE_PX = 9
const LINE_PX = 6

/** What lies under the pointer, in CSS pixels; handles before lines, the newest measurement before older ones. */
export function hitTest(at: Point, measurements: readonly Measurement[], imageToCanvas: Affine): Hit | undefined {
  const newestFirst = [...measurements].reverse()
  for (const measurement of newestFirst) {
    const points = measurement.points.map((point) => apply(imageToCanvas, point))
    const handle = points.findIndex((point) => Math.hypot(point[0] - at[0], point[1] - at[1]) <= HANDLE_PX)
    if (handle >= 0) return { measurement, handle }
  }
  for (const measurement of newestFirst) {
    const points = measurement.points.map((point) => apply(imageToCanvas, point))
    if (distanceTo(at, measurement.kind, points) <= LINE_PX) return { measurement, handle: undefined }
  }
  return undefined
}

function distanceTo(at: Point, kind: Measurement['kind'], points: Point[]): number {
  const [a, b, c] = points
  if (!a || !b) return Number.POSITIVE_INFINITY
  if (kind === 'ellipse') return distanceToEllipse(at, a, b)
  const first = distanceToSegment(at, a, b)
  return c ? Math.min(first, distanceToSegment(at, b, c)) : first
}

export function distanceToSegment(at: Point, a: Point, b: Point): number {
  const [dx, dy] = [b[0] - a[0], b[1] - a[1]]
  const length = dx * dx + dy * dy
  const along = length === 0 ? 0 : Math.min(1, Math.max(0, ((at[0] - a[0]) * dx + (at[1] - a[1]) * dy) / length))
  return Math.hypot(at[0] - a[0] - along * dx, at[1] - a[1] - along * dy)
}

/** Near enough for a pointer: along the ray from the centre. */
function distanceToEllipse(at: Point, a: Point, b: Point): number {
  const radius = [Math.abs(b[0] - a[0]) / 2, Math.abs(b[1] - a[1]) / 2] as const
  const from = [at[0] - (a[0] + b[0]) / 2, at[1] - (a[1] + b[1]) / 2] as const
  if (radius[0] < 1 || radius[1] < 1) return Number.POSITIVE_INFINITY
  const share = Math.hypot(from[0] / radius[0], from[1] / radius[1])
  if (share === 0) return Math.min(...radius)
  return Math.abs(1 - 1 / share) * Math.hypot(...from)
}
