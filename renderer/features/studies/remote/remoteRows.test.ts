import { expect, it } from 'vitest'
import type { RemoteStudy } from '#shared/contract/studies.ts'
import { addItem, askingOf, completeHere, daysOf, sortRemote } from './remoteRows.ts'

const study = (studyInstanceUID: string, more: Partial<RemoteStudy> = {}): RemoteStudy => ({
  serverId: 1,
  studyInstanceUID,
  patientName: '',
  patientId: '',
  patientBirthDate: '',
  patientSex: '',
  patientSexNeutered: '',
  species: '',
  breed: '',
  owner: '',
  accessionNumber: '',
  studyDate: '20261121',
  studyTime: '',
  description: '',
  modalities: [],
  series: null,
  instances: null,
  localInstances: 0,
  localStudyId: null,
  ...more,
})

it('sorts days with and without a time together', () => {
  let found = askingOf([1])
  const timed = study('1.1', { studyDate: '20261111', studyTime: '103912' })
  const untimed = study('1.2', { studyDate: '20261121', studyTime: '' })
  found = addItem(found, { kind: 'matches', serverId: 1, studies: [timed, untimed] })
  const sorted = sortRemote(found.rows, { column: 'studyDate', descending: true })
  expect(sorted.map((row) => row.studyInstanceUID)).toEqual(['1.2', '1.1'])
})

it('offers to open what is here in full, not to fetch it again', () => {
  const here = study('1.1', { instances: 16, localInstances: 16, localStudyId: 7 })
  expect(completeHere(here, undefined)).toBe(7)
  expect(completeHere({ ...here, localInstances: 15 }, undefined)).toBeUndefined()
  expect(completeHere({ ...here, instances: null }, undefined)).toBeUndefined()
  const came = { state: 'done' as const, studyIds: [9], done: 16, isWhole: false }
  expect(completeHere({ ...here, localInstances: 0, localStudyId: null }, came)).toBe(9)
  expect(completeHere({ ...here, localInstances: 0, localStudyId: null }, { ...came, done: 4 })).toBeUndefined()
  // A server that does not count.
  expect(completeHere({ ...here, instances: null }, { ...came, isWhole: true })).toBe(9)
  expect(completeHere({ ...here, instances: null }, came)).toBeUndefined()
})

it('collects matches as they come, each study of a server once', () => {
  let found = askingOf([1, 2])
  found = addItem(found, { kind: 'matches', serverId: 1, studies: [study('1.1'), study('1.2')] })
  found = addItem(found, { kind: 'matches', serverId: 1, studies: [study('1.2'), study('1.3')] })
  found = addItem(found, { kind: 'matches', serverId: 2, studies: [study('1.1', { serverId: 2 })] })
  expect(found.rows.map((row) => [row.key, row.serverId, row.studyInstanceUID])).toEqual([
    [0, 1, '1.1'],
    [1, 1, '1.2'],
    [2, 1, '1.3'],
    [3, 2, '1.1'],
  ])
  expect(found.servers.map((server) => server.count)).toEqual([3, 1])
})

it('keeps how each server ended', () => {
  const end = { from: '', count: 500, capped: true, elapsedMs: 90, error: null }
  let found = addItem(askingOf([1, 2]), { kind: 'finished', serverId: 1, ...end })
  found = addItem(found, { kind: 'finished', serverId: 2, ...end, error: 'No answer.' })
  expect(found.servers.map((server) => server.state)).toEqual(['finished', 'failed'])
})

it('sorts like the local list and keeps arrival order among equals', () => {
  const found = addItem(askingOf([1]), {
    kind: 'matches',
    serverId: 1,
    studies: [study('a', { studyDate: '20200101' }), study('b'), study('c')],
  })
  const sorted = sortRemote(found.rows, { column: 'studyDate', descending: true })
  expect(sorted.map((row) => row.studyInstanceUID)).toEqual(['b', 'c', 'a'])
  expect(daysOf(sorted)).toEqual([
    { date: '20261121', count: 2 },
    { date: '20200101', count: 1 },
  ])
})
