import { expect, test } from 'vitest'
import { transferRow } from './transferFixture.ts'
import { countText, groupOf, proofCounts, stateWord, timeText } from './transferState.ts'

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
