import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createServer as createTlsServer } from 'node:tls'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { makeTestAuthority, type TestAuthority } from '#electron/certificates/testing/testAuthority.ts'
import { openTestWorkstation, type TestWorkstation } from '#electron/transfers/testing/testWorkstation.ts'
import type { DiagnosisRun, DiagnosisStage } from '#shared/contract/diagnosis.ts'
import type { ServerFields } from '#shared/contract/servers.ts'

/** What works today, and should not stay so. */
let here: TestWorkstation
let authority: TestAuthority
let folder: string
let serverId: number
const open = new Set<Socket>()
const servers: Server[] = []

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'negatoscope-weak-'))
  authority = makeTestAuthority(folder)
  authority.issue('server', { to: 200 })
  authority.issue('soon', { to: 20 })
  authority.issue('elsewhere', { names: 'DNS:pacs.clinic' })
  here = await openTestWorkstation('HERE', undefined, {})
  here.certificates.addAuthorities(authority.certificate)
  serverId = here.addServer('Northview', 1)
}, 240_000)
afterEach(() => {
  for (const socket of open) socket.destroy()
  for (const server of servers.splice(0)) server.close()
})
afterAll(async () => {
  await here.stop()
  rmSync(folder, { recursive: true, force: true })
})

/** A-ASSOCIATE-RJ (PS3.8 9.3.4), so that nobody waits for more. */
const REJECTED = Buffer.from([3, 0, 0, 0, 0, 4, 0, 1, 1, 1])

function answers(socket: Socket): void {
  socket.on('error', () => {})
  socket.on('data', () => socket.end(REJECTED))
}

async function portOf(server: Server): Promise<number> {
  server.on('connection', (socket: Socket) => {
    socket.on('error', () => {})
    open.add(socket)
  })
  server.on('tlsClientError', () => {})
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  servers.push(server)
  return (server.address() as AddressInfo).port
}

async function overTls(name: string): Promise<Partial<ServerFields>> {
  const { certificate: cert, key } = authority.pem(name)
  return { tls: true, trust: 'authorities', port: await portOf(createTlsServer({ cert, key }, answers)) }
}

async function stepOf(stage: DiagnosisStage, fields: Partial<ServerFields>) {
  const { serverId: _, isDefault: __, lastTest: ___, ...saved } = here.servers.get(serverId)
  const options = { testImage: false, rehearseRetrieve: false, internet: false }
  const input = { serverId, fields: { ...saved, host: '127.0.0.1', aeTitle: 'PACS', ...fields }, options }
  let last: DiagnosisRun | undefined
  for await (const run of here.diagnosis.run(input, AbortSignal.timeout(20_000))) last = run
  return last?.steps.find((step) => step.stage === stage)
}

test('a trusted certificate of this name that is good for long passes, with its maker and its end', async () => {
  const step = await stepOf('tls', await overTls('server'))
  expect(step).toMatchObject({ result: 'pass', advice: null })
  expect(step?.detail).toMatch(/^TLSv1\.3, CN=server, made by CN=Test CA, is valid until /)
})

test('a certificate that ends within a month is warned of, with the day and who renews it', async () => {
  const step = await stepOf('tls', await overTls('soon'))
  expect(step).toMatchObject({ result: 'warn', advice: { who: 'administrator' } })
  expect(step?.detail).toMatch(/CN=soon, made by CN=Test CA, ends on /)
  expect(step?.advice?.what).toMatch(/The certificate of Northview ends on .*, in \d+ days\. From then on nothing goes/)
  expect(step?.advice?.how).toBe('The administrator renews it before that day.')
})

test('what is encrypted for whoever answers is warned of, with the fingerprint to compare', async () => {
  const step = await stepOf('tls', { ...(await overTls('elsewhere')), verifyCertificate: false })
  expect(step).toMatchObject({ result: 'warn', advice: { who: 'you', values: [{ label: 'SHA-256' }] } })
  expect(step?.advice?.what).toMatch(/nobody checked who answers/)
})

test('a web interface that is down beside DICOM is a warning for its administrator', async () => {
  const closed = createServer()
  const webPort = await portOf(closed)
  await new Promise((resolve) => closed.close(resolve))
  const step = await stepOf('rest', {
    port: await portOf(createServer(answers)),
    ...{ restOn: true, restQuery: false, restRetrieve: false, restSend: false },
    ...{ restKind: 'orthanc', restUrl: `http://127.0.0.1:${webPort}` },
  })
  expect(step).toMatchObject({ result: 'warn', advice: { who: 'administrator' } })
  expect(step?.advice?.what).toContain(`${webPort}`)
})
