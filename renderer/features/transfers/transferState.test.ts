import { expect, test } from 'vitest'
import { transferRow } from './transferFixture.ts'
import { countText, groupOf, legendOf, proofCounts, stateWord, timeText, waitingText } from './transferState.ts'

const row = transferRow({
  ...{ state: 'running', title: 'Bruno', peer: 'Vetrad', total: 388, done: 97, studyIds: [] },
  startedAt: new Date(2026, 10, 21, 10, 0, 0).getTime(),
})
const now = row.startedAt + 10_000

test('a transfer says where it stands in one word', () => {
  expect(stateWord(row).word).toBe('Sending')
  expect(stateWord({ ...row, state: 'done' }).word).toBe('Stored')
  expect(stateWord({ ...row, state: 'partial', failed: 3 }).word).toBe('3 failed')
  expect(stateWord({ ...row, kind: 'receive', state: 'done', warnings: 2 }).word).toBe('Received, 2 with a note')
  expect(stateWord({ ...row, kind: 'receive', state: 'partial' }).word).toBe('Not complete')
})

test('one that waits for the hours of its destination says until when; a later try comes after them', () => {
  const opensAt = new Date(2026, 10, 21, 20, 0).getTime()
  const waiting = { ...row, state: 'waiting' as const, opensAt }
  expect(stateWord(waiting, now)).toEqual({ status: 'waiting', word: 'Waits until 20:00' })
  expect(stateWord({ ...waiting, nextAttemptAt: now + 20_000 }, now).word).toBe('Waits until 20:00')
  const soon = { ...waiting, opensAt: null, nextAttemptAt: now + 20_000 }
  expect(stateWord({ ...soon, attempts: 1 }, now).word).toBe('Retry in 20 s')
  // What was told of in parts has not been tried yet.
  expect(stateWord({ ...soon, attempts: 0 }, now).word).toBe('Starts in 20 s')
})

test('images that are there under another patient need a person', () => {
  const proof = { state: 'proved', by: 'find', counted: 97, attempts: 1, checkedAt: now, nextCheckAt: null } as const
  const astray = { ...row, state: 'done' as const, endedAt: now, proof: { ...proof, note: '', differs: 'Not Bruno.' } }
  expect(stateWord(astray)).toEqual({ status: 'attention', word: 'Other patient' })
  expect(groupOf(astray, now)).toBe('Needs attention')
})

test('counts are honest about what is not known', () => {
  expect(countText(row)).toBe('97 of 388')
  expect(countText({ ...row, kind: 'receive', total: null })).toBe('97 so far')
  expect(countText({ ...row, kind: 'receive', total: null, state: 'done', endedAt: now })).toBe('97')
})

test('the strip has a tick for each image', () => {
  expect(proofCounts({ ...row, failed: 3 })).toEqual({ proved: 0, stored: 97, refused: 3, waiting: 288 })
})

test('below the strip each image is counted once', () => {
  const counts = { total: 9, done: 4, warnings: 2, failed: 5, state: 'partial', endedAt: now } as const
  expect(legendOf({ ...row, ...counts }, [])).toEqual([
    { word: 'Stored', count: 2 },
    { word: 'With a warning', count: 2 },
    { word: 'Failed', count: 5 },
  ])
  const asked = { by: 'find', attempts: 1, checkedAt: now, nextCheckAt: null, note: '', differs: '' } as const
  expect(legendOf({ ...row, ...counts, proof: { state: 'missing', counted: 3, ...asked } }, [])).toEqual([
    { word: 'Proved', count: 3 },
    { word: 'Stored', count: 1 },
    { word: 'Of these with a warning', count: 2 },
    { word: 'Failed', count: 5 },
  ])
})

test('one that waits for its turn says behind what', () => {
  const waiting = { ...row, transferId: 'w', state: 'waiting' as const, done: 0 }
  const retried = {
    ...waiting,
    transferId: 'r',
    title: 'Milo',
    nextAttemptAt: new Date(2026, 10, 21, 10, 4, 9).getTime(),
  }
  expect(waitingText(waiting, [waiting])).toBe('')
  expect(waitingText(waiting, [waiting, { ...row, peer: 'Other' }])).toBe('')
  expect(waitingText(waiting, [waiting, row])).toBe('Goes after Bruno: one at a time goes to or from Vetrad.')
  expect(waitingText(waiting, [waiting, retried])).toBe('Goes after Milo, which is tried again at 10:04:09.')
  expect(waitingText(retried, [waiting, row])).toBe('')
})

test('what needs a person comes first, today is apart from earlier days', () => {
  expect(groupOf({ kind: 'send', state: 'partial', hold: null, endedAt: now }, now)).toBe('Needs attention')
  expect(groupOf({ kind: 'send', state: 'done', hold: null, endedAt: now }, now)).toBe('Done today')
  expect(groupOf({ kind: 'receive', state: 'refused', hold: null, endedAt: now }, now)).toBe('Done today')
  expect(groupOf({ kind: 'send', state: 'done', hold: null, endedAt: now - 86_400_000 }, now)).toBe('Earlier')
})

test('the time left follows from what is done', () => {
  expect(timeText(row, now)).toBe('30 s left')
  expect(timeText({ ...row, total: null }, now)).toBe('since 10:00')
  expect(timeText({ ...row, state: 'done', endedAt: now }, now)).toBe('10:00')
})
