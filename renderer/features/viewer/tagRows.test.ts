import { expect, test } from 'vitest'
import { filterTags, namedTags, type TagRow, tagsAsText } from './tagRows.ts'

const row = (depth: number, tag: string, vr: string, keyword: string, value: string): TagRow => {
  return { depth, tag, vr, keyword, value }
}
const rows = namedTags([
  row(0, '(0008,0060)', 'CS', 'Modality', 'CT'),
  row(0, '(0009,0010)', 'LO', '', 'ACME 1.1'),
  row(0, '(0009,1001)', 'LO', '', 'secret'),
  row(0, '(0009,1101)', 'LO', '', 'of nobody'),
  row(0, '(0040,0275)', 'SQ', 'RequestAttributesSequence', '1 item'),
  row(1, '(FFFE,E000)', '', 'Item 1', ''),
  row(2, '(0009,0010)', 'LO', '', 'OTHER'),
  row(2, '(0009,1001)', 'LO', '', 'inside'),
  row(2, '(0040,0007)', 'LO', 'ScheduledProcedureStepDescription', 'Head'),
  row(0, '(0009,1002)', 'LO', '', 'again'),
])

test('a private element has the name of its creator, in its own item', () => {
  expect(rows.map(({ name }) => name)).toEqual([
    'Modality',
    'Private creator',
    'Private, ACME 1.1',
    'Private',
    'RequestAttributesSequence',
    'Item 1',
    'Private creator',
    'Private, OTHER',
    'ScheduledProcedureStepDescription',
    'Private, ACME 1.1',
  ])
})

test('what is found keeps the sequence and item that it stands in', () => {
  const names = (text: string, privateOnly = false) =>
    filterTags(rows, text, privateOnly).map(({ value, name }) => value || name)
  expect(names('head')).toEqual(['1 item', 'Item 1', 'Head'])
  expect(names('0008,0060')).toEqual(['CT'])
  expect(names('00080060')).toEqual(['CT'])
  expect(names('modality ct')).toEqual(['CT'])
  expect(names('modality mr')).toEqual([])
  expect(names('', true)).toHaveLength(8)
  expect(names('inside', true)).toEqual(['1 item', 'Item 1', 'inside'])
})

test('copied text keeps order and nesting', () => {
  expect(tagsAsText(rows.slice(4, 6))).toBe('(0040,0275)\tSQ\tRequestAttributesSequence\t1 item\n  (FFFE,E000)\tItem 1')
})
