import { createServer, type Server } from 'node:http'
import { type AddressInfo, createServer as createTcpServer } from 'node:net'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { allChecks, openTestNode, type TestNode } from '#electron/dicom/testing/testNode.ts'
import { DEFAULT_SETTINGS } from '#electron/settings/settingsStore.ts'
import { restOff } from '#shared/contract/rest.ts'
import { notifyOff, type ServerFields, usualRetrieving } from '#shared/contract/servers.ts'
import { echo } from './echo.ts'

let us: TestNode
let peer: TestNode
let web: Server
beforeAll(async () => {
  us = await openTestNode()
  peer = await openTestNode({ aeTitle: 'PEER', checks: allChecks, known: [] })
  web = createServer((_, response) => response.end('hello'))
  await new Promise<void>((resolve) => web.listen(0, '127.0.0.1', resolve))
})
afterAll(async () => {
  await us.close()
  await peer.close()
  web.close()
})

const certificates = { identity: () => undefined, authorities: () => [] }
const server = (change: Partial<ServerFields>): ServerFields => ({
  ...{ name: 'The peer', aeTitle: 'PEER', host: '127.0.0.1', port: peer.port, listenPort: 11112 },
  ...{ preferredCompression: 'none', description: '', tls: false, verifyCertificate: true, queryRetrieve: true },
  ...{ retrieveBy: 'move', queryRoot: 'study' },
  ...{ trust: 'system', pinnedCertificate: '', expectedName: '', clientCertificate: true },
  ...{
    associationPerInstance: false,
    askCommitment: false,
    sendHours: null,
    acceptedClasses: null,
    acceptedSyntaxes: 'all',
  },
  ...restOff,
  ...notifyOff,
  ...{ queryDates: { kind: 'all' }, retrieving: usualRetrieving, storeEndpoint: null },
  ...{ worklistAETitle: '', scheduledStationAETitle: '' },
  ...change,
})
const tryEcho = (change: Partial<ServerFields>) =>
  echo({ node: us.node, settings: DEFAULT_SETTINGS, certificates }, server(change), AbortSignal.timeout(10_000))

test('a peer that knows us answers, with the time it took and our address as it sees it', async () => {
  const known = [{ aeTitle: 'NEGATOSCOPE', host: '127.0.0.1', preferredTransferSyntaxUID: '' }]
  await peer.node.configure({ ...peer.configuration, known })
  const outcome = await tryEcho({})
  expect(outcome).toMatchObject({ ok: true, ourAddress: '127.0.0.1' })
  expect(outcome.sentence).toMatch(/^The peer answers, in \d+ ms\.$/)
})

test('a peer that does not know us says so', async () => {
  await peer.node.configure({ ...peer.configuration, known: [] })
  expect((await tryEcho({})).sentence).toContain('does not know us')
})

test('a wrong AE title, a closed port, a web server and an unknown name are told apart', async () => {
  const known = [{ aeTitle: 'NEGATOSCOPE', host: '127.0.0.1', preferredTransferSyntaxUID: '' }]
  await peer.node.configure({ ...peer.configuration, known })
  expect((await tryEcho({ aeTitle: 'WRONG' })).sentence).toContain('does not accept the name WRONG')
  expect((await tryEcho({ port: 1 })).technical).toContain('ECONNREFUSED')
  expect((await tryEcho({ port: (web.address() as AddressInfo).port })).sentence).toContain('a web server')
  expect((await tryEcho({ host: 'no-such-host.invalid' })).sentence).toContain('no-such-host.invalid')
})

test('TLS against a port without TLS is said as such', async () => {
  const outcome = await tryEcho({ tls: true })
  expect(outcome.ok).toBe(false)
  expect(outcome.sentence).toMatch(/TLS/)
})

test('a peer that takes the connection and says nothing is given up after the request timeout of the settings', async () => {
  const silent = createTcpServer()
  await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve))
  const { port } = silent.address() as AddressInfo
  const settings = { ...DEFAULT_SETTINGS, requestTimeoutSeconds: 1 }
  const startedAt = performance.now()
  const outcome = await echo({ node: us.node, settings, certificates }, server({ port }), AbortSignal.timeout(60_000))
  expect(performance.now() - startedAt).toBeLessThan(30_000)
  expect(outcome).toMatchObject({ ok: false })
  expect(outcome.sentence).toContain('says nothing')
  silent.close()
})
