import type { DataSet } from 'dicom-parser'
import type { ImagePlane } from '#shared/imaging/instanceImage.ts'
import { decimals } from '../attributes.ts'

type Vector = [number, number, number]

/** Devices write direction cosines with four digits; beyond this they are no unit vectors at right angles. */
const TOLERANCE = 0.01
/** As far as four digits bend a right angle. */
const ROUNDED = 1e-4

const length = (v: Vector) => Math.hypot(v[0], v[1], v[2])
const dot = (a: Vector, b: Vector) => a[0] * b[0] + a[1] * b[1] + a[2] * b[2]
const cross = (a: Vector, b: Vector): Vector => [
  a[1] * b[2] - a[2] * b[1],
  a[2] * b[0] - a[0] * b[2],
  a[0] * b[1] - a[1] * b[0],
]

/** PS3.3 C.7.6.2.1.1, from the data set or items that hold position and orientation. */
export function imagePlane(position: DataSet | undefined, orientation: DataSet | undefined): ImagePlane | null {
  if (position === undefined || orientation === undefined) return null
  const [x, y, z, beyond] = decimals(position, 'x00200032')
  const cosines = decimals(orientation, 'x00200037')
  const [a, b, c, d, e, f] = cosines
  if (x === undefined || y === undefined || z === undefined || beyond !== undefined) return null
  if (a === undefined || b === undefined || c === undefined || cosines.length !== 6) return null
  if (d === undefined || e === undefined || f === undefined) return null
  const [row, column]: [Vector, Vector] = [
    [a, b, c],
    [d, e, f],
  ]
  const unit = Math.abs(length(row) - 1) < TOLERANCE && Math.abs(length(column) - 1) < TOLERANCE
  if (!unit || Math.abs(dot(row, column)) > TOLERANCE) return null
  return { position: [x, y, z], ...squared(unitOf(row), unitOf(column)) }
}

/** Rounded cosines are no unit vectors: whatever is counted along them would be too long or too short by a tenth of a percent. */
function unitOf(v: Vector): Vector {
  const size = length(v)
  return [v[0] / size, v[1] / size, v[2] / size]
}

/** What rounding bent is straightened; what was written askew stays so, for others to refuse. */
function squared(rowDirection: Vector, given: Vector): Pick<ImagePlane, 'rowDirection' | 'columnDirection'> {
  const askew = dot(rowDirection, given)
  if (Math.abs(askew) > ROUNDED) return { rowDirection, columnDirection: given }
  const [x, y, z] = rowDirection
  const columnDirection = unitOf([given[0] - askew * x, given[1] - askew * y, given[2] - askew * z])
  return { rowDirection, columnDirection }
}

/** The plane moved along its normal: frames of an object that gives offsets only (RT dose, reconstructed NM). */
export function shiftedPlane(plane: ImagePlane, alongNormalMm: number): ImagePlane {
  const normal = cross(plane.rowDirection, plane.columnDirection)
  const [x, y, z] = plane.position
  return {
    ...plane,
    position: [x + normal[0] * alongNormalMm, y + normal[1] * alongNormalMm, z + normal[2] * alongNormalMm],
  }
}
