import { expect, test } from 'vitest'
import { aeTitleProblem } from './aeTitle.ts'

test.each(['NEGATOSCOPE', 'CT_SCANNER_1', 'a b', 'A', 'SIXTEEN_CHARS_16'])('%j is an AE title', (title) => {
  expect(aeTitleProblem(title)).toBeUndefined()
})

test.each([
  ['', 'Enter an AE title'],
  ['   ', 'Enter an AE title'],
  [' PACS', 'start or end with a space'],
  ['SEVENTEEN_CHARS_17', 'at most 16'],
  ['A\\B', 'no backslash'],
  ['PÄCS', 'no accents'],
  ['A\tB', 'Only plain letters'],
])('%j is none, and the sentence says why', (title, words) => {
  expect(aeTitleProblem(title)).toContain(words)
})
