import type { ImagePlane } from './instanceImage.ts'
import { dot, minus, plus, times, type Vector3 } from './vector.ts'
import type { VolumeGeometry } from './volumeGeometry.ts'

export const reformatAxes = ['transverse', 'dorsal', 'sagittal'] as const
export type ReformatAxis = (typeof reformatAxes)[number]

/** The slices of a volume along one axis of the body, all of one size. */
export interface ReformatPlanes {
  axis: ReformatAxis
  rows: number
  columns: number
  /** mm a pixel, both ways. */
  pixel: number
  /** mm between slices. */
  step: number
  planes: readonly ImagePlane[]
}

const MOST_PIXELS = 1024

export interface PlaneDirections {
  row: Vector3
  column: Vector3
  /** The way that slices count. */
  through: Vector3
}

/**
 * As radiologists hang people: from the right, from the front, from the feet. Animals on four legs (0010,2210) have y
 * dorsal and z cranial (PS3.3 C.7.6.2.1.1): their back is up, their head left in the sagittal plane.
 */
export function straightDirections(axis: ReformatAxis, quadruped: boolean): PlaneDirections {
  const up: Vector3 = [0, 0, -1]
  const back: Vector3 = quadruped ? [0, -1, 0] : [0, 1, 0]
  switch (axis) {
    case 'transverse':
      return { row: [1, 0, 0], column: back, through: [0, 0, -1] }
    case 'dorsal':
      return { row: [1, 0, 0], column: up, through: back }
    case 'sagittal':
      return quadruped
        ? { row: [0, 0, -1], column: back, through: [1, 0, 0] }
        : { row: [0, 1, 0], column: up, through: [1, 0, 0] }
  }
}

/** The eight outermost pixel centres. */
function corners(geometry: VolumeGeometry): Vector3[] {
  const { origin, rowDirection, columnDirection, normal, across, down, columns, rows, depths, shift } = geometry
  const depth = depths.at(-1) ?? 0
  return [0, columns - 1].flatMap((i) =>
    [0, rows - 1].flatMap((j) =>
      [0, depth].map((d) => {
        const inPlane = plus(
          times(rowDirection, i * across + shift[0] * d),
          times(columnDirection, j * down + shift[1] * d),
        )
        return plus(plus(origin, inPlane), times(normal, d))
      }),
    ),
  )
}

export function reformatPlanes(geometry: VolumeGeometry, axis: ReformatAxis, quadruped: boolean): ReformatPlanes {
  return planesAlong(geometry, axis, straightDirections(axis, quadruped))
}

/** All planes of a direction that meet the volume; where a point is given, one of them goes through it. */
export function planesAlong(
  geometry: VolumeGeometry,
  axis: ReformatAxis,
  { row, column, through }: PlaneDirections,
  point?: Vector3,
): ReformatPlanes {
  const { origin, across, down, gap } = geometry
  const outer = corners(geometry).map((corner) => minus(corner, origin))
  const range = (direction: Vector3) => {
    const along = outer.map((corner) => dot(corner, direction))
    return [Math.min(...along), Math.max(...along)] as const
  }
  const [left, right] = range(row)
  const [top, bottom] = range(column)
  const [near, far] = range(through)
  const pixel = Math.max(Math.min(across, down, gap), (right - left) / MOST_PIXELS, (bottom - top) / MOST_PIXELS)
  const step = stepAlong(geometry, through, point !== undefined)
  const count = (length: number, by: number) => Math.max(1, Math.floor(length / by + 1e-6) + 1)
  // Where the planes through the point begin.
  const ahead = point ? dot(minus(point, origin), through) - near : 0
  const from = near + ahead - Math.floor(ahead / step + 1e-6) * step
  const start = plus(origin, plus(times(row, left), times(column, top)))
  const planes = Array.from({ length: count(far - from, step) }, (_, at): ImagePlane => {
    const position = plus(start, times(through, from + at * step))
    return { position: [...position], rowDirection: [...row], columnDirection: [...column] }
  })
  return {
    ...{ axis, pixel, step, planes },
    columns: count(right - left, pixel),
    rows: count(bottom - top, pixel),
  }
}

/**
 * Straight planes fall on the slices of the stack where their axis runs along one of its own. At an angle no sample of the
 * volume may fall between two of them.
 */
function stepAlong(geometry: VolumeGeometry, through: Vector3, oblique: boolean): number {
  const { rowDirection, columnDirection, normal, across, down, gap } = geometry
  const own = [
    { share: dot(rowDirection, through), spacing: across },
    { share: dot(columnDirection, through), spacing: down },
    { share: dot(normal, through), spacing: gap },
  ]
  if (oblique) return 1 / Math.hypot(...own.map(({ share, spacing }) => share / spacing))
  return own.sort((a, b) => Math.abs(b.share) - Math.abs(a.share))[0]?.spacing ?? gap
}
