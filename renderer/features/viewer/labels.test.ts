import { expect, test } from 'vitest'
import { placeLabels } from './labels.ts'

const lines = ['20.0 mm', 'pixel spacing']

test('a label with room stays where it is wanted', () => {
  expect(
    placeLabels([
      { at: [10, 100], lines },
      { at: [10, 200], lines },
    ]),
  ).toEqual([
    [10, 100],
    [10, 200],
  ])
})

test('a label on top of others goes below all of them', () => {
  const at = [10, 100] as const
  expect(
    placeLabels([
      { at, lines },
      { at: [10, 115], lines },
      { at, lines },
    ]),
  ).toEqual([
    [10, 100],
    [10, 130],
    [10, 160],
  ])
})

test('labels side by side do not move each other', () => {
  expect(
    placeLabels([
      { at: [10, 100], lines },
      { at: [200, 100], lines },
    ])[1],
  ).toEqual([200, 100])
})
