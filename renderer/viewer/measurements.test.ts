import { beforeEach, expect, test } from 'vitest'
import {
  addMeasurement,
  deleteMeasurement,
  restoreMeasurement,
  setMeasurements,
  useMeasurements,
} from './measurements.ts'
import { pictureOf, plainImage } from './measuringFixture.ts'

const image = plainImage()
const picture = pictureOf(image, 7)
const place = { seriesId: 1, setKey: '1' }
const ofKind = (kind: string) => {
  const found = useMeasurements.getState().items.find((item) => item.kind === kind)
  if (!found) throw new Error(`no ${kind}`)
  return found
}

beforeEach(() => {
  setMeasurements([])
  addMeasurement(
    'length',
    [
      [10, 10],
      [60, 10],
    ],
    picture,
    place,
  )
  addMeasurement(
    'rectangle',
    [
      [10, 10],
      [20, 20],
    ],
    picture,
    place,
  )
  addMeasurement(
    'calibration',
    [
      [0, 0],
      [50, 0],
    ],
    picture,
    place,
    { knownMm: 100 },
  )
})

test('a calibration that goes takes its millimetres along, and brings them back', () => {
  expect(ofKind('length').measured).toMatchObject({ length: 100, unit: 'mm' })
  const calibration = ofKind('calibration')
  deleteMeasurement(calibration.id, image)
  expect(ofKind('length').measured).toMatchObject({ length: 50, unit: 'px' })
  expect(ofKind('rectangle').measured).toMatchObject({ areaUnit: 'px²', pixels: 100, statistics: { mean: 0 } })
  restoreMeasurement(calibration, 2, image)
  expect(ofKind('length').measured).toMatchObject({ length: 100, unit: 'mm' })
})

test('where its image is not known a calibration stays, and so do the lengths that rest on it', () => {
  const before = useMeasurements.getState().items
  expect(() => deleteMeasurement(ofKind('calibration').id)).toThrow(RangeError)
  expect(useMeasurements.getState().items).toBe(before)
  deleteMeasurement(ofKind('length').id)
  expect(useMeasurements.getState().items).toHaveLength(2)
})

test('one that comes back takes the place of the one that was set meanwhile', () => {
  const first = ofKind('calibration')
  deleteMeasurement(first.id, image)
  addMeasurement(
    'calibration',
    [
      [0, 0],
      [50, 0],
    ],
    picture,
    place,
    { knownMm: 25 },
  )
  expect(ofKind('length').measured).toMatchObject({ length: 25, unit: 'mm' })
  restoreMeasurement(first, 2, image)
  expect(useMeasurements.getState().items.filter(({ kind }) => kind === 'calibration')).toEqual([first])
  expect(ofKind('length').measured).toMatchObject({ length: 100, unit: 'mm' })
})
