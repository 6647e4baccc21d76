import { expect, test } from 'vitest'
import { viewText } from './viewText.ts'

const view = (rotation: 0 | 90 | 180 | 270, flippedColumns: boolean, flippedRows: boolean, inverted = false) =>
  viewText({ rotation, flippedColumns, flippedRows }, inverted)

test('the picture as it is in the file says nothing', () => {
  expect(view(0, false, false)).toBe('')
})

test('a flip, a turn and an inversion are said, in this order', () => {
  expect(view(0, true, false)).toBe('Flipped left-right')
  expect(view(0, false, true)).toBe('Flipped top-bottom')
  expect(view(90, true, false, true)).toBe('Flipped left-right, rotated 90°, inverted')
  expect(view(0, false, false, true)).toBe('Inverted')
})

test('two flips are half a turn, and with half a turn nothing at all', () => {
  expect(view(0, true, true)).toBe('Rotated 180°')
  expect(view(180, true, true)).toBe('')
})
