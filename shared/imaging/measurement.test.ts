import { describe, expect, test } from 'vitest'
import { blankImage } from './blankImage.ts'
import type { InstanceImage } from './instanceImage.ts'
import { measure } from './measurement.ts'
import { measurementText } from './measurementText.ts'
import { type ImagePoint, pointSpacing } from './pointSpacing.ts'
import { valueUnit } from './valueUnit.ts'

function image(change: Partial<InstanceImage>, spacing: [number, number] | null = null): InstanceImage {
  return {
    ...blankImage,
    sopClassUID: '1.2.840.10008.5.1.4.1.1.2',
    sopInstanceUID: '1.2.3',
    transferSyntaxUID: '1.2.840.10008.1.2.1',
    modality: 'CT',
    instanceNumber: 1,
    acquisitionNumber: 1,
    rows: 100,
    columns: 200,
    spacingSource: spacing ? 'pixel-spacing' : 'none',
    perFrame: [{ plane: null, slope: 1, intercept: -1024, windows: [], spacing }],
    ...change,
  }
}

describe('length', () => {
  test('non-square pixels count each way with their own spacing', () => {
    // 3 rows of 2 mm down, 8 columns of 1 mm across
    expect(
      measure(
        'length',
        [
          [10, 10],
          [18, 13],
        ],
        image({}, [2, 1]),
        0,
        undefined,
      ),
    ).toMatchObject({
      length: 10,
      unit: 'mm',
      source: 'pixel spacing',
    })
  })

  test('without spacing a length is in pixels, never in millimetres', () => {
    const value = measure(
      'length',
      [
        [0, 0],
        [3, 4],
      ],
      image({}),
      0,
      undefined,
    )
    expect(value).toMatchObject({ length: 5, unit: 'px' })
    expect(value && measurementText(value)).toEqual({ value: '5.0 px', details: ['no spacing'] })
  })

  test('where pixels are not square lengths and areas count the same px, and say which', () => {
    // pixels twice as high as wide: 5 columns by 2.5 rows are a square
    const tall = image({ pixelAspect: 2 })
    const down = measure(
      'length',
      [
        [10, 10],
        [10, 15],
      ],
      tall,
      0,
      undefined,
    )
    expect(down).toMatchObject({ length: 10, source: 'no spacing, px are pixel widths' })
    const circle = measure(
      'ellipse',
      [
        [10, 10],
        [20, 15],
      ],
      tall,
      0,
      undefined,
    )
    expect(circle).toMatchObject({ areaUnit: 'px²', source: 'no spacing, px are pixel widths' })
    expect(circle?.kind === 'ellipse' && circle.area).toBeCloseTo(Math.PI * 25, 6)
  })

  test('a scanned film has no detector', () => {
    expect(pointSpacing(image({ spacingSource: 'film' }, [0.2, 0.2]), 0, [[0, 0]]).source).toBe('on the scanned film')
  })

  test('spacing at the detector says so, with its note', () => {
    const detector = image({ spacingSource: 'detector', spacingNote: 'not corrected for magnification' }, [0.1, 0.1])
    expect(pointSpacing(detector, 0, [[0, 0]]).source).toBe('at detector, not corrected for magnification')
  })

  describe('in an ultrasound image', () => {
    const region = { x0: 0, y0: 0, x1: 99, y1: 99, mmPerPixelX: 0.5, mmPerPixelY: 0.25 }
    const doppler = { x0: 100, y0: 0, x1: 199, y1: 99, mmPerPixelX: null, mmPerPixelY: null }
    const ultrasound = image({ modality: 'US', ultrasoundRegions: [region, doppler] }, [9, 9])

    test('a region gives its own scale', () => {
      expect(
        measure(
          'length',
          [
            [10, 10],
            [16, 26],
          ],
          ultrasound,
          0,
          undefined,
        ),
      ).toMatchObject({
        length: 5,
        unit: 'mm',
        source: 'ultrasound region',
      })
    })
    test('across regions, in a region that is no length and outside all the length is in pixels', () => {
      expect(
        pointSpacing(ultrasound, 0, [
          [50, 50],
          [150, 50],
        ]).unit,
      ).toBe('px')
      expect(
        pointSpacing(ultrasound, 0, [
          [120, 50],
          [150, 50],
        ]).unit,
      ).toBe('px')
      expect(
        pointSpacing(ultrasound, 0, [
          [250, 50],
          [260, 50],
        ]).unit,
      ).toBe('px')
    })
  })
})

test('an angle is right on non-square pixels', () => {
  // legs (1 column, 0) and (1 column, 1 row) with rows of 1 mm and columns of sqrt(3) mm: 30 degrees
  const value = measure(
    'angle',
    [
      [11, 10],
      [10, 10],
      [11, 11],
    ],
    image({}, [1, Math.sqrt(3)]),
    0,
    undefined,
  )
  expect(value?.kind === 'angle' && value.degrees).toBeCloseTo(30, 6)
})

test('a probe reads the value after rescale', () => {
  const samples = new Int16Array(200 * 100)
  samples[5 * 200 + 7] = 1064
  const value = measure('probe', [[7.4, 5.9]], image({ rescaleType: 'HU' }), 0, samples)
  expect(value).toMatchObject({ column: 7, row: 5, values: [40], unit: 'HU' })
  expect(value && measurementText(value).value).toBe('40 HU')
  expect(measure('probe', [[-1, 5]], image({}), 0, samples)).toMatchObject({ values: [] })
})

test('an ellipse takes the pixels whose centre it holds', () => {
  const samples = new Int16Array(200 * 100).fill(1000)
  samples[10 * 200 + 10] = 1100
  const value = measure(
    'ellipse',
    [
      [9, 9],
      [12, 12],
    ],
    image({ rescaleType: 'HU' }, [1, 1]),
    0,
    samples,
  )
  // radius 1.5 about 10.5, 10.5: nine centres at distance <= sqrt(2)
  expect(value).toMatchObject({ pixels: 9, areaUnit: 'mm²', unit: 'HU' })
  if (value?.kind !== 'ellipse' || !value.statistics) throw new Error('no statistics')
  expect(value.area).toBeCloseTo(Math.PI * 2.25, 6)
  expect(value.statistics.mean).toBeCloseTo(-24 + 100 / 9, 6)
  expect(value.statistics.min).toBe(-24)
  expect(value.statistics.max).toBe(76)
  expect(value.statistics.deviation).toBeCloseTo(Math.sqrt((10000 / 9) * (8 / 9)), 6)
})

test('an ellipse in colour has an area and no statistics', () => {
  const colour = image({ samples: { type: 'rgb8', inverted: false } })
  expect(
    measure(
      'ellipse',
      [
        [0, 0],
        [10, 10],
      ],
      colour,
      0,
      new Uint8Array(60000),
    ),
  ).toMatchObject({ statistics: null })
})

test('padding inside an area is no part of the image, and what was counted is said', () => {
  const samples = new Int16Array(200 * 100).fill(1064)
  samples.fill(-2000, 0, 10 * 200 + 5)
  samples[10 * 200 + 5] = -1990
  const box: ImagePoint[] = [
    [0, 10],
    [10, 12],
  ]
  const padded = image({ rescaleType: 'HU', pixelPaddingValue: -2000, pixelPaddingLimit: -1980 }, [1, 1])
  const value = measure('rectangle', box, padded, 0, samples)
  expect(value).toMatchObject({ area: 20, pixels: 14, paddingPixels: 6 })
  expect(value).toMatchObject({ statistics: { mean: 40, min: 40, max: 40, deviation: 0 } })
  expect(value && measurementText(value).details).toContain('14 of 20 pixels, the others are padding')
  const whole = measure('rectangle', box, image({ rescaleType: 'HU' }, [1, 1]), 0, samples)
  expect(whole).not.toHaveProperty('paddingPixels')
  expect(whole).toMatchObject({ pixels: 20 })
  const outside: ImagePoint[] = [
    [0, 0],
    [10, 10],
  ]
  const nothing = measure('rectangle', outside, padded, 0, samples)
  expect(nothing).toMatchObject({ statistics: null, paddingPixels: 100 })
  expect(nothing && measurementText(nothing).details).toEqual(['pixel spacing', 'nothing but padding'])
})

test('a Rescale Type that is the name of something else is a unit like any other', () => {
  expect(valueUnit(image({ rescaleType: 'constructor' }))).toBe('constructor')
  expect(valueUnit(image({ rescaleType: '__proto__' }))).toBe('__proto__')
  expect(valueUnit(image({ rescaleType: 'BQML' }))).toBe('Bq/ml')
})
