import { expect, it } from 'vitest'
import type { StudyState } from '#shared/contract/studies.ts'
import type { TransferRow } from '#shared/contract/transfers.ts'
import { transferRow as row } from '../../transfers/transferFixture.ts'
import { missingParts, studyStatuses, withStates } from './studyStatus.ts'

const text = (...rows: TransferRow[]) => studyStatuses(rows).get(7)

it('says what moves now before anything else', () => {
  expect(text(row({ state: 'failed' }), row({ kind: 'receive', state: 'running', startedAt: 2 }))).toMatchObject({
    status: 'arriving',
    text: 'Arriving now',
  })
  expect(text(row({ state: 'running', done: 212, total: 629, peer: 'Vetrad' }))?.text).toBe('Vetrad, 212 of 629')
})

it('says what a server did not take, until it took it', () => {
  const partial = row({ state: 'partial', done: 7, failed: 3 })
  expect(text(partial)).toMatchObject({ status: 'attention', text: '3 not sent to Northview' })
  expect(text(partial, row({ startedAt: 2 }))).toMatchObject({ status: 'stored', text: 'Sent to Northview' })
})

it('never lets a part pass for the whole study', () => {
  const cut = row({ kind: 'retrieve', state: 'partial', done: 172, total: 600 })
  expect(text(cut)).toMatchObject({ status: 'attention', text: '172 of 600, not complete' })
  expect(text(row({ kind: 'receive', state: 'cancelled', done: 3, total: null }))?.text).toBe('Not complete')
  expect(text(cut, row({ kind: 'retrieve', state: 'done', startedAt: 2 }))).toBeUndefined()
})

it('counts servers and says nothing of what was only received', () => {
  expect(text(row({}), row({ peer: 'Vetrad' }))?.text).toBe('Sent to 2 servers')
  expect(text(row({ kind: 'receive' }))).toBeUndefined()
})

it('names the missing part of a study until the rest is asked for or has come', () => {
  const part = row({ kind: 'retrieve', state: 'failed', done: 172, total: 600 })
  expect(missingParts([part]).get(7)).toBe('172 of 600, not complete')
  expect(missingParts([part, row({ kind: 'retrieve', state: 'running', startedAt: 2 })]).size).toBe(0)
  expect(missingParts([part, row({ kind: 'retrieve', state: 'done', startedAt: 3 })]).size).toBe(0)
})

const proof = { by: 'find', counted: 10, attempts: 1, checkedAt: 1, nextCheckAt: null, note: '', differs: '' } as const

it('is at a server only once that was proved, and sent there before', () => {
  const proved = row({ proof: { state: 'proved', ...proof } })
  expect(text(proved)).toMatchObject({ status: 'proved', text: 'At Northview' })
  expect(text(row({ proof: { state: 'counting', ...proof } }))).toMatchObject({ text: 'Sent to Northview' })
  const other = row({ transferId: 'u', peer: 'Vetrad' })
  expect(text(proved, other)).toMatchObject({ status: 'stored', text: 'Sent to 2 servers' })
  expect(text(proved, { ...other, proof: proved.proof })).toMatchObject({ status: 'proved', text: 'At 2 servers' })
})

it('is at a server with as many images as went there, and no more', () => {
  const studyOf = (received: number, made = 0): StudyState => ({
    ...{ studyId: 7, state: 'complete', received, made, expected: received, saidBy: '', gaps: [], late: 0 },
  })
  const shown = (study: StudyState, ...rows: TransferRow[]) =>
    withStates(studyStatuses(rows), new Map([[7, study]])).get(7)
  const one = row({ done: 1, total: 1, proof: { state: 'proved', ...proof } })
  const rest = row({ transferId: 'u', startedAt: 0, done: 9, total: 9, proof: one.proof })
  expect(shown(studyOf(10), one)).toMatchObject({ status: 'stored', text: '1 of 10 at Northview' })
  expect(shown(studyOf(10), { ...one, proof: null })).toMatchObject({ text: '1 of 10 sent to Northview' })
  expect(shown(studyOf(10), one, rest)).toMatchObject({ status: 'proved', text: 'At Northview' })
  expect(shown(studyOf(11, 1), one, rest), 'a report of our own').toMatchObject({ text: 'At Northview' })
  expect(shown(studyOf(30), row({ studyIds: [7, 8] })), 'several at once').toMatchObject({ text: 'Sent to Northview' })
})
