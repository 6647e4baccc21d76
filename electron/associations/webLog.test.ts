import { expect, test } from 'vitest'
import type { Entry } from './entry.ts'
import type { WebExchange, WebParty } from './webEntry.ts'
import { WebLog } from './webLog.ts'

function logged() {
  const noted = new Map<string, Entry>()
  const refusals: string[] = []
  const log = new WebLog({
    note: (entry) => void noted.set(entry.row.associationId, entry),
    noteRefusal: (key, _, entryOf) => {
      refusals.push(key)
      const entry = entryOf()
      noted.set(entry.row.associationId, entry)
    },
  })
  return { log, refusals, rows: () => [...noted.values()].map(({ row }) => row), entries: () => [...noted.values()] }
}
const viewer: WebParty = { direction: 'in', name: 'ohif', address: '10.0.0.7', security: 'TLS' }
const there: WebParty = { direction: 'out', name: 'Cloud', address: 'pacs.example:443', security: 'TLS' }
const search: WebExchange = {
  ...{ at: 1000, what: 'Search studies', status: 200, bytesReceived: 0, bytesSent: 70, sentence: '' },
}

test('what one user asks is one row, with each request, until the user falls silent', () => {
  const { log, rows, entries } = logged()
  log.answered(viewer, search)
  log.answered(viewer, { ...search, at: 1500, what: 'Frames', bytesSent: 900 })
  log.answered({ ...viewer, name: 'weasis' }, search)
  log.answered(viewer, { ...search, at: 1600, status: 404, bytesSent: 0, sentence: 'Not here.' })
  expect(rows()).toMatchObject([
    { over: 'web', direction: 'in', callingAETitle: 'ohif', state: 'open', succeeded: 2, failed: 1, bytesSent: 970 },
    { callingAETitle: 'weasis', succeeded: 1 },
  ])
  expect(entries()[0]?.details.web?.map(({ ms, what, status }) => [ms, what, status])).toEqual([
    [0, 'Search studies', 200],
    [500, 'Frames', 200],
    [600, 'Search studies', 404],
  ])
  log.close()
  expect(rows().map(({ state }) => state)).toEqual(['released', 'released'])
})

test('who is not let in is refused, under one key for the same reason', () => {
  const { log, rows, refusals } = logged()
  const refused = { ...search, status: 401, bytesSent: 0, sentence: 'Name and password are needed.' }
  log.answered({ ...viewer, name: '' }, refused)
  log.answered({ ...viewer, name: '' }, { ...refused, at: 2000 })
  expect(new Set(refusals).size).toBe(1)
  expect(rows()[0]).toMatchObject({ state: 'refused', sentence: 'Name and password are needed.', over: 'web' })
})

test('a call of ours is there once it has asked something, and says how it ended', () => {
  const { log, rows } = logged()
  log.calling('cached', there)
  log.called('cached', 'released', '')
  expect(rows()).toEqual([])
  log.calling('a', there)
  log.asked('a', { ...search, bytesSent: 0, bytesReceived: 300 })
  log.called('a', 'lost', 'The connection was cut.')
  log.calling('b', there)
  log.asked('b', { ...search, status: 0, sentence: 'Nothing listens.' })
  log.called('b', 'lost', 'Nothing listens.')
  // The last bytes of an answer are told behind the end of the call.
  log.asked('a', { ...search, at: 1200, bytesSent: 0, bytesReceived: 5 })
  expect(rows()).toMatchObject([
    { direction: 'out', calledAETitle: 'Cloud', state: 'lost', succeeded: 2, bytesReceived: 305 },
    { state: 'failed', sentence: 'Nothing listens.', failed: 1 },
  ])
})
