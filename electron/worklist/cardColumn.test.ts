import { expect, test } from 'vitest'
import { cardColumn } from './cardColumn.ts'

const NOW = 1_800_000_000_000
const MINUTE_MS = 60_000
const facts = {
  state: 'completed',
  isEndedByPerson: false,
  images: 0,
  missingImages: 0,
  discontinuationReason: '',
} as const

test('a step that ended without an image here is not done, unless a person says so', () => {
  const column = (minutes: number, more = {}) =>
    cardColumn({ ...facts, endedAt: NOW - minutes * MINUTE_MS, ...more }, NOW).column
  expect(column(5)).toBe('in-progress')
  expect(column(20)).toBe('attention')
  expect(column(3 * 24 * 60)).toBe('done')
  expect(column(20, { images: 2 })).toBe('done')
  expect(column(20, { isEndedByPerson: true })).toBe('done')
  expect(column(20, { images: 2, missingImages: 1 })).toBe('attention')
})
