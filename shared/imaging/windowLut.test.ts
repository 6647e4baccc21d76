import { expect, test } from 'vitest'
import { curveGrey, exactWindowGrey, greyOf, greyTable, sigmoidGrey, windowGrey } from './windowLut.ts'

test('the window of PS3.3 C.11.2.1.2 ends half a value below its upper edge', () => {
  // the standard's example: center 2048, width 4096 maps 0 to black and 4095 to white
  expect(windowGrey(0, 2048, 4096)).toBe(0)
  expect(windowGrey(4095, 2048, 4096)).toBeCloseTo(255, 9)
  expect(windowGrey(2047.5, 2048, 4096)).toBeCloseTo(127.5, 9)
})

test('a window of width 1 is a threshold', () => {
  expect(windowGrey(99, 100, 1)).toBe(0)
  expect(windowGrey(100, 100, 1)).toBe(255)
})

test('a curve holds its ends', () => {
  const curve = { firstInput: -2, values: [10, 20, 30] }
  expect([-9, -2, -1, 0, 9].map((value) => curveGrey(value, curve))).toEqual([10, 10, 20, 30, 30])
})

test('rescale comes before the window and inversion after it', () => {
  const mapping = {
    slope: 2,
    intercept: -100,
    center: 0.5,
    width: 256,
    shape: 'linear' as const,
    inverted: false,
    curve: null,
  }
  expect(greyOf(50, mapping)).toBeCloseTo(127.5, 9)
  expect(greyOf(0, mapping)).toBeCloseTo(27.5, 9)
  expect(greyOf(0, { ...mapping, inverted: true })).toBeCloseTo(227.5, 9)
  expect(greyOf(Number.NaN, mapping)).toBe(0)
})

test('a table has an opaque grey for each stored value', () => {
  const table = greyTable(-1, 3, {
    slope: 1,
    intercept: 0,
    center: 0.5,
    width: 2,
    shape: 'linear' as const,
    inverted: false,
    curve: null,
  })
  expect([...table]).toEqual([0xff000000, 0xff808080, 0xffffffff].map((value) => value >>> 0))
})

test('an exact window may be narrower than one', () => {
  expect([0.2, 0.25, 0.3, 0.4].map((value) => exactWindowGrey(value, 0.3, 0.2))).toEqual([
    expect.closeTo(0, 9),
    expect.closeTo(63.75, 9),
    127.5,
    expect.closeTo(255, 9),
  ])
})

test('a sigmoid is half way at its centre and never quite at its ends', () => {
  expect(sigmoidGrey(50, 50, 100)).toBe(127.5)
  expect(sigmoidGrey(100, 50, 100)).toBeCloseTo(255 / (1 + Math.exp(-2)), 10)
  expect(sigmoidGrey(-1e9, 50, 100)).toBe(0)
})

test('padding is black in both polarities, inside and at both ends of its range', () => {
  const base = { slope: 1, intercept: 0, center: 128, width: 256, shape: 'linear' as const, curve: null }
  const mapping = { ...base, inverted: true, padding: { min: 0, max: 10 } }
  expect([0, 10].map((value) => greyOf(value, mapping))).toEqual([0, 0])
  expect(greyOf(11, mapping)).toBeGreaterThan(240)
})
