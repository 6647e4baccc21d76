import { expect, test } from 'vitest'
import { plainImage } from '../../viewer/measuringFixture.ts'
import { scaleOf } from './scaleOf.ts'

/** Rows 0.5 mm, columns 0.25 mm apart. */
const image = plainImage({
  spacingSource: 'pixel-spacing',
  perFrame: [{ plane: null, slope: 1, intercept: 0, windows: [], spacing: [0.5, 0.25] }],
})

test('a bar is a round length, as long as it is on the screen', () => {
  // Two screen pixels a column, four a row: 8 a millimetre.
  expect(scaleOf(image, 0, [2, 0, 0, 4, 10, 20])).toEqual({ px: 80, mm: 10, text: '1 cm' })
  expect(scaleOf(image, 0, [16, 0, 0, 32, 0, 0])).toEqual({ px: 128, mm: 2, text: '2 mm' })
})

test('rotated, flipped and zoomed it is what its direction on the screen measures', () => {
  // A quarter turn: rows of 0.5 mm run across, 2 screen pixels each.
  expect(scaleOf(image, 0, [0, 2, -2, 0, 300, 0])).toEqual({ px: 80, mm: 20, text: '2 cm' })
  expect(scaleOf(image, 0, [-2, 0, 0, -4, 300, 300])).toEqual({ px: 80, mm: 10, text: '1 cm' })
})

test('a projection says where its millimetres hold, and pixels of no known size have no bar', () => {
  expect(scaleOf({ ...image, spacingSource: 'detector' }, 0, [2, 0, 0, 4, 0, 0])?.text).toBe('1 cm at detector')
  const inBreast = { ...image, spacingSource: 'detector', spacingNote: 'corrected for magnification 1.04' } as const
  expect(scaleOf(inBreast, 0, [2, 0, 0, 4, 0, 0])?.text).toBe('1 cm')
  expect(scaleOf(plainImage(), 0, [2, 0, 0, 2, 0, 0])).toBeUndefined()
})

test('an ultrasound image has a bar where all its regions have one scale', () => {
  const region = { x0: 10, y0: 10, x1: 59, y1: 59, mmPerPixelX: 0.5, mmPerPixelY: 0.5 }
  const us = plainImage({ spacingSource: 'ultrasound-region', ultrasoundRegions: [region] })
  expect(scaleOf(us, 0, [2, 0, 0, 2, 0, 0])).toEqual({ px: 80, mm: 20, text: '2 cm' })
  const flow = { ...region, x0: 60, x1: 99, mmPerPixelX: null }
  expect(scaleOf({ ...us, ultrasoundRegions: [region, flow] }, 0, [2, 0, 0, 2, 0, 0])).toBeUndefined()
})
