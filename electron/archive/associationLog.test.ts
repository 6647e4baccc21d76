import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { deflateRawSync } from 'node:zlib'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { AssociationDetails } from '#shared/contract/associations.ts'
import { associationHistory, associationLog, type KeptAssociation } from './associationLog.ts'
import { type Connection, openDatabase } from './database.ts'
import { migrate } from './migrate.ts'

let folder: string
let db: Connection
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'negatoscope-associations-'))
  db = openDatabase(join(folder, 'index.sqlite'), 'write')
  migrate(db)
})
afterEach(() => {
  db.close()
  rmSync(folder, { recursive: true, force: true })
})

const details: AssociationDetails = {
  ...{ implementation: 'X', maxPduLength: 0, rejection: null, contexts: [], operations: [], failures: [], steps: [] },
}
const deflated = new Uint8Array(deflateRawSync(JSON.stringify(details)))
function row(at: number, state: KeptAssociation['state'] = 'released'): KeptAssociation {
  return {
    ...{ associationId: `a${at}`, startedAt: at, endedAt: state === 'open' ? null : at + 1, state, direction: 'in' },
    ...{ callingAETitle: 'CT1', calledAETitle: 'HERE', address: '10.0.0.1', security: '', sentence: '', times: 1 },
    ...{ bytesReceived: 1, bytesSent: 2, succeeded: 3, warned: 0, failed: 0, details: deflated },
  }
}
const starts = () =>
  associationHistory(db)
    .list({ kind: 'all', before: null, limit: 5000 })
    .map(({ startedAt }) => startedAt)

test('what is too old, and what is beyond the number of rows, is forgotten, a bounded part at a time', () => {
  const log = associationLog(db)
  log.save(
    Array.from({ length: 1500 }, (_, at) => row(at)),
    undefined,
  )
  log.save([row(5000, 'open')], { rows: 10_000, since: 100 })
  expect(starts()).toHaveLength(1401)
  expect(Math.min(...starts())).toBe(100)
  for (let turn = 0; turn < 5; turn += 1) log.save([], { rows: 10, since: 0 })
  expect(starts()).toHaveLength(10)
  expect(Math.max(...starts())).toBe(5000)
})

test('a row is replaced by its later state, and what stayed open is interrupted', () => {
  const log = associationLog(db)
  const history = associationHistory(db)
  log.save([row(1, 'open'), row(2, 'open')], undefined)
  log.save([{ ...row(1), failed: 7 }], undefined)
  log.interrupt(99)
  expect(history.list({ kind: 'accepted', before: null, limit: 10 })).toMatchObject([
    { startedAt: 2, state: 'interrupted', endedAt: 99 },
    { startedAt: 1, state: 'released', failed: 7 },
  ])
  expect(history.details('a1')).toEqual(details)
  expect(history.details('none')).toBeUndefined()
})

test('a page of the log is found by an index, whatever the filter', () => {
  for (const where of [``, `state <> 'refused' AND`, `state = 'refused' AND`]) {
    const plan = db
      .prepare(
        `EXPLAIN QUERY PLAN SELECT association_id FROM associations WHERE ${where} (started_at, association_id) < (1, 'a')
         ORDER BY started_at DESC, association_id DESC LIMIT 10`,
      )
      .all() as { detail: string }[]
    expect(plan.map(({ detail }) => detail).join(' ')).toMatch(/USING (COVERING )?INDEX associations_/)
    expect(plan.map(({ detail }) => detail).join(' ')).not.toContain('TEMP B-TREE')
  }
})
