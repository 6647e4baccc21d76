import { expect, test } from 'vitest'
import type { Measurement } from '../../viewer/measurements.ts'
import { distanceToSegment, hitTest } from './hitTest.ts'

const measurement = (id: string, kind: Measurement['kind'], points: [number, number][]) =>
  ({ id, kind, points }) as unknown as Measurement
const twice = [2, 0, 0, 2, 10, 10] as const

test('the distance to a line ends at its ends', () => {
  expect(distanceToSegment([5, 3], [0, 0], [10, 0])).toBe(3)
  expect(distanceToSegment([13, 4], [0, 0], [10, 0])).toBe(5)
})

test('handles win over lines and new measurements over old ones', () => {
  const old = measurement('old', 'length', [
    [0, 0],
    [100, 0],
  ])
  const young = measurement('young', 'length', [
    [50, -50],
    [50, 50],
  ])
  expect(hitTest([10, 10], [old, young], twice)).toMatchObject({ measurement: { id: 'old' }, handle: 0 })
  expect(hitTest([110, 10], [old, young], twice)).toMatchObject({ measurement: { id: 'young' }, handle: undefined })
  expect(hitTest([60, 12], [old, young], twice)).toMatchObject({ measurement: { id: 'old' }, handle: undefined })
  expect(hitTest([60, 40], [old, young], twice)).toBeUndefined()
})

test('an ellipse is taken by its edge, not by its inside', () => {
  const ellipse = measurement('e', 'ellipse', [
    [0, 0],
    [100, 50],
  ])
  expect(hitTest([10 + 100, 10], [ellipse], twice)).toMatchObject({ measurement: { id: 'e' } })
  expect(hitTest([10 + 100, 10 + 50], [ellipse], twice)).toBeUndefined()
})
