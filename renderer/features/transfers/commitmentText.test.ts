import { expect, test } from 'vitest'
import type { CommitmentSummary } from '#shared/contract/transfers.ts'
import { commitmentText, commitmentWord } from './commitmentText.ts'

const none: CommitmentSummary = { asked: 0, committed: 0, refused: 0, notAsked: 0, askedAt: 0, note: '' }

test('what is not answered is said so, and is no yes', () => {
  const waiting = { ...none, asked: 12 }
  expect(commitmentWord(waiting).word).toBe('No answer yet')
  expect(commitmentText(waiting, 'Northview')).toMatch(/^Asked .* for 12 images; Northview has not answered yet\.$/)
})

test('all, some and none are told apart', () => {
  expect(commitmentWord({ ...none, committed: 3 }).word).toBe('Committed')
  expect(commitmentText({ ...none, committed: 3 }, 'N')).toBe('N answers for all 3 images.')
  expect(commitmentText({ ...none, committed: 1 }, 'N')).toBe('N answers for the image.')
  const some = { ...none, committed: 2, refused: 1 }
  expect(commitmentWord(some).word).toBe('Not committed')
  expect(commitmentText(some, 'N')).toBe(
    'N answers for 2 of 3 images. It does not answer for 1 image; the list says why.',
  )
})

test('a question that did not arrive says why', () => {
  const lost = { ...none, notAsked: 2, note: 'Nothing listens there.' }
  expect(commitmentWord(lost).word).toBe('Not asked')
  expect(commitmentText(lost, 'N')).toBe('It could not be asked for 2 images: Nothing listens there.')
})
