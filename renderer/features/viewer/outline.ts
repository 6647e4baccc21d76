import { circleThrough, HEART_SCORE_VERTEBRAE } from '#shared/imaging/animalMeasures.ts'
import type { MeasurementKind } from '#shared/imaging/measuredValue.ts'
import { circleRadii } from '#shared/imaging/measurement.ts'
import type { ImagePoint } from '#shared/imaging/pointSpacing.ts'

const ROUND_STEPS = 72

/** The lines of a measurement in the image. `aspect` is the height of a pixel divided by its width. */
export function outline(kind: MeasurementKind, points: readonly ImagePoint[], aspect: number): ImagePoint[][] {
  const [a, b] = points
  if (!a || !b) return []
  switch (kind) {
    case 'ellipse': {
      const centre: ImagePoint = [(a[0] + b[0]) / 2, (a[1] + b[1]) / 2]
      return [round(centre, Math.abs(b[0] - a[0]) / 2, Math.abs(b[1] - a[1]) / 2)]
    }
    case 'circle':
      return [round(a, ...circleRadii(a, b, { x: 1, y: aspect }))]
    case 'rectangle':
      return [[a, [b[0], a[1]], b, [a[0], b[1]], a]]
    case 'freehand':
      return [[...points, a]]
    case 'heartScore':
      return [points.slice(0, 2), points.slice(2, 4), points.slice(HEART_SCORE_VERTEBRAE)].filter(isLine)
    case 'norberg':
      return norbergLines(points, aspect)
    case 'plateau':
    case 'bidirectional':
    case 'cobb':
    case 'heartRatio':
      return [points.slice(0, 2), points.slice(2, 4)].filter(isLine)
    default:
      return [[...points]]
  }
}

const isLine = (line: readonly ImagePoint[]) => line.length >= 2

/** The edges of the femoral heads as far as they are marked, and the sides of both angles. */
function norbergLines(points: readonly ImagePoint[], aspect: number): ImagePoint[][] {
  const scale = { x: 1, y: aspect }
  const heads = [points.slice(0, 3), points.slice(3, 6)]
  const circles = heads.map((head) => circleThrough(head, scale))
  const [one, two] = circles
  const marked = heads.flatMap((head, at) => {
    const circle = circles[at]
    return circle ? [round(circle.center, circle.radius, circle.radius / aspect)] : isLine(head) ? [head] : []
  })
  const sides: (ImagePoint | undefined)[][] = [
    [one?.center, two?.center],
    [one?.center, points[6]],
    [two?.center, points[7]],
  ]
  const drawn = sides.flatMap(([from, to]) => (from && to ? [[from, to]] : []))
  return [...marked, ...drawn]
}

function round(centre: ImagePoint, radiusX: number, radiusY: number): ImagePoint[] {
  return Array.from({ length: ROUND_STEPS + 1 }, (_, step): ImagePoint => {
    const angle = (2 * Math.PI * step) / ROUND_STEPS
    return [centre[0] + radiusX * Math.cos(angle), centre[1] + radiusY * Math.sin(angle)]
  })
}

/** Points that can be taken hold of; a freehand line moves as a whole, a key image has none. */
export function handles(kind: MeasurementKind, points: readonly ImagePoint[]): readonly ImagePoint[] {
  return kind === 'freehand' || kind === 'keyImage' ? [] : points
}
