import { expect, test } from 'vitest'
import type { ImagePlane, InstanceImage } from './instanceImage.ts'
import { measure } from './measurement.ts'
import { edgeLetters } from './orientationLetters.ts'
import type { ImagePoint } from './pointSpacing.ts'
import { type PlaneDirections, planesAlong, straightDirections } from './reformatPlanes.ts'
import { resample, resampleSlab } from './resample.ts'
import { cross, dot, minus, plus, times, turned, type Vector3 } from './vector.ts'
import { along, field, phantom, volumeOf } from './volumeFixture.ts'

const degrees = (angle: number) => (angle * Math.PI) / 180

/** Straight planes, turned first in the transverse, then in the sagittal picture. */
function turnedTwice(axis: 'transverse' | 'dorsal' | 'sagittal', first: number, second: number): PlaneDirections {
  const of = (vector: Vector3) => {
    const once = turned(vector, [0, 0, 1], degrees(first))
    return turned(once, turned([1, 0, 0], [0, 0, 1], degrees(first)), degrees(second))
  }
  const { row, column, through } = straightDirections(axis, false)
  return { row: of(row), column: of(column), through: of(through) }
}

test('every plane at an angle has the values of its place, and one goes through the point', () => {
  const volume = volumeOf(phantom({ positions: along(20, (at) => [-50, -40, 100 - 1.5 * at]) }))
  const point: Vector3 = [-41.3, -33.2, 87.7]
  let inside = 0
  for (const axis of ['transverse', 'dorsal', 'sagittal'] as const) {
    const directions = turnedTwice(axis, 23, -37)
    const { planes, ...size } = planesAlong(volume.geometry, axis, directions, point)
    const distances = planes.map(({ position }) => Math.abs(dot(directions.through, minus(position, point))))
    expect(Math.min(...distances)).toBeLessThan(1e-9)
    const target = new Float64Array(size.rows * size.columns)
    for (const plane of planes) {
      resample(volume, plane, size, Number.NaN, target)
      for (const [at, value] of target.entries()) {
        if (Number.isNaN(value)) continue
        inside += 1
        const column = times(plane.rowDirection, (at % size.columns) * size.pixel)
        const row = times(plane.columnDirection, Math.floor(at / size.columns) * size.pixel)
        expect(Math.abs(value - field(plus(plus(plane.position, column), row)))).toBeLessThan(0.001)
      }
    }
  }
  expect(inside).toBeGreaterThan(10_000)
})

/** Three small balls; the first is the corner of an angle. */
const balls: readonly Vector3[] = [
  [8, 6, 9],
  [15, 11, 17],
  [6.5, 13, 15],
]

test('lengths and angles between balls of known place are true on the plane through them', () => {
  const value = (place: Vector3) =>
    balls.reduce((sum, ball) => sum + 1000 * Math.exp(-(Math.hypot(...minus(place, ball)) ** 2) / 2), 0)
  const volume = volumeOf(phantom({ positions: along(34, (at) => [0, 0, 0.8 * at]), value }))
  const [corner, second, third] = balls as [Vector3, Vector3, Vector3]
  const one = minus(second, corner)
  const two = minus(third, corner)
  const row = times(one, 1 / Math.hypot(...one))
  const upright = cross(cross(one, two), one)
  const column = times(upright, 1 / Math.hypot(...upright))
  const directions = { row, column, through: cross(row, column) }
  const { planes, ...size } = planesAlong(volume.geometry, 'dorsal', directions, corner)
  const plane = planes.find(({ position }) => Math.abs(dot(directions.through, minus(position, corner))) < 1e-9)
  if (!plane) throw new Error('no plane through the balls')
  const target = new Float64Array(size.rows * size.columns)
  resample(volume, plane, size, Number.NaN, target)
  const found = balls.map((ball) => centreNear(ball, plane, size, target))
  const image = {
    ...{ rows: size.rows, columns: size.columns, ultrasoundRegions: [], spacingSource: 'pixel-spacing' },
    ...{ spacingNote: 'reformatted', pixelAspect: 1, samples: { type: 'float32', inverted: false } },
    perFrame: [{ plane, slope: 1, intercept: 0, windows: [], spacing: [size.pixel, size.pixel] }],
  } as unknown as InstanceImage
  const length = measure('length', [found[0] as ImagePoint, found[1] as ImagePoint], image, 0, undefined)
  const truth = Math.hypot(...one)
  expect(length?.kind === 'length' && Math.abs(length.length / truth - 1)).toBeLessThan(0.001)
  const angle = measure(
    'angle',
    [found[1] as ImagePoint, found[0] as ImagePoint, found[2] as ImagePoint],
    image,
    0,
    undefined,
  )
  const trueAngle = (Math.acos(dot(one, two) / (truth * Math.hypot(...two))) * 180) / Math.PI
  expect(angle?.kind === 'angle' && Math.abs(angle.degrees - trueAngle)).toBeLessThan(0.1)
})

/** The centre of mass of what lies within 2 mm of where the ball must be. */
function centreNear(
  ball: Vector3,
  { position, rowDirection, columnDirection }: ImagePlane,
  { rows, columns, pixel }: { rows: number; columns: number; pixel: number },
  values: Float64Array,
): ImagePoint {
  const off = minus(ball, position)
  const [x, y] = [dot(off, rowDirection) / pixel, dot(off, columnDirection) / pixel]
  let [sum, right, below] = [0, 0, 0]
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      const value = values[row * columns + column] ?? 0
      if (!(Math.hypot(column - x, row - y) * pixel < 3.5) || !(value > 0)) continue
      sum += value
      right += value * (column + 0.5)
      below += value * (row + 0.5)
    }
  }
  return [right / sum, below / sum]
}

test('a slab keeps its thickness in millimetres whatever the distance of the planes', () => {
  const volume = volumeOf(phantom({ positions: along(30, (at) => [0, 0, at]) }))
  const directions = turnedTwice('transverse', 30, 20)
  const point: Vector3 = [8, 8, 14]
  const { planes, step, ...size } = planesAlong(volume.geometry, 'transverse', directions, point)
  const plane = planes.find(({ position }) => Math.abs(dot(directions.through, minus(position, point))) < 1e-9)
  if (!plane) throw new Error('no plane through the point')
  // The field rises along its own direction: over a slab of t mm it differs by t times the share of that along the normal.
  const slope = Math.abs(dot(directions.through, [2, 3, 5]))
  const centre = minus(point, plane.position)
  const at =
    Math.round(dot(centre, plane.columnDirection) / size.pixel) * size.columns +
    Math.round(dot(centre, plane.rowDirection) / size.pixel)
  const of = (mode: 'mean' | 'max' | 'min', thickness: number) => {
    const target = new Float32Array(size.rows * size.columns)
    resampleSlab(volume, plane, size, Number.NaN, target, { mode, thickness, step })
    return target[at] ?? Number.NaN
  }
  for (const thickness of [3, 5, 10]) {
    const samples = Math.max(1, Math.round(thickness / step))
    const reach = (thickness / 2) * (1 - 1 / samples)
    expect(of('max', thickness) - of('mean', thickness)).toBeCloseTo(slope * reach, 2)
    expect(of('mean', thickness) - of('min', thickness)).toBeCloseTo(slope * reach, 2)
  }
})

test('the edges of a plane at an angle are named by all directions that they face', () => {
  const { row, column } = turnedTwice('dorsal', 30, 0)
  const plane = { position: [0, 0, 0], rowDirection: [...row], columnDirection: [...column] } as unknown as ImagePlane
  const image = { anatomicalOrientationType: 'BIPED', patientOrientation: [] } as unknown as InstanceImage
  const letters = edgeLetters(image, { plane }, { right: [1, 0], down: [0, 1] })
  expect(letters).toEqual({ right: 'LP', left: 'RA', top: 'H', bottom: 'F' })
})
