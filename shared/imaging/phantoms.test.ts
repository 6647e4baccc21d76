import { describe, expect, test } from 'vitest'
import { blankImage } from './blankImage.ts'
import { calibratedImage } from './calibratedImage.ts'
import type { InstanceImage } from './instanceImage.ts'
import type { MeasuredArea, MeasurementKind } from './measuredValue.ts'
import { measure } from './measurement.ts'
import { measurementText } from './measurementText.ts'
import type { ImagePoint } from './pointSpacing.ts'

/** Rows 0.5 mm, columns 0.25 mm apart: what is measured must not depend on the shape of a pixel. */
const SPACING: [number, number] = [0.5, 0.25]
const ROWS = 300
const COLUMNS = 600

const phantom: InstanceImage = {
  ...blankImage,
  sopInstanceUID: '1.2.3',
  modality: 'CT',
  instanceNumber: 1,
  acquisitionNumber: 1,
  rows: ROWS,
  columns: COLUMNS,
  spacingSource: 'pixel-spacing',
  rescaleType: 'HU',
  perFrame: [{ plane: null, slope: 2, intercept: -1000, windows: [], spacing: SPACING }],
}

/** Water (0 HU) with a disc of 40 mm across, 60 HU, in its middle. */
const DISC_MM = 20
const samples = Int16Array.from({ length: ROWS * COLUMNS }, (_, at) => {
  const x = ((at % COLUMNS) + 0.5) * SPACING[1]
  const y = (Math.floor(at / COLUMNS) + 0.5) * SPACING[0]
  return Math.hypot(x - 75, y - 75) <= DISC_MM ? 530 : 500
})

const at = (xMm: number, yMm: number): ImagePoint => [xMm / SPACING[1], yMm / SPACING[0]]
const value = (kind: MeasurementKind, ...points: ImagePoint[]) => measure(kind, points, phantom, 0, samples)
const areaOf = (kind: MeasuredArea['kind'], ...points: ImagePoint[]) => value(kind, ...points) as MeasuredArea
/** A tenth of a percent. */
const close = (found: number, wanted: number) => expect(Math.abs(found / wanted - 1)).toBeLessThan(0.001)

describe('known lengths, angles, areas and densities', () => {
  test('length, in every direction', () => {
    for (const degrees of [0, 17, 45, 90, 133, 270]) {
      const [x, y] = [Math.cos((degrees * Math.PI) / 180), Math.sin((degrees * Math.PI) / 180)]
      const found = value('length', at(75, 75), at(75 + 50 * x, 75 + 50 * y))
      close(found?.kind === 'length' ? found.length : 0, 50)
    }
  })

  test('angle and Cobb angle', () => {
    const end = (degrees: number) =>
      at(75 + 30 * Math.cos((degrees * Math.PI) / 180), 75 + 30 * Math.sin((degrees * Math.PI) / 180))
    const found = value('angle', end(10), at(75, 75), end(47.3))
    close(found?.kind === 'angle' ? found.degrees : 0, 37.3)
    // Two lines at 20 and -15 degrees, whichever way each was drawn.
    const [a, b] = [at(20, 20), at(20 + 40 * Math.cos(Math.PI / 9), 20 + 40 * Math.sin(Math.PI / 9))]
    const [c, d] = [at(20, 120), at(20 + 40 * Math.cos(-Math.PI / 12), 120 + 40 * Math.sin(-Math.PI / 12))]
    for (const points of [
      [a, b, c, d],
      [b, a, c, d],
      [b, a, d, c],
    ]) {
      const cobb = value('cobb', ...points)
      close(cobb?.kind === 'cobb' ? cobb.degrees : 0, 35)
    }
  })

  test('areas of rectangle, ellipse, circle and freehand', () => {
    close(areaOf('rectangle', at(20, 30), at(60, 80)).area, 2000)
    close(areaOf('ellipse', at(20, 30), at(60, 80)).area, Math.PI * 20 * 25)
    // The same circle, dragged across and down.
    close(areaOf('circle', at(75, 75), at(90, 75)).area, Math.PI * 225)
    close(areaOf('circle', at(75, 75), at(75, 90)).area, Math.PI * 225)
    const round = Array.from({ length: 200 }, (_, step) =>
      at(75 + 30 * Math.cos((step * Math.PI) / 100), 75 + 30 * Math.sin((step * Math.PI) / 100)),
    )
    close(areaOf('freehand', ...round).area, Math.PI * 900)
    close(areaOf('freehand', at(10, 10), at(50, 10), at(10, 40)).area, 600)
  })

  test('densities inside the disc and of all of it', () => {
    const inside = [
      areaOf('circle', at(75, 75), at(93, 75)),
      areaOf('rectangle', at(65, 65), at(85, 85)),
      areaOf('freehand', at(65, 65), at(85, 65), at(75, 90)),
    ]
    for (const { statistics, unit } of inside) {
      expect(statistics).toEqual({ mean: 60, deviation: 0, min: 60, max: 60 })
      expect(unit).toBe('HU')
    }
    // Of a square of 60 mm the disc covers pi * 400 / 3600.
    const { statistics, pixels } = areaOf('rectangle', at(45, 45), at(105, 105))
    expect(pixels).toBe((60 / SPACING[0]) * (60 / SPACING[1]))
    expect(Math.abs((statistics?.mean ?? 0) - (60 * Math.PI * 400) / 3600)).toBeLessThan(0.06)
  })

  test('bidirectional and cardiothoracic ratio', () => {
    expect(value('bidirectional', at(10, 10), at(40, 50), at(29, 27), at(21, 33))).toMatchObject({
      long: 50,
      short: 10,
    })
    const ratio = value('heartRatio', at(30, 60), at(75, 60), at(15, 80), at(105, 80))
    expect(ratio && measurementText(ratio)).toEqual({
      value: '0.50',
      details: ['heart 45.0, thorax 90.0 mm', 'pixel spacing'],
    })
  })
})

test('a line of known length sets the scale, on pixels that are not square too', () => {
  const bare: InstanceImage = {
    ...phantom,
    spacingSource: 'none',
    pixelAspect: 2,
    perFrame: [{ plane: null, slope: 1, intercept: 0, windows: [], spacing: null }],
  }
  // 100 columns across are 25 mm: so are 50 rows down.
  const calibrated = calibratedImage(
    bare,
    [
      [10, 10],
      [110, 10],
    ],
    25,
  )
  const down = measure(
    'length',
    [
      [50, 20],
      [50, 70],
    ],
    calibrated,
    0,
    undefined,
  )
  expect(down).toMatchObject({ length: 25, unit: 'mm', source: 'calibrated here by a line of 25 mm' })
  expect(
    calibratedImage(
      bare,
      [
        [10, 10],
        [10, 10],
      ],
      25,
    ),
  ).toBe(bare)
})

test('a value of a PET image is told as uptake too, where that is known', () => {
  const pet: InstanceImage = {
    ...phantom,
    rescaleType: 'BQML',
    suv: { bodyWeight: 0.01, leanBody: null, bodySurface: 0.002, why: '' },
  }
  const found = measure('probe', [at(75, 75)], pet, 0, samples)
  expect(found && measurementText(found)).toEqual({
    value: '60 Bq/ml',
    details: ['SUV bw 0.6', 'SUV bsa 0.12', 'column 301, row 151'],
  })
})

test('a pixel that is not a number is told as none', () => {
  const float: InstanceImage = { ...phantom, samples: { type: 'float32', inverted: false }, rescaleType: '' }
  const found = measure('probe', [[0.5, 0.5]], float, 0, new Float32Array(ROWS * COLUMNS).fill(Number.NaN))
  expect(found).toMatchObject({ values: [null] })
  expect(found && measurementText(found).value).toBe('–')
})
