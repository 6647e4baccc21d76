import type { StackFrame } from '#shared/imaging/displaySets.ts'
import { frameOf } from '#shared/imaging/frameOf.ts'
import type { ImagePlane } from '#shared/imaging/instanceImage.ts'
import type { ImagePoint } from '#shared/imaging/pointSpacing.ts'
import { cross, dot, minus, type Vector3 as Vector } from '#shared/imaging/vector.ts'

export function normalOf({ rowDirection: r, columnDirection: c }: ImagePlane): Vector {
  return cross(r, c)
}

/** A picture whose place in the patient is known. */
export interface Placed {
  plane: ImagePlane
  /** mm between rows, mm between columns. */
  spacing: readonly [number, number]
  rows: number
  columns: number
  frameOfReferenceUID: string
}

export function placed({ image, frame }: StackFrame): Placed | undefined {
  const { plane, spacing } = frameOf(image, frame)
  const { rows, columns, frameOfReferenceUID } = image
  if (!plane || !spacing || frameOfReferenceUID === '') return undefined
  return { plane, spacing, rows, columns, frameOfReferenceUID }
}

/** Cosine of ten degrees: stacks further apart than that do not show the same slices. */
const PARALLEL = 0.985

export function isParallel(a: ImagePlane, b: ImagePlane): boolean {
  return Math.abs(dot(normalOf(a), normalOf(b))) > PARALLEL
}

/** Of parallel planes: whether their stacks count the same way. */
export function facesSame(a: ImagePlane, b: ImagePlane): boolean {
  return dot(normalOf(a), normalOf(b)) > 0
}

/** How far a plane lies along a direction. */
export function depthAlong(direction: Vector, { position }: ImagePlane): number {
  return dot(direction, position)
}

/**
 * Where the picture `other` cuts the picture `on`: the ends of that line in image coordinates of `on` (0,0 = outer
 * corner of the first pixel), within both pictures. Undefined where they do not meet, or lie in the same direction.
 */
export function crossing(on: Placed, other: Placed): [ImagePoint, ImagePoint] | undefined {
  if (on.frameOfReferenceUID !== other.frameOfReferenceUID || isParallel(on.plane, other.plane)) return undefined
  const normal = normalOf(other.plane)
  const { plane, spacing } = on
  // The plane of `other` as a line in pixels of `on`: a x + b y = c. Positions are those of pixel centres.
  const a = dot(normal, plane.rowDirection) * spacing[1]
  const b = dot(normal, plane.columnDirection) * spacing[0]
  const c = dot(normal, minus(other.plane.position, plane.position))
  const size = a * a + b * b
  if (!(size > 0)) return undefined
  const start: ImagePoint = [(a * c) / size, (b * c) / size]
  const length = Math.sqrt(size)
  const step: ImagePoint = [-b / length, a / length]
  const range = { from: Number.NEGATIVE_INFINITY, to: Number.POSITIVE_INFINITY }
  within(range, start[0], step[0], -0.5, on.columns - 0.5)
  within(range, start[1], step[1], -0.5, on.rows - 0.5)
  const to3 = (point: ImagePoint, origin: Vector): Vector =>
    [0, 1, 2].map(
      (axis) =>
        (origin[axis] ?? 0) +
        point[0] * spacing[1] * (plane.rowDirection[axis] ?? 0) +
        point[1] * spacing[0] * (plane.columnDirection[axis] ?? 0),
    ) as unknown as Vector
  const begin = minus(to3(start, plane.position), other.plane.position)
  const along = to3(step, [0, 0, 0])
  const { rowDirection, columnDirection } = other.plane
  const [down, across] = other.spacing
  within(range, dot(begin, rowDirection) / across, dot(along, rowDirection) / across, -0.5, other.columns - 0.5)
  within(range, dot(begin, columnDirection) / down, dot(along, columnDirection) / down, -0.5, other.rows - 0.5)
  if (!(range.from < range.to)) return undefined
  const at = (t: number): ImagePoint => [start[0] + t * step[0] + 0.5, start[1] + t * step[1] + 0.5]
  return [at(range.from), at(range.to)]
}

/** Narrows the range of t to where `value + t * slope` lies between two bounds. */
function within(range: { from: number; to: number }, value: number, slope: number, low: number, high: number): void {
  if (Math.abs(slope) < 1e-9) {
    if (value < low || value > high) range.to = Number.NEGATIVE_INFINITY
    return
  }
  const [first, second] = [(low - value) / slope, (high - value) / slope]
  range.from = Math.max(range.from, Math.min(first, second))
  range.to = Math.min(range.to, Math.max(first, second))
}
