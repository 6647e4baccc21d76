import { expect, test } from 'vitest'
import type { ImagePlane, InstanceImage } from './instanceImage.ts'
import { reducedGeometry, reducedSlice, volumeMemory } from './reducedVolume.ts'
import { reformatAxes, reformatPlanes } from './reformatPlanes.ts'
import { resample, resampleSlab, type VolumeData } from './resample.ts'
import { cross, dot, minus, plus, times, type Vector3 } from './vector.ts'
import { along, COLUMNS, field, phantom, ROWS, volumeOf } from './volumeFixture.ts'
import { type VolumeGeometry, volumeGeometry } from './volumeGeometry.ts'

/** Largest difference from the field in all planes of all axes, and how many pixels lay inside. */
function largestError(volume: VolumeData): { error: number; inside: number } {
  let [error, inside] = [0, 0]
  for (const axis of reformatAxes) {
    const { planes, ...size } = reformatPlanes(volume.geometry, axis, false)
    const target = new Float64Array(size.rows * size.columns)
    for (const plane of planes) {
      resample(volume, plane, size, Number.NaN, target)
      for (const [at, value] of target.entries()) {
        if (Number.isNaN(value)) continue
        inside += 1
        const column = times(plane.rowDirection, (at % size.columns) * size.pixel)
        const row = times(plane.columnDirection, Math.floor(at / size.columns) * size.pixel)
        error = Math.max(error, Math.abs(value - field(plus(plus(plane.position, column), row))))
      }
    }
  }
  return { error, inside }
}

test('every plane of a straight volume has the values of its place, to the last digit of a float', () => {
  const volume = volumeOf(phantom({ positions: along(20, (at) => [-50, -40, 100 - 1.5 * at]) }))
  const { error, inside } = largestError(volume)
  expect(error).toBeLessThan(0.001)
  expect(inside).toBeGreaterThan(20_000)
})

test('a tilted gantry is corrected and said', () => {
  // Slices lie 20 degrees to the way of the table.
  const [sine, cosine] = [Math.sin((20 * Math.PI) / 180), Math.cos((20 * Math.PI) / 180)]
  const made = phantom({ columnDirection: [0, cosine, -sine], positions: along(20, (at) => [0, 0, 2 * at]) })
  const volume = volumeOf(made)
  expect(volume.geometry.notices).toEqual(['Tilted gantry, 20.0°, corrected'])
  expect(largestError(volume).error).toBeLessThan(0.001)
})

test('slices at uneven distances are placed as they lie and said', () => {
  const depths = [0, 2, 4, 7, 10, 13, 15, 17]
  const volume = volumeOf(phantom({ positions: depths.map((z): Vector3 => [0, 0, z]) }))
  expect(volume.geometry.notices).toEqual(['Slices 2 to 3 mm apart, placed as they lie'])
  expect(largestError(volume).error).toBeLessThan(0.001)
})

test('an oblique stack is cut along the axes of the body', () => {
  const row: Vector3 = [Math.SQRT1_2, Math.SQRT1_2, 0]
  const column: Vector3 = [0, 0, -1]
  const normal = cross(row, column)
  const volume = volumeOf(
    phantom({ rowDirection: row, columnDirection: column, positions: along(24, (at) => times(normal, 1.2 * at)) }),
  )
  const { error, inside } = largestError(volume)
  expect(error).toBeLessThan(0.001)
  expect(inside).toBeGreaterThan(5000)
})

test('the order of the images does not matter', () => {
  const positions = along(12, (at): Vector3 => [0, 0, 3 * ((at * 5) % 12)])
  expect(largestError(volumeOf(phantom({ positions }))).error).toBeLessThan(0.001)
})

test('a length between two known places is the same in every plane', () => {
  const volume = volumeOf(phantom({ positions: along(40, (at) => [3, 5, 7 + 1.25 * at]) }))
  for (const axis of reformatAxes) {
    const { planes, pixel, columns, rows } = reformatPlanes(volume.geometry, axis, false)
    const [plane] = planes
    if (!plane) throw new Error('no plane')
    const end = plus(
      plane.position,
      plus(times(plane.rowDirection, (columns - 1) * pixel), times(plane.columnDirection, (rows - 1) * pixel)),
    )
    const way = minus(end, plane.position)
    expect(Math.hypot(...way)).toBeCloseTo(Math.hypot((columns - 1) * pixel, (rows - 1) * pixel), 9)
    expect(dot(way, cross(plane.rowDirection, plane.columnDirection))).toBeCloseTo(0, 9)
  }
})

test('a slab has the largest, smallest and mean value of its thickness', () => {
  const volume = volumeOf(phantom({ positions: along(20, (at) => [0, 0, at]) }))
  const { planes, step, ...size } = reformatPlanes(volume.geometry, 'transverse', false)
  const plane = planes[10]
  if (!plane) throw new Error('no plane')
  const middle = field(plane.position)
  const of = (mode: 'mean' | 'max' | 'min') => {
    const target = new Float32Array(size.rows * size.columns)
    resampleSlab(volume, plane, size, Number.NaN, target, { mode, thickness: 5, step })
    return target[0] ?? Number.NaN
  }
  expect(of('mean')).toBeCloseTo(middle, 3)
  expect(of('max')).toBeCloseTo(middle + 10, 3)
  expect(of('min')).toBeCloseTo(middle - 10, 3)
})

const refused = (made: ReturnType<typeof phantom>) => made.geometry

test('what is no volume is refused with the reason', () => {
  const even = (at: number): Vector3 => [0, 0, 2 * at]
  expect(refused(phantom({ positions: along(3, even) }))).toMatch(/4 slices or more; this stack has 3/)
  expect(refused(phantom({ positions: along(10, (at) => [0, 0, 2 * (at % 5)]) }))).toMatch(/more than one pass/)
  expect(refused(phantom({ positions: along(10, (at) => [0, 0, 2 * at + (at > 5 ? 9 : 0)]) }))).toMatch(
    /Slices are missing: 11 mm lie between images 6 and 7, where 2 mm/,
  )
  expect(refused(phantom({ positions: along(10, (at) => [at === 4 ? 3 : 0, 0, 2 * at]) }))).toMatch(/unevenly/)
  const { stack } = phantom({ positions: along(10, even) })
  const image = (part: Partial<InstanceImage>) =>
    volumeGeometry(stack.map((item, at) => (at === 3 ? { ...item, image: { ...item.image, ...part } } : item)))
  expect(image({ rows: 9 })).toMatch(/different sizes/)
  expect(image({ frameOfReferenceUID: '1.3' })).toMatch(/frames of reference/)
  expect(image({ obstacle: 'No.' })).toMatch(/cannot be shown/)
  expect(image({ samples: { type: 'rgb8', inverted: false } })).toMatch(/Colour/)
})

test('too large a volume is kept at half or a quarter, in its place; beyond that it has no room', () => {
  const made = phantom({ positions: along(20, (at) => [0, 0, at]) })
  const { geometry } = volumeOf(made)
  const bytes = COLUMNS * ROWS * 20 * 2
  expect(volumeMemory(geometry, 2, bytes * 2)).toEqual({ bytes, reduction: 1 })
  expect(volumeMemory(geometry, 2, bytes)).toEqual({ bytes, reduction: 2 })
  expect(volumeMemory(geometry, 2, bytes / 4)).toEqual({ bytes, reduction: 4 })
  expect(volumeMemory(geometry, 2, bytes / 100).reduction).toBeUndefined()
  const half: VolumeGeometry = reducedGeometry(geometry, 2)
  const slices = made.slices.map((slice) => reducedSlice(slice, COLUMNS, ROWS, 2, (length) => new Float32Array(length)))
  expect(largestError({ geometry: half, slices }).error).toBeLessThan(0.001)
})

test('padding is in no plane of a volume: neither as a value nor mixed into those beside it', () => {
  const PADDING = -2000
  // Water to the left of 10 mm, nothing to the right of it.
  const made = phantom({ positions: along(8, (at) => [0, 0, at]), value: ([x]) => (x < 10 ? 40 : PADDING) })
  const { geometry, slices } = volumeOf(made)
  const padded = { geometry: { ...geometry, padding: { min: PADDING, max: PADDING } }, slices }
  const size = { rows: 20, columns: 60, pixel: 0.31 }
  const target = new Float32Array(size.rows * size.columns)
  const plane: ImagePlane = { position: [0.1, 0.1, 2.4], rowDirection: [1, 0, 0], columnDirection: [0, 1, 0] }
  resample(padded, plane, size, Number.NaN, target)
  expect(new Set(target)).toEqual(new Set([40, Number.NaN]))
  const mixed = new Float32Array(target.length)
  resample({ geometry, slices }, plane, size, Number.NaN, mixed)
  expect(mixed.some((value) => value < 0 && value > PADDING)).toBe(true)
  resampleSlab(padded, plane, size, Number.NaN, target, { mode: 'mean', thickness: 3, step: 1 })
  expect(new Set([...target].filter((value) => !Number.isNaN(value)))).toEqual(new Set([40]))
  // At half resolution too.
  const half = reducedSlice(
    slices[0] ?? [],
    COLUMNS,
    ROWS,
    2,
    (length) => new Float32Array(length),
    padded.geometry.padding,
  )
  expect(new Set(half)).toEqual(new Set([40, Number.NaN]))
})
