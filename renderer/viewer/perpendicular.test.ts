import { expect, test } from 'vitest'
import type { ImagePoint } from '#shared/imaging/pointSpacing.ts'
import { movedAxes, withShortAxis } from './perpendicular.ts'

/** Of directions, where a pixel is `aspect` times as high as wide. */
function crossing(points: readonly ImagePoint[], aspect: number): number {
  const [a, b, c, d] = points as [ImagePoint, ImagePoint, ImagePoint, ImagePoint]
  return (b[0] - a[0]) * (d[0] - c[0]) + (b[1] - a[1]) * (d[1] - c[1]) * aspect ** 2
}

test.each([1, 2, 0.5])('the short axis stays at a right angle whatever is moved (pixels of shape %s)', (aspect) => {
  let points: readonly ImagePoint[] = withShortAxis([10, 10], [50, 40], aspect)
  expect(crossing(points, aspect)).toBeCloseTo(0, 9)
  for (const [handle, to] of [
    [2, [20, 60]],
    [3, [41, 3]],
    [0, [0, 30]],
    [1, [77, 12]],
  ] as const) {
    points = movedAxes(points, handle, to, aspect)
    expect(crossing(points, aspect)).toBeCloseTo(0, 6)
  }
  expect(points[0]).toEqual([0, 30])
  expect(points[1]).toEqual([77, 12])
})

test('the end that is moved goes to the pointer, as long as that is beside the long axis', () => {
  const points = movedAxes(withShortAxis([0, 0], [40, 0], 1), 2, [30, 25], 1)
  expect(points.map(([x, y]) => [Math.round(x), Math.round(y)])).toEqual([
    [0, 0],
    [40, 0],
    [30, 25],
    [30, -10],
  ])
})
