import { expect, test } from 'vitest'
import { baselineOf, placeLabels, type WantedLabel } from './labels.ts'

const lines = ['20.0 mm', 'pixel spacing']
const label = (id: string, x: number, y: number, fixed = false): WantedLabel => ({ id, at: [x, y], lines, fixed })
const places = (labels: WantedLabel[]) => placeLabels(labels).map((box) => [box.left, baselineOf(box)])

test('a label with room stays where it is wanted', () => {
  expect(places([label('a', 10, 100), label('b', 10, 200)])).toEqual([
    [10, 100],
    [10, 200],
  ])
})

test('a label on top of others goes below all of them', () => {
  expect(places([label('a', 10, 100), label('b', 10, 115), label('c', 10, 100)])).toEqual([
    [10, 100],
    [10, 130],
    [10, 160],
  ])
})

test('labels side by side do not move each other', () => {
  expect(places([label('a', 10, 100), label('b', 200, 100)])[1]).toEqual([200, 100])
})

test('a label that a person put somewhere stays there, and others make room', () => {
  expect(places([label('a', 10, 100), label('b', 10, 100, true)])).toEqual([
    [10, 130],
    [10, 100],
  ])
})

test('what has no words takes no room', () => {
  expect(placeLabels([{ id: 'a', at: [0, 0], lines: [] }])).toEqual([])
})

test('at the edge of its tile a label stays whole: left of the edge, below its point', () => {
  const tile = { width: 300, height: 200 }
  const [right, low] = placeLabels([label('a', 280, 100), label('b', 10, 195)], tile)
  expect(right && [right.right, baselineOf(right)]).toEqual([296, 120])
  expect(low && [low.left, low.bottom]).toEqual([10, 196])
  // What lies out of sight stays there.
  expect(placeLabels([label('c', 400, 100)], tile)[0]?.left).toBe(400)
})
