import { once } from 'node:events'
import { mkdtempSync, rmSync, statfsSync } from 'node:fs'
import { createServer as createHttpServer } from 'node:http'
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createServer as createTlsServer, type TlsOptions } from 'node:tls'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { makeTestAuthority, type TestAuthority } from '#electron/certificates/testing/testAuthority.ts'
import { writePart10 } from '#electron/demo/writePart10.ts'
import { ScriptedPeer } from '#electron/dicom/testing/scriptedPeer.ts'
import { ctDataSet } from '#electron/dicom/testing/testObject.ts'
import { openTestWorkstation, type TestWorkstation } from '#electron/transfers/testing/testWorkstation.ts'
import { checksOf } from '#shared/contract/callerChecks.ts'
import type { DiagnosisOptions, DiagnosisRun, DiagnosisStage } from '#shared/contract/diagnosis.ts'
import type { ServerFields } from '#shared/contract/servers.ts'
import { newUID } from '#shared/dicom/uid.ts'
import { answeringPeer } from './testing/answeringPeer.ts'

/** Each layer between two real programs is broken for real, on the loopback; namespaces have a test of their own. */
let here: TestWorkstation
let pacs: TestWorkstation
let authority: TestAuthority
let stranger: TestAuthority
let folder: string
let serverId: number
const closing: (() => unknown)[] = []

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'negatoscope-layers-'))
  authority = makeTestAuthority(folder)
  stranger = makeTestAuthority(join(folder, 'stranger'), 'Stranger')
  authority.issue('server', { names: 'DNS:localhost,IP:127.0.0.1' })
  authority.issue('elsewhere', { names: 'DNS:pacs.clinic' })
  authority.issue('ended', { names: 'DNS:localhost,IP:127.0.0.1', from: -20, to: -2 })
  stranger.issue('server', { names: 'DNS:localhost,IP:127.0.0.1' })
  here = await openTestWorkstation('HERE', undefined, {})
  here.settings.update(checksOf('any'))
  here.certificates.addAuthorities(authority.certificate)
  pacs = await openTestWorkstation('PACS', undefined, { answerQueryRetrieve: true })
  pacs.settings.update(checksOf('any'))
  await Promise.all([here.listener.apply(), pacs.listener.apply()])
  const image = writePart10({ dataSet: ctDataSet(newUID()) })
  const { transferId } = await pacs.importFiles([{ name: 'a.dcm', bytes: image }])
  await pacs.ended(transferId)
  serverId = here.addServer('Northview', 1)
}, 240_000)
afterEach(async () => {
  for (const close of closing.splice(0).toReversed()) await close()
})
afterAll(async () => {
  await here.stop()
  await pacs.stop()
  rmSync(folder, { recursive: true, force: true })
})

const NOTHING: DiagnosisOptions = { testImage: false, rehearseRetrieve: false, internet: false }

async function diagnose(fields: Partial<ServerFields>, options = NOTHING): Promise<DiagnosisRun> {
  const { serverId: _, isDefault: __, lastTest: ___, ...saved } = here.servers.get(serverId)
  const server = { ...saved, host: '127.0.0.1', aeTitle: 'PACS', ...fields }
  let last: DiagnosisRun | undefined
  const signal = AbortSignal.timeout(20_000)
  for await (const run of here.diagnosis.run({ serverId, fields: server, options }, signal)) last = run
  if (last?.state !== 'finished') throw new Error(`No verdict within 20 s: ${JSON.stringify(last?.steps)}`)
  return last
}

interface Broken {
  what: string
  /** Makes it so; answers what stands in the editor. */
  arrange(): Promise<Partial<ServerFields>>
  options?: Partial<DiagnosisOptions>
  stage: DiagnosisStage
  who: 'you' | 'administrator' | 'network'
  sentence: RegExp
  detail?: RegExp
}

const portOf = (server: { address(): AddressInfo | string | null }) => (server.address() as AddressInfo).port

async function listening(server: Server): Promise<Partial<ServerFields>> {
  const open = new Set<Socket>()
  server.on('connection', (socket: Socket) => {
    socket.on('error', () => {})
    open.add(socket)
  })
  server.on('tlsClientError', () => {})
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  closing.push(() => {
    for (const socket of open) socket.destroy()
    server.close()
  })
  return { port: portOf(server) }
}

const tlsServer = (name: string, from = authority, more: TlsOptions = {}) => {
  const { certificate: cert, key } = from.pem(name)
  return listening(createTlsServer({ cert, key, ...more }, (socket) => socket.on('error', () => {})))
}
const overTls: Partial<ServerFields> = { tls: true, trust: 'authorities' }

const answering = async (statuses: Parameters<typeof answeringPeer>[0]) => {
  const { port, close } = await answeringPeer(statuses)
  closing.push(close)
  return { port }
}

const setPacs = (patch: Parameters<typeof pacs.settings.update>[0]) => {
  const before = pacs.settings.current()
  pacs.settings.update(patch)
  closing.push(async () => {
    pacs.settings.update(before)
    await pacs.listener.apply()
  })
  return pacs.listener.apply()
}

const cases: Broken[] = [
  {
    what: 'a port where nothing listens',
    arrange: async () => {
      const server = createServer()
      const fields = await listening(server)
      await new Promise((resolve) => server.close(resolve))
      return fields
    },
    stage: 'port',
    who: 'administrator',
    sentence: /nothing listens on port/,
    detail: /ECONNREFUSED/,
  },
  {
    what: 'a port that says nothing',
    arrange: () => listening(createServer()),
    stage: 'protocol',
    who: 'administrator',
    sentence: /then says nothing/,
    detail: /silent/,
  },
  {
    what: 'a port that closes at once',
    arrange: () => listening(createServer((socket) => socket.destroy())),
    stage: 'protocol',
    who: 'administrator',
    sentence: /closes it at once/,
  },
  {
    what: 'a web server',
    arrange: () => listening(createHttpServer((_, response) => response.end('hello'))),
    stage: 'protocol',
    who: 'you',
    sentence: /it is a web server/,
  },
  {
    what: 'a port for TLS, called without',
    arrange: () => tlsServer('server'),
    stage: 'protocol',
    who: 'you',
    sentence: /speaks TLS, and we called it without/,
  },
  {
    what: 'a port without TLS, called with',
    arrange: async () => ({ ...overTls, port: pacs.port }),
    stage: 'protocol',
    who: 'you',
    sentence: /not with TLS: it speaks DICOM without/,
  },
  {
    what: 'a certificate that has ended',
    arrange: async () => ({ ...overTls, ...(await tlsServer('ended')) }),
    stage: 'tls',
    who: 'administrator',
    sentence: /has ended\. Its administrator must renew it/,
  },
  {
    what: 'a certificate of another name',
    arrange: async () => ({ ...overTls, ...(await tlsServer('elsewhere')) }),
    stage: 'tls',
    who: 'you',
    sentence: /made for another name than 127\.0\.0\.1/,
  },
  {
    what: 'a certificate of an unknown authority',
    arrange: async () => ({ ...overTls, ...(await tlsServer('server', stranger)) }),
    stage: 'tls',
    who: 'you',
    sentence: /authority that this workstation does not know/,
  },
  {
    what: 'a server that wants a certificate of ours',
    arrange: async () => ({
      ...overTls,
      ...(await tlsServer('server', authority, { requestCert: true, ca: [authority.certificate] })),
    }),
    stage: 'tls',
    who: 'you',
    sentence: /wants a certificate of ours/,
  },
  {
    what: 'the wrong called AE title',
    arrange: async () => {
      await setPacs({ ...checksOf('any'), checkCalledAETitle: true })
      return { port: pacs.port, aeTitle: 'pacs' }
    },
    stage: 'association',
    who: 'you',
    sentence: /does not accept the name pacs\. AE titles must match exactly/,
    detail: /rejected 1\/1\/7/,
  },
  {
    what: 'a server that does not know us',
    arrange: async () => {
      await setPacs(checksOf('known'))
      return { port: pacs.port }
    },
    stage: 'association',
    who: 'administrator',
    sentence: /must add AE title HERE, address 127\.0\.0\.1/,
    detail: /rejected 1\/1\/3/,
  },
  {
    what: 'no association left',
    arrange: async () => {
      await setPacs({ maxAssociations: 1 })
      const { peer } = await ScriptedPeer.open(pacs.port)
      closing.push(() => peer.destroy())
      return { port: pacs.port }
    },
    stage: 'association',
    who: 'administrator',
    sentence: /no free connection|too busy/,
    detail: /rejected 2\/3\//,
  },
  {
    what: 'no context accepted',
    arrange: () => answering({ context: 3 }),
    stage: 'contexts',
    who: 'administrator',
    sentence: /offers us nothing/,
  },
  {
    what: 'an echo that is refused',
    arrange: () => answering({ echo: 0x0110 }),
    stage: 'echo',
    who: 'administrator',
    sentence: /Northview/,
    detail: /0110/,
  },
  {
    what: 'a query that is refused',
    arrange: () => answering({ others: 0xa900 }),
    stage: 'find',
    who: 'administrator',
    sentence: /data does not fit its kind/,
    detail: /A900/,
  },
  {
    what: 'a disk that is full at the server',
    arrange: async () => {
      const { bavail, blocks, bsize } = statfsSync(tmpdir())
      await setPacs({ minFreeMegabytes: Math.floor((((bavail + blocks) / 2) * bsize) / 1e6) })
      return { port: pacs.port }
    },
    options: { testImage: true },
    stage: 'test-image',
    who: 'administrator',
    sentence: /has no room left/,
    detail: /A700/,
  },
  {
    what: 'a move destination that it does not know',
    arrange: async () => ({ port: pacs.port }),
    options: { rehearseRetrieve: true },
    stage: 'retrieve',
    who: 'administrator',
    sentence: /has no address for HERE/,
    detail: /A801/,
  },
  {
    what: 'a way back that is closed',
    arrange: async () => {
      const closed = createServer()
      const { port } = await listening(closed)
      await new Promise((resolve) => closed.close(resolve))
      const id = pacs.addServer('Here', port ?? 0, { aeTitle: 'HERE' })
      closing.push(() => pacs.servers.delete(id))
      await pacs.listener.apply()
      return { port: pacs.port }
    },
    options: { rehearseRetrieve: true },
    stage: 'retrieve',
    who: 'network',
    sentence: /could not reach us at 127\.0\.0\.1, port \d+/,
  },
]

test.each(cases)('$what', async ({ arrange, options, stage, who, sentence, detail }) => {
  const run = await diagnose(await arrange(), { ...NOTHING, ...options })
  const failed = run.steps.filter(({ result }) => result === 'fail')
  expect(failed.map((step) => step.stage)).toEqual([stage])
  const [step] = failed
  expect(run.verdict).toBe('fail')
  expect(step?.advice?.what).toMatch(sentence)
  expect(step?.advice?.who).toBe(who)
  expect(step?.advice?.how).not.toBe('')
  expect(run.sentence).toContain(step?.advice?.what)
  if (detail) expect(step?.detail).toMatch(detail)
  const index = run.steps.findIndex((one) => one.stage === stage)
  expect(run.steps.slice(0, index).some(({ result }) => result === 'waiting' || result === 'running')).toBe(false)
})

test('all well: every stage passes, a test image is found again and one image comes back', async () => {
  const id = pacs.addServer('Here', here.port, { aeTitle: 'HERE' })
  closing.push(() => pacs.servers.delete(id))
  await pacs.listener.apply()
  const run = await diagnose({ port: pacs.port }, { ...NOTHING, testImage: true, rehearseRetrieve: true })
  const results = Object.fromEntries(run.steps.map(({ stage, result, detail }) => [stage, `${result}: ${detail}`]))
  expect(results).toMatchObject({
    name: 'pass: 127.0.0.1, no name to resolve',
    port: 'pass: open',
    protocol: 'pass: plain, no TLS',
    tls: 'not-run: switched off for this server',
    echo: 'pass: answered, status 0000',
    'test-image': 'pass: stored and found again',
  })
  expect(results.retrieve).toMatch(/^pass: 1 image came in at port \d+; it is deleted again$/)
  expect(results.find).toMatch(/^pass: (no|\d+) stud(y|ies) of today$/)
  expect(run.verdict).toBe('pass')
  expect(run.sentence).toMatch(/^Northview answers, in \d+ ms\.$/)
  expect(await here.archive.reader.totals()).toMatchObject({ studies: 0, trashedInstances: 0 })
  expect(here.transfers.rows().filter(({ kind }) => kind === 'receive')).toEqual([])
})

test('by GET an image comes on our own connection', async () => {
  const run = await diagnose({ port: pacs.port, retrieveBy: 'get' }, { ...NOTHING, rehearseRetrieve: true })
  expect(run.steps.at(-1)).toMatchObject({ result: 'pass' })
  expect(run.steps.at(-1)?.detail).toContain('came on our own connection')
})

test('who lets us in but cannot be let in is told apart from a closed port', async () => {
  const id = pacs.addServer('Here', here.port, { aeTitle: 'HERE' })
  closing.push(() => pacs.servers.delete(id))
  await pacs.listener.apply()
  here.settings.update(checksOf('known'))
  await here.listener.apply()
  closing.push(async () => {
    here.settings.update(checksOf('any'))
    await here.listener.apply()
  })
  const run = await diagnose({ port: pacs.port }, { ...NOTHING, rehearseRetrieve: true })
  expect(run.steps.at(-1)?.advice).toMatchObject({ who: 'you' })
  expect(run.steps.at(-1)?.advice?.what).toMatch(/PACS at 127\.0\.0\.1 wanted to bring the image/)
})

test('leaving the stream stops the test, and nothing of it is kept', async () => {
  const fields = await listening(createServer())
  const abort = new AbortController()
  const before = here.diagnosis.history.of(serverId).length
  const { lastTest: _, isDefault: __, serverId: ___, ...saved } = here.servers.get(serverId)
  const startedAt = performance.now()
  let last: DiagnosisRun | undefined
  const input = { serverId, fields: { ...saved, ...fields }, options: NOTHING }
  for await (const run of here.diagnosis.run(input, abort.signal)) {
    last = run
    if (run.steps.some(({ stage, result }) => stage === 'protocol' && result === 'running')) abort.abort()
  }
  expect(last?.state).toBe('cancelled')
  expect(performance.now() - startedAt).toBeLessThan(30_000)
  expect(here.diagnosis.history.of(serverId)).toHaveLength(before)
})

test('a test of the saved values is kept, newest first, and stands in the list', async () => {
  here.servers.update(serverId, { ...here.servers.get(serverId), port: pacs.port, aeTitle: 'PACS' })
  for (let round = 0; round < 2; round += 1)
    for await (const _ of here.diagnosis.run({ serverId, options: NOTHING }, AbortSignal.timeout(20_000)));
  const [newest, older] = here.diagnosis.history.of(serverId)
  expect(newest?.startedAt).toBeGreaterThan(older?.startedAt ?? Number.POSITIVE_INFINITY)
  expect(here.servers.get(serverId).lastTest).toMatchObject({ ok: true, verdict: 'pass' })
  const seen = []
  for await (const { rows } of here.diagnosis.runAll({ rehearseRetrieve: false }, AbortSignal.timeout(20_000)))
    seen.push(...rows)
  expect(seen).toMatchObject([{ serverId, verdict: 'pass' }])
  expect(await here.diagnosis.supportBundle()).toContain('PASS  Echo')
})
