import { expect, test } from 'vitest'
import { proofText, proofWord } from './proofText.ts'

const row = { peer: 'Northview', done: 124, failed: 0 }
const checkedAt = new Date(2026, 10, 21, 14, 53).getTime()
const proof = { by: 'find', counted: 124, attempts: 1, checkedAt, nextCheckAt: null, note: '', differs: '' } as const

test('what was found there is proved, with both counts', () => {
  expect(proofWord({ state: 'proved', counted: 124 })).toEqual({ status: 'proved', word: 'Proved' })
  expect(proofWord({ state: 'proved', counted: 56 }, 4).word).toBe('56 proved')
  expect(proofText(row, { ...proof, state: 'proved' })).toBe('Sent 124, Northview has 124 (C-FIND, 14:53).')
})

test('whose it is there is said where that is somebody else', () => {
  const astray = { ...proof, state: 'proved', differs: 'Northview keeps this study under Else.' } as const
  expect(proofWord(astray)).toEqual({ status: 'attention', word: 'Other patient' })
  expect(proofText(row, astray)).toContain('Northview has 124 (C-FIND, 14:53). Northview keeps this study under Else.')
})

test('what is not there is not proved, and nobody reads it as if it were', () => {
  expect(proofWord({ state: 'missing', counted: 123 }).word).toBe('Not proved')
  const missing = { ...proof, state: 'missing', counted: 123 } as const
  expect(proofText({ ...row, done: 123, failed: 1 }, missing)).toBe('Sent 124, Northview has 123 (C-FIND, 14:53).')
})

test('while it is counted the next look is told', () => {
  const counting = { ...proof, state: 'counting', counted: 123, nextCheckAt: checkedAt + 60_000 } as const
  expect(proofText(row, counting)).toBe('Sent 124, Northview has 123 so far (C-FIND, 14:53). Counted again at 14:54.')
})

test('commitment is named as what it is', () => {
  expect(proofText(row, { ...proof, state: 'proved', by: 'commitment' })).toBe(
    'Sent 124, Northview answers for 124 (storage commitment, 14:53).',
  )
})
