import type { MeasuredReformat } from '#shared/contract/measurements.ts'
import type { ImagePlane } from '#shared/imaging/instanceImage.ts'
import {
  type PlaneDirections,
  planesAlong,
  type ReformatAxis,
  type ReformatPlanes,
  reformatAxes,
  straightDirections,
} from '#shared/imaging/reformatPlanes.ts'
import { cross, dot, minus, plus, times, turned, type Vector3 } from '#shared/imaging/vector.ts'
import { type Camera, fitScale } from '../camera.ts'
import { goNearest } from '../crosshair.ts'
import { normalOf, placed } from '../planes.ts'
import { tiles, useSession } from '../session.ts'
import type { Tile } from '../tile.ts'
import { openVolume } from './mpr.ts'
import { noMpr, useMpr } from './mprState.ts'
import { type PlaneView, planeView, viewOf } from './planeView.ts'

type Directions = Readonly<Record<ReformatAxis, PlaneDirections>>

/** The tile that shows the planes of an axis. */
export function tileOf(axis: ReformatAxis): Tile | undefined {
  const { rows, columns } = useSession.getState().layout
  return tiles.slice(0, rows * columns).find(({ current }) => current?.image.reformat?.axis === axis)
}

/** Where the three planes that are shown meet; undefined unless all three are. */
export function meetingPoint(): Vector3 | undefined {
  const shown = reformatAxes.flatMap((axis) => {
    const { current } = tileOf(axis) ?? {}
    return (current && placed(current)) ?? []
  })
  if (shown.length < reformatAxes.length) return undefined
  // They stand at right angles to each other: each gives one coordinate of the point.
  return shown.reduce<Vector3>(
    (point, { plane }) => {
      const normal = normalOf(plane)
      return plus(point, times(normal, dot(normal, plane.position)))
    },
    [0, 0, 0],
  )
}

/** Holds the lines of the other planes in a tile, to be turned about the point where they meet. */
export interface Hold {
  /** From how they stood when they were taken, in radians, from the row to the column of the picture. */
  to(radians: number): void
  end(): void
}

export function holdLines(tile: Tile): Hold | undefined {
  const axis = tile.current?.image.reformat?.axis
  const point = meetingPoint()
  const start = directionsNow()
  if (!axis || !point || !start) return undefined
  let [wanted, applied, frame] = [0, 0, 0]
  const others = reformatAxes.filter((each) => each !== axis)
  const apply = () => {
    applied = wanted
    cut(turnedDirections(start, axis, wanted), point, others)
  }
  const step = () => {
    frame = 0
    if (wanted === applied) return
    // Each turn is seen before the next one is made: a hand that is faster than the machine never waits for what it left.
    if (others.every((each) => isSeen(tileOf(each)))) apply()
    frame = requestAnimationFrame(step)
  }
  return {
    to: (radians) => {
      wanted = radians
      if (frame === 0) step()
    },
    end: () => {
      cancelAnimationFrame(frame)
      if (wanted !== applied) apply()
    },
  }
}

/** Turns the lines of the other planes in this tile; false where there are none. */
export function turnLines(tile: Tile, degrees: number): boolean {
  const hold = holdLines(tile)
  hold?.to((degrees * Math.PI) / 180)
  hold?.end()
  return hold !== undefined
}

/** All planes along the axes of the body again, through where they met. */
export function straighten(): void {
  const open = openVolume()
  if (!open) return
  const point = meetingPoint()
  for (const axis of reformatAxes) {
    replace(planeView(open.maker, axis, straightDirections(axis, open.quadruped)), point)
  }
  useMpr.setState({ turned: noMpr.turned, lean: noMpr.lean })
}

/** Turns the planes so that one of them is the very plane on which something was measured. */
export function showPlane({ axis, position, rowDirection, columnDirection }: MeasuredReformat): void {
  const open = openVolume()
  if (!open) return
  const base = straightDirections(axis, open.quadruped)
  const sign = Math.sign(dot(cross(base.row, base.column), base.through))
  const own = { row: rowDirection, column: columnDirection, through: times(cross(rowDirection, columnDirection), sign) }
  // As the axis was turned, so are the others.
  const carried = (vector: Vector3): Vector3 =>
    plus(
      plus(times(own.row, dot(vector, base.row)), times(own.column, dot(vector, base.column))),
      times(own.through, dot(vector, base.through)),
    )
  const all = Object.fromEntries(
    reformatAxes.map((each) => {
      const { row, column, through } = straightDirections(each, open.quadruped)
      return [each, { row: carried(row), column: carried(column), through: carried(through) }]
    }),
  ) as unknown as Directions
  const met = meetingPoint() ?? position
  const point = plus(met, times(own.through, dot(own.through, minus(position, met))))
  cut(
    all,
    point,
    reformatAxes.filter((each) => each !== axis),
  )
  const exact = { position, rowDirection, columnDirection }
  replace(viewOf(open.maker, own, withPlane(planesAlong(open.maker.geometry, axis, own, point), exact, own)), point)
  tell()
}

/** The plane itself in place of the one that lies where it does: not even a rounding apart. */
function withPlane(planes: ReformatPlanes, exact: ImagePlane, { through }: PlaneDirections): ReformatPlanes {
  const distances = planes.planes.map(({ position }) => Math.abs(dot(through, minus(position, exact.position))))
  return { ...planes, planes: planes.planes.with(distances.indexOf(Math.min(...distances)), exact) }
}

function turnedDirections(start: Directions, about: ReformatAxis, radians: number): Directions {
  const normal = cross(start[about].row, start[about].column)
  const of = ({ row, column, through }: PlaneDirections): PlaneDirections => ({
    row: turned(row, normal, radians),
    column: turned(column, normal, radians),
    through: turned(through, normal, radians),
  })
  return Object.fromEntries(
    reformatAxes.map((axis) => [axis, axis === about ? start[axis] : of(start[axis])]),
  ) as unknown as Directions
}

function directionsNow(): Directions | undefined {
  const open = openVolume()
  return open && (Object.fromEntries(open.views.map((view) => [view.axis, view.directions])) as unknown as Directions)
}

function cut(directions: Directions, point: Vector3, axes: readonly ReformatAxis[]): void {
  const open = openVolume()
  if (!open) return
  for (const axis of axes) replace(planeView(open.maker, axis, directions[axis], point), point)
  tell()
}

/** Puts other planes in the place of those of an axis; its tile goes on showing the same place at the same size. */
function replace(next: PlaneView, point: Vector3 | undefined): void {
  const open = openVolume()
  const at = open?.views.findIndex(({ axis }) => axis === next.axis) ?? -1
  const before = open?.views[at]
  if (!open || !before) return
  open.views[at] = next
  for (const tile of tiles) {
    const { source } = tile.state
    if (source?.set.key !== before.set.key) continue
    tile.turn({ ...source, set: next.set }, point ? cameraFor(tile, next, point) : tile.state.camera)
    if (point) goNearest(tile, point)
  }
  before.end()
}

/** The point stays where it is on the screen, and a millimetre as long as it was. */
function cameraFor(tile: Tile, { reformatter: { image, planes }, directions }: PlaneView, point: Vector3): Camera {
  const { camera } = tile.state
  const own = tile.current && placed(tile.current)
  const canvas = tile.view?.canvas
  const [first] = planes.planes
  if (!own || !canvas || !first) return camera
  const scale = (size: { columns: number; rows: number }) => fitScale(canvas, size, 1, camera.rotation)
  const [pixel] = own.spacing
  const zoom = (camera.zoom * scale(own) * planes.pixel) / (scale(image) * pixel)
  // How far the middle of the tile lies from the point, in mm along rows and columns.
  const { plane } = own
  const met = minus(point, plane.position)
  const right = (camera.center[0] * own.columns - 0.5) * pixel - dot(met, plane.rowDirection)
  const below = (camera.center[1] * own.rows - 0.5) * pixel - dot(met, plane.columnDirection)
  const off = minus(point, first.position)
  const share = (mm: number, count: number) => (mm / planes.pixel + 0.5) / count
  const center = [
    share(dot(off, directions.row) + right, image.columns),
    share(dot(off, directions.column) + below, image.rows),
  ] as const
  return { ...camera, zoom, center }
}

/** A tile that is not on the screen keeps nobody waiting. */
function isSeen(tile: Tile | undefined): boolean {
  return tile?.view === undefined || tile.isDrawn || tile.state.status === 'message'
}

const degrees = (radians: number) => (radians * 180) / Math.PI
const QUARTER = 90

/** What the labels say. */
function tell(): void {
  const open = openVolume()
  if (!open) return
  const now = new Map(open.views.map((view) => [view.axis, view.directions]))
  const byAxis = (of: (own: PlaneDirections, axis: ReformatAxis) => number) =>
    Object.fromEntries(reformatAxes.map((axis) => [axis, at(now, axis, of)])) as Record<ReformatAxis, number>
  useMpr.setState({
    turned: byAxis(({ through }, axis) => {
      const base = straightDirections(axis, open.quadruped).through
      // Of a small angle its sine is sharper than its cosine.
      return degrees(Math.atan2(Math.hypot(...cross(base, through)), dot(base, through)))
    }),
    lean: byAxis(({ row, column }, axis) => {
      const other = reformatAxes.find((each) => each !== axis) ?? axis
      const across = now.get(other)?.through ?? row
      const angle = degrees(Math.atan2(dot(across, column), dot(across, row)))
      return angle - QUARTER * Math.round(angle / QUARTER)
    }),
  })
}

function at(
  now: ReadonlyMap<ReformatAxis, PlaneDirections>,
  axis: ReformatAxis,
  of: (own: PlaneDirections, axis: ReformatAxis) => number,
): number {
  const own = now.get(axis)
  return own ? of(own, axis) : 0
}
