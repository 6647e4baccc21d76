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

interface Directions {
  row: Vector3
  column: Vector3
  /** The way that slices count. */
  through: Vector3
}

/**
 * As radiologists hang people: from the right, from the front, from the feet. Animals on four legs (0010,2210) have y
 * dorsal and z cranial (PS3.3 C.7.6.2.1.1): their back is up, their head left in the sagittal plane.
 */
function directions(axis: ReformatAxis, quadruped: boolean): Directions {
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
  const { row, column, through } = directions(axis, quadruped)
  const { origin, rowDirection, columnDirection, normal, across, down, gap } = geometry
  const outer = corners(geometry).map((corner) => minus(corner, origin))
  const range = (direction: Vector3) => {
    const along = outer.map((corner) => dot(corner, direction))
    return [Math.min(...along), Math.max(...along)] as const
  }
  const [left, right] = range(row)
  const [top, bottom] = range(column)
  const [near, far] = range(through)
  const pixel = Math.max(Math.min(across, down, gap), (right - left) / MOST_PIXELS, (bottom - top) / MOST_PIXELS)
  // Slices fall on those of the stack where the axis runs along one of its own.
  const own = [
    { direction: rowDirection, spacing: across },
    { direction: columnDirection, spacing: down },
    { direction: normal, spacing: gap },
  ].sort((a, b) => Math.abs(dot(b.direction, through)) - Math.abs(dot(a.direction, through)))[0]
  const step = own?.spacing ?? gap
  const count = (length: number, by: number) => Math.max(1, Math.floor(length / by + 1e-6) + 1)
  const start = plus(origin, plus(plus(times(row, left), times(column, top)), times(through, near)))
  const planes = Array.from({ length: count(far - near, step) }, (_, at): ImagePlane => {
    const position = plus(start, times(through, at * step))
    return { position: [...position], rowDirection: [...row], columnDirection: [...column] }
  })
  return {
    ...{ axis, pixel, step, planes },
    columns: count(right - left, pixel),
    rows: count(bottom - top, pixel),
  }
}
