import { expect, test } from 'vitest'
import type { KeptTransfer } from '#electron/archive/archiveApi.ts'
import type { TransferItem } from '#shared/contract/transfers.ts'
import { partyOf, recount } from './recount.ts'

const row = { done: 2, bytes: 20, studyIds: [1] } as unknown as KeptTransfer
const item = (key: string): TransferItem => ({ key, state: 'done', status: 0, note: '' })
const stored = (uid: string, studyId = 1) => ({ sopInstanceUID: uid, studyId, bytes: 10 })

test('what the archive has and the list has not is added, once', () => {
  const claimed = new Set<string>()
  const archive = [stored('a'), stored('b'), stored('c'), stored('d', 2)]
  const newest = recount(row, [item('a'), item('b')], archive, claimed)
  expect(newest.row).toMatchObject({ done: 4, bytes: 40, studyIds: [1, 2] })
  expect(newest.items.map(({ key }) => key)).toEqual(['c', 'd'])
  expect(recount(row, [item('x')], archive, claimed).items).toEqual([])
})

test('a calling AE title may hold spaces', () => {
  expect(partyOf('CT ROOM 1 10.0.0.7')).toEqual({ callingAETitle: 'CT ROOM 1', address: '10.0.0.7' })
  expect(partyOf(' ::1')).toEqual({ callingAETitle: '', address: '::1' })
})
