import { expect, test } from 'vitest'
import { circleThrough, heartScore, norbergAngles, plateauAngle } from './animalMeasures.ts'
import { heartScoreRanges, rangesFor, shippedHeartScores, verdict } from './animalRanges.ts'
import type { ImagePoint } from './pointSpacing.ts'

const square = { x: 0.2, y: 0.2 }

/** Points turned and moved, on pixels of another shape: what is measured must not change. */
function placed(points: readonly ImagePoint[], degrees: number, scale: { x: number; y: number }): ImagePoint[] {
  const angle = (degrees * Math.PI) / 180
  return points.map(([x, y]) => [
    (x * Math.cos(angle) - y * Math.sin(angle) + 300) / scale.x,
    (x * Math.sin(angle) + y * Math.cos(angle) + 200) / scale.y,
  ])
}

test('a heart of known lengths has its score in vertebrae, in every position and pixel shape', () => {
  // Vertebrae of 20, 20, 20, 20, 25 and 25 mm from T4 on; the heart 105 mm long and 70 mm wide.
  const edges = [0, 20, 40, 60, 80, 105, 130].map((x): ImagePoint => [x, -90])
  const points: ImagePoint[] = [[0, 0], [63, 84], [10, 60], [66, 18], ...edges]
  for (const scale of [square, { x: 0.1, y: 0.3 }]) {
    for (const degrees of [0, 37, 180]) {
      const found = heartScore(placed(points, degrees, scale), scale)
      expect(found?.longLength).toBeCloseTo(105, 6)
      expect(found?.long).toBeCloseTo(5, 6)
      expect(found?.short).toBeCloseTo(3.5, 6)
      expect(found?.score).toBeCloseTo(8.5, 6)
    }
  }
})

test('a heart longer than the marked spine has no score yet', () => {
  const edges = [0, 20, 40].map((x): ImagePoint => [x, -90])
  expect(heartScore([[0, 0], [0, 50], [0, 0], [30, 0], ...edges], { x: 1, y: 1 })).toBeUndefined()
})

test('three points give the circle that goes through them', () => {
  const on = [20, 100, 230].map((degrees): ImagePoint => {
    const angle = (degrees * Math.PI) / 180
    return [(50 + 12 * Math.cos(angle)) / 0.1, (40 + 12 * Math.sin(angle)) / 0.3]
  })
  const found = circleThrough(on, { x: 0.1, y: 0.3 })
  expect(found?.radius).toBeCloseTo(12, 6)
  expect(found?.center[0]).toBeCloseTo(500, 6)
  expect(
    circleThrough(
      [
        [0, 0],
        [1, 1],
        [2, 2],
      ],
      square,
    ),
  ).toBeUndefined()
})

test('Norberg angles of known hips', () => {
  const rim = (x: number) =>
    [10, 130, 250].map(
      (degrees): ImagePoint => [x + 8 * Math.cos((degrees * Math.PI) / 180), 8 * Math.sin((degrees * Math.PI) / 180)],
    )
  const edge = (x: number, towards: 1 | -1, degrees: number): ImagePoint => [
    x + towards * 11 * Math.cos((degrees * Math.PI) / 180),
    -11 * Math.sin((degrees * Math.PI) / 180),
  ]
  // 105 degrees from the line to the other hip, and 92.5.
  const points = [...rim(0), ...rim(70), edge(0, 1, 105), edge(70, -1, 92.5)]
  for (const degrees of [0, 25, 180]) {
    const found = norbergAngles(placed(points, degrees, { x: 0.1, y: 0.3 }), { x: 0.1, y: 0.3 })
    expect(found?.first).toBeCloseTo(105, 6)
    expect(found?.second).toBeCloseTo(92.5, 6)
  }
})

test('the plateau angle of a known tibia, from either side', () => {
  const [cosine, sine] = [Math.cos((24 * Math.PI) / 180), Math.sin((24 * Math.PI) / 180)]
  const tibia = (side: 1 | -1): ImagePoint[] => [
    [0, 0],
    [0, 150],
    [-side * 15 * cosine, -15 * sine],
    [side * 15 * cosine, 15 * sine],
  ]
  for (const side of [1, -1] as const) {
    for (const degrees of [0, 12, 175]) {
      expect(plateauAngle(placed(tibia(side), degrees, square), square)).toBeCloseTo(24, 6)
    }
  }
})

test('ranges are those of the species, then of the breed; a tenth of a vertebra decides', () => {
  expect(heartScoreRanges.parse(shippedHeartScores)).toHaveLength(shippedHeartScores.length)
  expect(new Set(shippedHeartScores.map(({ rangeId }) => rangeId)).size).toBe(shippedHeartScores.length)
  const of = (species: string, breed: string) =>
    rangesFor(shippedHeartScores, { species, breed }).map(({ mean }) => mean)
  expect(of('Canine', 'Labrador Retriever')).toEqual([9.7, 10.8, 10.4])
  expect(of('Canis lupus familiaris', 'Boston Terrier')).toEqual([9.7, 11.7])
  expect(of('Felis catus', '')).toEqual([8.1, 7.5])
  expect(of('', 'Boxer')).toEqual([])
  const dog = { mean: 9.7, deviation: 0.5 }
  expect([9.14, 9.16, 10.24, 10.26].map((score) => verdict(score, dog))).toEqual(['below', 'within', 'within', 'above'])
})
