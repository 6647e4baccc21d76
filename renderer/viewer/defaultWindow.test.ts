import { expect, test } from 'vitest'
import type { InstanceImage } from '#shared/imaging/instanceImage.ts'
import { defaultWindow, fileWindows } from './defaultWindow.ts'

type Frame = InstanceImage['perFrame'][number]

function image(frame: Partial<Frame>, change: Partial<InstanceImage> = {}): InstanceImage {
  return {
    samples: { type: 'int16', inverted: false },
    pixelPaddingValue: null,
    voiLut: null,
    perFrame: [{ plane: null, slope: 1, intercept: 0, windows: [], spacing: null, ...frame }],
    ...change,
  } as InstanceImage
}

test('the first window of the file is the one to begin with', () => {
  const windows = [
    { center: 40, width: 400, explanation: 'SOFT' },
    { center: 500, width: 2000, explanation: 'BONE' },
  ]
  expect(defaultWindow(image({ windows }), 0, new Int16Array(4))).toEqual({ center: 40, width: 400 })
})

test('without one the window holds all values, after rescale and without padding', () => {
  const padded = image({ slope: 2, intercept: -100 }, { pixelPaddingValue: -2000 })
  expect(defaultWindow(padded, 0, Int16Array.from([-2000, 0, 100]))).toEqual({ center: 0.5, width: 201 })
})

test('a falling rescale turns the range around', () => {
  expect(defaultWindow(image({ slope: -1 }), 0, Int16Array.from([10, 20]))).toEqual({ center: -14.5, width: 11 })
})

test('fractional values have a window without whole steps', () => {
  const float = image({}, { samples: { type: 'float32', inverted: false } })
  const window = defaultWindow(float, 0, Float32Array.from([0.25, 0.75, Number.NaN]))
  expect(window).toEqual({ center: 0.5, width: 0.5 })
  expect(defaultWindow(float, 0, Float32Array.from([3, 3]))).toEqual({ center: 3, width: 1 })
})

test('a narrow window over fractional values is shown with the numbers of the file', () => {
  const float = image(
    { windows: [{ center: 1, width: 2, explanation: '' }] },
    { samples: { type: 'float32', inverted: false } },
  )
  expect(fileWindows(float, 0)).toEqual([{ center: 0.5, width: 1, explanation: '' }])
})
