import { type MeasurementKind, pointsOf } from '#shared/imaging/measuredValue.ts'
import type { ImagePoint } from '#shared/imaging/pointSpacing.ts'

/** In pixels of the image. */
const ONE_PLACE = 0.25

/** Lines between these points: one without a length measures nothing. */
const LINES: Partial<Record<MeasurementKind, readonly (readonly [number, number])[]>> = {
  ...{
    length: [[0, 1]],
    arrow: [[0, 1]],
    calibration: [[0, 1]],
    ellipse: [[0, 1]],
    rectangle: [[0, 1]],
    circle: [[0, 1]],
  },
  angle: [
    [0, 1],
    [1, 2],
  ],
  bidirectional: [[0, 1]],
  cobb: [
    [0, 1],
    [2, 3],
  ],
  heartRatio: [
    [0, 1],
    [2, 3],
  ],
}

/** Whether both ends of one of its lines lie at one place: nobody measures that, and 0.00 mm would stay. */
export function isCollapsed(kind: MeasurementKind, points: readonly ImagePoint[]): boolean {
  if (kind === 'freehand') return points.length < pointsOf.freehand
  // The first two landmarks of the others, so that a click twice at one place begins nothing.
  const lines = LINES[kind] ?? (pointsOf[kind] > 1 ? [[0, 1] as const] : [])
  return lines.some(([from, to]) => {
    const [a, b] = [points[from], points[to]]
    return !a || !b || Math.hypot(a[0] - b[0], a[1] - b[1]) < ONE_PLACE
  })
}
