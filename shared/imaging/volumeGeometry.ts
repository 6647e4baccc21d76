import type { StackFrame } from './displaySets.ts'
import { frameOf } from './frameOf.ts'
import { number } from './measurementText.ts'
import { cross, dot, minus, type Vector3 } from './vector.ts'

/** Where the pixels of a stack lie, as one volume. Slices are ordered along the normal. */
export interface VolumeGeometry {
  columns: number
  rows: number
  /** Place in the stack of each slice. */
  order: readonly number[]
  rowDirection: Vector3
  columnDirection: Vector3
  normal: Vector3
  /** mm between columns, mm between rows. */
  across: number
  down: number
  /** Centre of the first pixel of the first slice. */
  origin: Vector3
  /** Of each slice along the normal, from the first one, in mm. */
  depths: readonly number[]
  /** How far slices are shifted along rows and columns for each mm of depth: a tilted gantry. */
  shift: readonly [number, number]
  /** The usual distance of slices. */
  gap: number
  frameOfReferenceUID: string
  /** What was corrected, as sentences. */
  notices: readonly string[]
  /** Samples of this range are no values of the body; an empty range: those that are not a number. */
  padding?: { min: number; max: number }
}

const LEAST_SLICES = 4
/** Cosine of a fifth of a degree. */
const PARALLEL = 0.999994
/** A distance this many times the usual one means that slices are missing. */
const MISSING = 2.6
/** Distances that differ by more than this share are told. */
const UNEVEN = 0.02

/** The geometry, or a sentence that says why this stack is no volume. */
export function volumeGeometry(stack: readonly StackFrame[]): VolumeGeometry | string {
  const [first] = stack
  if (!first || stack.length < LEAST_SLICES)
    return `A volume takes ${LEAST_SLICES} slices or more; this stack has ${stack.length}.`
  if (stack.some(({ image }) => image.obstacle !== null)) return 'Some images of this stack cannot be shown.'
  if (stack.some(({ image }) => image.samples.type === 'rgb8')) return 'Colour images make no volume here.'
  const planes = stack.map(({ image, frame }) => ({ image, ...frameOf(image, frame) }))
  const [{ plane: base, spacing } = { plane: null, spacing: null }] = planes
  if (!base || !spacing) return 'The images do not say where they lie in the body.'
  const { rowDirection, columnDirection } = base
  const normal = cross(rowDirection, columnDirection)
  if (Math.abs(dot(normal, normal) - 1) > 0.01 || Math.abs(dot(rowDirection, columnDirection)) > 0.001)
    return 'The directions of rows and columns in the file are not at a right angle.'
  for (const { image, plane, spacing: own } of planes) {
    if (!plane || !own) return 'Some images do not say where they lie in the body.'
    if (image.rows !== first.image.rows || image.columns !== first.image.columns)
      return 'The images of this stack have different sizes.'
    if (image.samples.type !== first.image.samples.type)
      return 'The images of this stack have different kinds of values.'
    if (image.frameOfReferenceUID !== first.image.frameOfReferenceUID)
      return 'The images belong to different examinations of space (frames of reference).'
    if (Math.abs(own[0] / spacing[0] - 1) > 0.001 || Math.abs(own[1] / spacing[1] - 1) > 0.001)
      return 'The images of this stack have different pixel sizes.'
    if (dot(plane.rowDirection, rowDirection) < PARALLEL || dot(plane.columnDirection, columnDirection) < PARALLEL)
      return 'The images of this stack lie at different angles.'
  }
  const positions = planes.map(({ plane }): Vector3 => plane?.position ?? [0, 0, 0])
  return stacked(positions, {
    ...{ columns: first.image.columns, rows: first.image.rows, across: spacing[1], down: spacing[0] },
    ...{ rowDirection, columnDirection, normal, frameOfReferenceUID: first.image.frameOfReferenceUID },
  })
}

type Flat = Omit<VolumeGeometry, 'order' | 'origin' | 'depths' | 'shift' | 'gap' | 'notices'>

function stacked(positions: readonly Vector3[], flat: Flat): VolumeGeometry | string {
  const { normal, rowDirection, columnDirection, across, down } = flat
  const order = [...positions.keys()].sort((a, b) => depthOf(a) - depthOf(b))
  function depthOf(at: number): number {
    return dot(normal, positions[at] ?? [0, 0, 0])
  }
  const sorted = order.map((at): Vector3 => positions[at] ?? [0, 0, 0])
  const origin = sorted[0] ?? [0, 0, 0]
  const steps = sorted.map((position) => minus(position, origin))
  const depths = steps.map((step) => dot(normal, step))
  const gaps = depths.slice(1).map((depth, at) => depth - (depths[at] ?? 0))
  const gap = [...gaps].sort((a, b) => a - b)[gaps.length >> 1] ?? 0
  const least = Math.min(...gaps)
  const largest = Math.max(...gaps)
  if (!(gap > 1e-4) || least < gap * 0.05)
    return 'Several images lie at the same place: the stack holds more than one pass, or moments in time.'
  if (largest > gap * MISSING) {
    const at = gaps.indexOf(largest)
    return `Slices are missing: ${number(largest)} mm lie between images ${(order[at] ?? 0) + 1} and ${(order[at + 1] ?? 0) + 1}, where ${number(gap)} mm are usual.`
  }
  const depth = depths.at(-1) ?? 1
  const last = steps.at(-1) ?? [0, 0, 0]
  const shift = [dot(rowDirection, last) / depth, dot(columnDirection, last) / depth] as const
  const strays = steps.some((step, at) => {
    const off = depths[at] ?? 0
    const [x, y] = [dot(rowDirection, step) - shift[0] * off, dot(columnDirection, step) - shift[1] * off]
    return Math.abs(x) > across / 2 || Math.abs(y) > down / 2
  })
  if (strays) return 'The images are shifted against each other unevenly; together they make no volume.'
  const tilt = (Math.atan(Math.hypot(...shift)) * 180) / Math.PI
  const notices = [
    tilt > 0.1 ? `Tilted gantry, ${tilt.toFixed(1)}°, corrected` : '',
    largest - least > gap * UNEVEN ? `Slices ${number(least)} to ${number(largest)} mm apart, placed as they lie` : '',
  ].filter(Boolean)
  return { ...flat, order, origin, depths, shift, gap, notices }
}
