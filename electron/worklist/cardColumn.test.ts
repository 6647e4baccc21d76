import { expect, test } from 'vitest'
import { cardColumn } from './cardColumn.ts'

const NOW = 1_800_000_000_000
const MINUTE_MS = 60_000
const facts = {
  state: 'completed',
  isEndedByPerson: false,
  images: 0,
  missingImages: 0,
  besides: { byPatientId: 0, others: 0 },
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

test('images that the device did not name are said, and those that are here by the patient ID alone are asked about', () => {
  const place = (besides: { byPatientId: number; others: number }, more = {}) =>
    cardColumn({ ...facts, endedAt: NOW, images: 48, besides, ...more }, NOW)
  expect(place({ byPatientId: 24, others: 0 })).toEqual({
    column: 'attention',
    attention:
      '24 of these 48 images are here by the patient ID alone, and the device did not name them. Keep them with this request, or take them off.',
  })
  expect(place({ byPatientId: 0, others: 1 })).toEqual({
    column: 'done',
    attention: '1 of these 48 images is not among those that the device named. Look whether it belongs here.',
  })
  expect(place({ byPatientId: 24, others: 1 }, { isEndedByPerson: true })).toEqual({ column: 'done', attention: '' })
})
