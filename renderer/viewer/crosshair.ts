import { frameOf } from '#shared/imaging/frameOf.ts'
import type { ImagePoint } from '#shared/imaging/pointSpacing.ts'
import { dot, plus, times, type Vector3 } from '#shared/imaging/vector.ts'
import { normalOf, placed } from './planes.ts'
import { tiles, useSession } from './session.ts'
import type { Tile } from './tile.ts'

/** Where a point of a picture lies in the body. */
export function pointInBody(tile: Tile, [column, row]: ImagePoint): Vector3 | undefined {
  const own = tile.current && placed(tile.current)
  if (!own) return undefined
  const { plane, spacing } = own
  // Positions are those of pixel centres.
  const right = times(plane.rowDirection, (column - 0.5) * spacing[1])
  return plus(plus(plane.position, right), times(plane.columnDirection, (row - 0.5) * spacing[0]))
}

/** Shows the slice of a tile's stack that lies nearest to a point in the body. */
export function goNearest(tile: Tile, point: Vector3): void {
  const shown = tile.current && placed(tile.current)
  if (!shown) return
  const normal = normalOf(shown.plane)
  const wanted = dot(normal, point)
  let [best, least] = [tile.state.index, Number.POSITIVE_INFINITY]
  for (const [index, { image, frame }] of tile.state.stack.entries()) {
    const { plane } = frameOf(image, frame)
    const distance = plane ? Math.abs(dot(normal, plane.position) - wanted) : Number.POSITIVE_INFINITY
    if (distance < least) [best, least] = [index, distance]
  }
  tile.goTo(best)
}

/** Every other tile of the same frame of reference goes to the slice nearest to this point. */
export function aimAt(tile: Tile, point: ImagePoint): void {
  const own = tile.current && placed(tile.current)
  const there = pointInBody(tile, point)
  if (!own || !there) return
  const { rows, columns } = useSession.getState().layout
  for (const other of tiles.slice(0, rows * columns)) {
    const shown = other.current && placed(other.current)
    if (other === tile || !shown || shown.frameOfReferenceUID !== own.frameOfReferenceUID) continue
    goNearest(other, there)
  }
}
