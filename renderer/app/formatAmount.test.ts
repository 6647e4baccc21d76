import { expect, it } from 'vitest'
import { formatBytes, formatCount, formatDuration } from './formatAmount.ts'

it('counts in words', () => {
  expect(formatCount(1, 'image')).toBe('1 image')
  expect(formatCount(12480, 'study', 'studies')).toBe('12,480 studies')
})

it('writes sizes with at most two figures after rounding', () => {
  expect(formatBytes(0)).toBe('0 bytes')
  expect(formatBytes(1_440_000)).toBe('1.4 MB')
  expect(formatBytes(999_600)).toBe('1.0 MB')
  expect(formatBytes(412_345_678_901)).toBe('412 GB')
})

it('writes durations in the unit that a person would use', () => {
  expect(formatDuration(2_000)).toBe('2 s')
  expect(formatDuration(4 * 60_000)).toBe('4 min')
  expect(formatDuration(80 * 60_000)).toBe('1 h 20 min')
})
