import { expect, test } from 'vitest'
import { restOff } from '#shared/contract/rest.ts'
import { notifyOff, usualRetrieving } from '#shared/contract/servers.ts'
import { fieldProblems, toFields } from './fieldProblems.ts'
import type { Draft } from './fields.ts'

const good: Draft = {
  name: 'Northview',
  aeTitle: 'NORTHPACS',
  host: '10.0.4.12',
  port: 104,
  listenPort: 11112,
  preferredCompression: 'none',
  description: '',
  tls: false,
  verifyCertificate: true,
  trust: 'system',
  pinnedCertificate: '',
  expectedName: '',
  clientCertificate: true,
  queryRetrieve: true,
  retrieveBy: 'move',
  queryRoot: 'study',
  associationPerInstance: false,
  askCommitment: false,
  sendHours: null,
  acceptedClasses: null,
  acceptedSyntaxes: 'all',
  ...restOff,
  ...notifyOff,
  queryDates: { kind: 'all' },
  storeEndpoint: null,
  retrieving: usualRetrieving,
  worklistAETitle: '',
  scheduledStationAETitle: '',
}

test('a complete entry has no problem', () => {
  expect(fieldProblems(good, ['Vetrad'])).toEqual({})
  expect(toFields(good)?.port).toBe(104)
})

test('a folder that is to be read from is named, and a limit is a number', () => {
  const retrieving = { mode: 'folder' as const, folder: ' ', searchLimit: undefined }
  expect(Object.keys(fieldProblems({ ...good, retrieving }, []))).toEqual([
    'retrieving.searchLimit',
    'retrieving.folder',
  ])
})

test('each wrong field has a sentence of its own', () => {
  const problems = fieldProblems({ ...good, aeTitle: 'NORTHVIEW_ARCHIVE1', host: 'http://x', port: undefined }, [])
  expect(problems.aeTitle).toBe('An AE title has at most 16 characters; this one has 18.')
  expect(problems.host).toContain('no http://')
  expect(problems.port).toBe('A port is a number from 1 to 65535.')
})

test('a name that differs in capitals only is taken', () => {
  expect(fieldProblems(good, ['NORTHVIEW']).name).toContain('Another server has this name')
})

test('IPv6 addresses and names are hosts', () => {
  for (const host of ['0:0:0:0:0:ffff:a00:40c', 'fe80::1%eth0', 'dicomserver.univ.com'])
    expect(fieldProblems({ ...good, host }, [])).toEqual({})
})
