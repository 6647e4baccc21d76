import type { ImagePoint } from '#shared/imaging/pointSpacing.ts'
import { type ReformatAxis, reformatAxes } from '#shared/imaging/reformatPlanes.ts'
import { cross, dot, minus } from '#shared/imaging/vector.ts'
import { apply } from '../../../viewer/camera.ts'
import { meetingPoint, tileOf } from '../../../viewer/mpr/turn.ts'
import { crossing, normalOf, placed } from '../../../viewer/planes.ts'
import type { Tile } from '../../../viewer/tile.ts'
import type { Point } from '../hitTest.ts'

/** Of the shorter side of the tile, from where the lines meet. */
const REACH = 0.36
/** From the edge of the tile, where the letters of the body stand. */
const MARGIN_PX = 36
const LEAST_PX = 28
export const HANDLE_PX = 10

export interface LineHandle {
  axis: ReformatAxis
  at: Point
}

export interface LineHandles {
  /** Where the lines meet, in pixels of the image. */
  middle: ImagePoint
  handles: readonly LineHandle[]
}

/** What the lines of the other planes are held by in this tile; undefined where it has none. */
export function lineHandles(tile: Tile): LineHandles | undefined {
  const own = tile.current && placed(tile.current)
  const axis = tile.current?.image.reformat?.axis
  const { imageToCanvas } = tile.state
  const box = tile.view?.element
  const point = meetingPoint()
  if (!own || !axis || !imageToCanvas || !box || !point) return undefined
  const { plane, spacing } = own
  const off = minus(point, plane.position)
  const middle: ImagePoint = [
    dot(off, plane.rowDirection) / spacing[1] + 0.5,
    dot(off, plane.columnDirection) / spacing[0] + 0.5,
  ]
  const centre = apply(imageToCanvas, middle)
  const size = [box.clientWidth, box.clientHeight] as const
  const handles = reformatAxes.flatMap((other): LineHandle[] => {
    const shown = tileOf(other)?.current
    const crossed = other === axis ? undefined : shown && placed(shown)
    if (!crossed) return []
    const way = cross(normalOf(plane), normalOf(crossed.plane))
    const step: ImagePoint = [
      middle[0] + dot(way, plane.rowDirection) / spacing[1],
      middle[1] + dot(way, plane.columnDirection) / spacing[0],
    ]
    const there = apply(imageToCanvas, step)
    const direction = [there[0] - centre[0], there[1] - centre[1]] as const
    const ends = crossing(own, crossed)?.map((end) => apply(imageToCanvas, end)) ?? []
    return [1, -1].flatMap((sign) => {
      const at = along(centre, [sign * direction[0], sign * direction[1]], size, ends)
      return at ? [{ axis: other, at }] : []
    })
  })
  return { middle, handles }
}

/** As far along the line as it is drawn, and the tile has room. */
function along([x, y]: Point, [dx, dy]: Point, [width, height]: Point, ends: readonly Point[]): Point | undefined {
  const length = Math.hypot(dx, dy)
  if (!(length > 0)) return undefined
  const [ux, uy] = [dx / length, dy / length]
  const room = (from: number, step: number, size: number) =>
    Math.abs(step) < 1e-6 ? Number.POSITIVE_INFINITY : ((step > 0 ? size - MARGIN_PX : MARGIN_PX) - from) / step
  const reach = Math.min(REACH * Math.min(width, height), room(x, ux, width), room(y, uy, height))
  if (reach < LEAST_PX) return undefined
  if (ends.length === 0) return [x + ux * reach, y + uy * reach]
  const drawn = Math.max(...ends.map(([endX, endY]) => (endX - x) * ux + (endY - y) * uy))
  const held = Math.min(reach, Math.max(LEAST_PX, drawn))
  return [x + ux * held, y + uy * held]
}

export function handleAt(tile: Tile, at: Point): LineHandle | undefined {
  return lineHandles(tile)?.handles.find((each) => Math.hypot(each.at[0] - at[0], each.at[1] - at[1]) <= HANDLE_PX)
}
