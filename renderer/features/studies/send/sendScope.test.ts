import { expect, test } from 'vitest'
import { scopesOf, selectionOf } from './sendScope.ts'

const studies = [{ studyId: 1 }, { studyId: 2 }]
const viewed = { seriesId: 7, instanceId: 9 }

test('from the list whole studies or the chosen series go', () => {
  expect(scopesOf([], undefined)).toEqual([])
  expect(selectionOf('study', studies, [], undefined)).toEqual({ studyIds: [1, 2] })
  expect(selectionOf('study', studies, [5], undefined)).toEqual({ seriesIds: [5] })
})

test('from the viewer the study, its series or the one image', () => {
  expect(scopesOf([], viewed).map(({ value }) => value)).toEqual(['study', 'series', 'image'])
  expect(scopesOf([], { seriesId: 7, instanceId: undefined })).toHaveLength(2)
  expect(selectionOf('series', studies, [], viewed)).toEqual({ seriesIds: [7] })
  expect(selectionOf('image', studies, [], viewed)).toEqual({ instanceIds: [9] })
})
