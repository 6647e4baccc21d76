import type { FindingShape } from '#shared/contract/reports.ts'
import type { StackFrame } from '#shared/imaging/displaySets.ts'
import type { ImagePoint } from '#shared/imaging/pointSpacing.ts'
import { dot, minus } from '#shared/imaging/vector.ts'
import { normalOf, placed } from './planes.ts'

/** Further from the plane a shape of the body is not on this picture. mm. */
const NEAR_MM = 0.75
const ROUND_STEPS = 64

/** The lines of a shape on a picture, in its coordinates; undefined where it lies elsewhere. */
export function shapeOn(shape: FindingShape, item: StackFrame): ImagePoint[] | undefined {
  const points =
    shape.frameOfReferenceUID === ''
      ? shape.instanceId === item.instanceId && shape.frame === item.frame
        ? shape.points.map(([x = 0, y = 0]): ImagePoint => [x, y])
        : undefined
      : inBody(shape, item)
  return points && drawn(shape.type, points)
}

function inBody({ points, frameOfReferenceUID }: FindingShape, item: StackFrame): ImagePoint[] | undefined {
  const here = placed(item)
  if (here?.frameOfReferenceUID !== frameOfReferenceUID) return undefined
  const { plane, spacing } = here
  const normal = normalOf(plane)
  const offsets = points.map(([x = 0, y = 0, z = 0]) => minus([x, y, z], plane.position))
  if (offsets.some((offset) => Math.abs(dot(normal, offset)) > NEAR_MM)) return undefined
  return offsets.map(
    (offset): ImagePoint => [
      dot(plane.rowDirection, offset) / spacing[1] + 0.5,
      dot(plane.columnDirection, offset) / spacing[0] + 0.5,
    ],
  )
}

function drawn(type: FindingShape['type'], points: readonly ImagePoint[]): ImagePoint[] {
  const [a, b, c, d] = points
  if (type === 'CIRCLE' && a && b) {
    const radius = Math.hypot(b[0] - a[0], b[1] - a[1])
    return round(a, [radius, 0], [0, radius])
  }
  if (type === 'ELLIPSE' && a && b && c && d) {
    const centre: ImagePoint = [(a[0] + b[0]) / 2, (a[1] + b[1]) / 2]
    return round(centre, [(b[0] - a[0]) / 2, (b[1] - a[1]) / 2], [(d[0] - c[0]) / 2, (d[1] - c[1]) / 2])
  }
  return type === 'POLYGON' && a ? [...points, a] : [...points]
}

function round(centre: ImagePoint, major: ImagePoint, minor: ImagePoint): ImagePoint[] {
  return Array.from({ length: ROUND_STEPS + 1 }, (_, step): ImagePoint => {
    const [cosine, sine] = [Math.cos((2 * Math.PI * step) / ROUND_STEPS), Math.sin((2 * Math.PI * step) / ROUND_STEPS)]
    return [centre[0] + major[0] * cosine + minor[0] * sine, centre[1] + major[1] * cosine + minor[1] * sine]
  })
}
