import { expect, it } from 'vitest'
import { movedCursor } from './gridKeys.ts'

it('moves within the list and never out of it', () => {
  expect(movedCursor('ArrowDown', -1, 10, 5)).toBe(0)
  expect(movedCursor('ArrowDown', 9, 10, 5)).toBe(9)
  expect(movedCursor('ArrowUp', 0, 10, 5)).toBe(0)
  expect(movedCursor('PageDown', 3, 10, 5)).toBe(8)
  expect(movedCursor('PageUp', 3, 10, 5)).toBe(0)
  expect(movedCursor('End', 3, 10, 5)).toBe(9)
  expect(movedCursor('Home', 3, 10, 5)).toBe(0)
})

it('leaves other keys and empty lists alone', () => {
  expect(movedCursor('a', 3, 10, 5)).toBeUndefined()
  expect(movedCursor('End', -1, 0, 5)).toBeUndefined()
})
