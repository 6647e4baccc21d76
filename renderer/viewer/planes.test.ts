import { expect, test } from 'vitest'
import { crossing, type Placed } from './planes.ts'

/** 100 x 100 pixels of 1 mm, the first pixel's centre at the origin. */
const axial = (z: number): Placed => ({
  plane: { position: [0, 0, z], rowDirection: [1, 0, 0], columnDirection: [0, 1, 0] },
  spacing: [1, 1],
  rows: 100,
  columns: 100,
  frameOfReferenceUID: '1.2',
})
/** Rows run to the back, columns down; at x. 50 rows of 2 mm from z = 80. */
const sagittal = (x: number): Placed => ({
  plane: { position: [x, 0, 80], rowDirection: [0, 1, 0], columnDirection: [0, 0, -1] },
  spacing: [2, 1],
  rows: 50,
  columns: 100,
  frameOfReferenceUID: '1.2',
})

test('an axial slice is a level line in a sagittal one, at its height', () => {
  const [from, to] = crossing(sagittal(20), axial(60)) ?? []
  // 20 mm below the first row are ten rows of 2 mm; pixel centres lie half a pixel in.
  expect([from, to].map((point) => point?.[1])).toEqual([10.5, 10.5])
  expect([from?.[0], to?.[0]].toSorted((a = 0, b = 0) => a - b)).toEqual([0, 100])
})

test('a sagittal slice is an upright line in an axial one, as far as both reach', () => {
  const [from, to] = crossing(axial(60), sagittal(20)) ?? []
  expect([from?.[0], to?.[0]]).toEqual([20.5, 20.5])
})

test('pictures that do not meet, lie in one direction or have other origins have no line', () => {
  expect(crossing(axial(60), sagittal(500))).toBeUndefined()
  expect(crossing(axial(300), sagittal(20))).toBeUndefined()
  expect(crossing(axial(60), axial(50))).toBeUndefined()
  expect(crossing(axial(60), { ...sagittal(20), frameOfReferenceUID: '1.3' })).toBeUndefined()
})
