import { expect, test } from 'vitest'
import { restOff } from '#shared/contract/rest.ts'
import { notifyOff, type ServerRow, usualRetrieving } from '#shared/contract/servers.ts'
import { testedValues } from './editorState.ts'
import { draftOf } from './fields.ts'

const row: ServerRow = {
  ...{ revision: 0, readOnly: false, setBy: 'person' },
  ...{ serverId: 1, isDefault: true, lastTest: null, name: 'North', aeTitle: 'NORTH', host: '10.0.4.12', port: 104 },
  ...{ listenPort: 11112, preferredCompression: 'none', description: '', tls: false, verifyCertificate: true },
  ...{ trust: 'system', pinnedCertificate: '', expectedName: '', clientCertificate: true },
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
const draft = draftOf(row)

test('a result speaks of the values that were tested and of no others', () => {
  expect(testedValues(row, undefined, row)).toBe('saved')
  expect(testedValues({ ...row, host: '10.9.9.9' }, { ...draft, host: '10.9.9.9' }, row)).toBe('unsaved')
  expect(testedValues(row, { ...draft, host: '10.9.9.9' }, row)).toBe('other values')
  expect(testedValues(undefined, { ...draft, tls: true }, row)).toBe('other values')
  expect(testedValues(undefined, { ...draft, description: 'in the cellar' }, row)).toBe('saved')
})
