import type { SavedMeasurement } from '#shared/contract/measurements.ts'
import { circleThrough, HEART_SCORE_VERTEBRAE } from '#shared/imaging/animalMeasures.ts'
import type { GraphicType } from './contentItem.ts'

type Point = readonly [number, number]

export interface Graphic {
  type: GraphicType
  points: readonly Point[]
}

/**
 * The shapes of a measurement, as SCOORD knows them, or SCOORD3D where it is told in the body. `aspect` is the height of a
 * pixel divided by its width.
 */
export function graphicsOf(
  { kind, points }: Pick<SavedMeasurement, 'kind' | 'points'>,
  aspect: number,
  inBody: boolean,
): Graphic[] {
  const [a, b, c, d] = points
  if (!a) return []
  const line = (...ends: (Point | undefined)[]): Graphic[] =>
    ends.every((end) => end !== undefined) ? [{ type: 'POLYLINE', points: ends as Point[] }] : []
  switch (kind) {
    case 'probe':
    case 'text':
      return [{ type: 'POINT', points: [a] }]
    case 'bidirectional':
    case 'cobb':
    case 'heartRatio':
      return [...line(a, b), ...line(c, d)]
    case 'plateau':
      return [...line(a, b), ...line(c, d)]
    case 'heartScore':
      return [...line(a, b), ...line(c, d), ...line(...points.slice(HEART_SCORE_VERTEBRAE))]
    case 'norberg': {
      const scale = { x: 1, y: aspect }
      const [one, two] = [circleThrough(points.slice(0, 3), scale), circleThrough(points.slice(3, 6), scale)]
      return [...line(one?.center, two?.center), ...line(one?.center, points[6]), ...line(two?.center, points[7])]
    }
    case 'rectangle':
      return b ? line(a, [b[0], a[1]], b, [a[0], b[1]], a) : []
    case 'freehand':
      return line(...points, a)
    case 'circle':
      return b ? circle(a, b, aspect, inBody) : []
    case 'ellipse': {
      if (!b) return []
      const [x, y] = [(a[0] + b[0]) / 2, (a[1] + b[1]) / 2]
      const [left, right, top, bottom] = [
        Math.min(a[0], b[0]),
        Math.max(a[0], b[0]),
        Math.min(a[1], b[1]),
        Math.max(a[1], b[1]),
      ]
      // Ends of the major, then of the minor axis.
      const lying: Point[] = [
        [left, y],
        [right, y],
      ]
      const standing: Point[] = [
        [x, top],
        [x, bottom],
      ]
      const isLying = right - left >= (bottom - top) * aspect
      return [{ type: 'ELLIPSE', points: isLying ? [...lying, ...standing] : [...standing, ...lying] }]
    }
    default:
      return line(...points)
  }
}

/** On pixels that are not square a circle in the body is an ellipse in the image; SCOORD3D has no circle. */
function circle(centre: Point, edge: Point, aspect: number, inBody: boolean): Graphic[] {
  if (!inBody && Math.abs(aspect - 1) < 1e-6) return [{ type: 'CIRCLE', points: [centre, edge] }]
  const wide = Math.hypot(edge[0] - centre[0], (edge[1] - centre[1]) * aspect)
  const tall = wide / aspect
  const [x, y] = centre
  const lying: Point[] = [
    [x - wide, y],
    [x + wide, y],
  ]
  const standing: Point[] = [
    [x, y - tall],
    [x, y + tall],
  ]
  return [{ type: 'ELLIPSE', points: [...lying, ...standing] }]
}
