import { expect, test } from 'vitest'
import { addMeasurement, useMeasurements } from '../../viewer/measurements.ts'
import { connectTo, pictureOf, plainImage } from '../../viewer/measuringFixture.ts'
import { deleteWithUndo } from './deleteWithUndo.ts'

const image = plainImage()
const place = { seriesId: 4, setKey: '4' }
const find = (kind: string) => useMeasurements.getState().items.find((item) => item.kind === kind)

test('a calibration whose image is in no tile leaves no length in its millimetres', async () => {
  const asked: unknown[] = []
  const images = async (input: unknown) => {
    asked.push(input)
    return [{ instanceId: 7, image }]
  }
  connectTo({ studies: { images } })
  addMeasurement(
    'length',
    [
      [10, 10],
      [60, 10],
    ],
    pictureOf(image, 7),
    place,
  )
  addMeasurement(
    'calibration',
    [
      [0, 0],
      [50, 0],
    ],
    pictureOf(image, 7),
    place,
    { knownMm: 100 },
  )
  expect(find('length')?.measured).toMatchObject({ length: 100, unit: 'mm' })

  await deleteWithUndo(find('calibration')?.id ?? '')
  expect(asked).toEqual([{ seriesId: 4 }])
  expect(find('calibration')).toBeUndefined()
  expect(find('length')?.measured).toEqual({ kind: 'length', length: 50, unit: 'px', source: 'no spacing' })
})

test('where its image cannot be had it stays, and the reason is told', async () => {
  connectTo({ studies: { images: async () => [] } })
  addMeasurement(
    'calibration',
    [
      [0, 0],
      [50, 0],
    ],
    pictureOf(image, 7),
    place,
    { knownMm: 100 },
  )
  const { id = '' } = find('calibration') ?? {}
  await expect(deleteWithUndo(id)).rejects.toThrow('no longer on this workstation')
  expect(find('calibration')?.id).toBe(id)
})
