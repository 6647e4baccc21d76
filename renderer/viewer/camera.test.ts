import { expect, test } from 'vitest'
import { apply, fitScale, flipped, flippedAcross, inverse, rotated, wholeImage, zoomed } from './camera.ts'

test('an image fits by its longer side, also lying', () => {
  const tile = { width: 800, height: 400 }
  expect(fitScale(tile, { columns: 100, rows: 100 }, 1, 0)).toBe(4)
  expect(fitScale(tile, { columns: 200, rows: 50 }, 1, 0)).toBe(4)
  expect(fitScale(tile, { columns: 200, rows: 50 }, 1, 90)).toBe(2)
})

test('pixels that are not square are stretched, never shrunk', () => {
  const tile = { width: 800, height: 400 }
  // pixels twice as high as wide: 100 rows count 200
  expect(fitScale(tile, { columns: 100, rows: 100 }, 2, 0)).toBe(2)
  expect(fitScale(tile, { columns: 200, rows: 100 }, 0.5, 0)).toBe(2)
})

test('a flip changes left and right as seen, whatever the rotation', () => {
  expect(flipped(wholeImage)).toMatchObject({ flippedColumns: true, flippedRows: false })
  expect(flipped(rotated(wholeImage))).toMatchObject({ flippedColumns: false, flippedRows: true })
  expect(flipped(flipped(rotated(wholeImage)))).toEqual(rotated(wholeImage))
})

test('a flip across changes top and bottom as seen', () => {
  expect(flippedAcross(wholeImage)).toMatchObject({ flippedColumns: false, flippedRows: true, rotation: 0 })
  expect(flippedAcross(rotated(wholeImage))).toMatchObject({ flippedColumns: true, flippedRows: false, rotation: 90 })
})

test('zoom stays within its bounds', () => {
  expect(zoomed(wholeImage, 1e9).zoom).toBe(40)
  expect(zoomed(wholeImage, 0).zoom).toBe(0.02)
})

test('an affine map and its inverse cancel', () => {
  const map = [0, 2, -3, 0, 10, 20] as const
  const [x, y] = apply(inverse(map), apply(map, [7, -5]))
  expect(x).toBeCloseTo(7, 9)
  expect(y).toBeCloseTo(-5, 9)
})
