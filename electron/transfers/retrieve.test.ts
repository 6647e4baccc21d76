import { mkdtempSync, readFileSync, rmSync, statfsSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { writePart10 } from '#electron/demo/writePart10.ts'
import { hasDcmtk, runTool, startTool } from '#electron/dicom/testing/dcmtk.ts'
import { freePort } from '#electron/dicom/testing/freePort.ts'
import { ctDataSet } from '#electron/dicom/testing/testObject.ts'
import { FakeClock } from '#electron/jobs/testing/fakeClock.ts'
import { findRemote } from '#electron/studies/findRemote.ts'
import { checksOf } from '#shared/contract/callerChecks.ts'
import type { RemoteFindItem } from '#shared/contract/studies.ts'
import { newUID } from '#shared/dicom/uid.ts'
import { openTestWorkstation, type TestWorkstation } from './testing/testWorkstation.ts'

/** dcmqrscp of DCMTK 3.6.7 as the server; it knows us under HERE at a port that is given when it starts. */
const IMAGES = 6
const studyInstanceUID = '1.2.826.0.1.3680043.2.1.1'
let folder: string
let stop: (() => Promise<void>)[] = []

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'negatoscope-retrieve-'))
})
afterEach(async () => {
  for (const each of stop.toReversed()) await each()
  stop = []
  rmSync(folder, { recursive: true, force: true })
})

async function startServer(ourPort: number): Promise<number> {
  const port = await freePort()
  const configuration = join(folder, 'dcmqrscp.cfg')
  writeFileSync(
    configuration,
    [
      `NetworkTCPPort = ${port}`,
      'MaxPDUSize = 16384',
      'MaxAssociations = 16',
      'HostTable BEGIN',
      `here = (HERE, 127.0.0.1, ${ourPort})`,
      'HostTable END',
      'VendorTable BEGIN',
      'VendorTable END',
      'AETable BEGIN',
      `PEER ${folder} RW (100, 1024mb) ANY`,
      'AETable END',
    ].join('\n'),
  )
  const server = await startTool('dcmqrscp', ['-c', configuration], port)
  stop.push(() => server.stop())
  const files = Array.from({ length: IMAGES }, (_, index) => {
    const file = join(folder, `image${index}.in`)
    writeFileSync(file, writePart10({ dataSet: ctDataSet(newUID(), { InstanceNumber: String(index + 1) }) }))
    return file
  })
  const { code, output } = await runTool('storescu', ['-aec', 'PEER', '127.0.0.1', String(port), ...files])
  if (code !== 0) throw new Error(output)
  return port
}

async function startUs(aeTitle = 'HERE'): Promise<TestWorkstation> {
  const here = await openTestWorkstation(aeTitle)
  stop.push(() => here.stop())
  return here
}
const study = { studyInstanceUID, patientName: 'Test^Wire', instances: null }

test.skipIf(!hasDcmtk)('a study found at a server is retrieved, and not shown as received a second time', async () => {
  const here = await startUs()
  const serverId = here.addServer('There', await startServer(here.port))
  const items: RemoteFindItem[] = []
  const { node, servers, settings, certificates, archive } = here
  const { reader, writer } = archive
  const parts = { node, servers, settings, certificates, reader, writer }
  const filter = { patientName: 'test', offset: 0, limit: 200 }
  for await (const item of findRemote(parts, { serverIds: [serverId], filter }, AbortSignal.timeout(10_000)))
    items.push(item)
  expect(items.at(-1)).toMatchObject({ kind: 'finished', count: 1, capped: false, error: null })
  expect(items[0]).toMatchObject({
    kind: 'matches',
    studies: [{ studyInstanceUID, localInstances: 0, localStudyId: null }],
  })
  const [id] = await here.transfers.retrieve(serverId, [study])
  const row = await here.ended(id!)
  expect(row).toMatchObject({ state: 'done', done: IMAGES, total: IMAGES, failed: 0, title: 'Test, Wire', message: '' })
  expect(row.studyIds).toHaveLength(1)
  expect(here.transfers.rows().filter(({ kind }) => kind === 'receive')).toEqual([])
})

test.skipIf(!hasDcmtk)('a modality is told also by a server that does not list modalities', async () => {
  const here = await startUs()
  const serverId = here.addServer('There', await startServer(here.port))
  const { node, servers, settings, certificates, archive } = here
  const { reader, writer } = archive
  const parts = { node, servers, settings, certificates, reader, writer }
  for (const [modality, count] of [
    ['MR', 0],
    ['CT', 1],
  ] as const) {
    const filter = { modalities: [modality], offset: 0, limit: 200 }
    const items: RemoteFindItem[] = []
    for await (const item of findRemote(parts, { serverIds: [serverId], filter }, AbortSignal.timeout(10_000)))
      items.push(item)
    expect(items.at(-1)).toMatchObject({ kind: 'finished', count, error: null })
  }
})

test.skipIf(!hasDcmtk)('another listen port opens a listener for as long as the retrieve runs', async () => {
  const here = await startUs()
  const listenPort = await freePort()
  const serverId = here.addServer('There', await startServer(listenPort), { listenPort })
  const [id] = await here.transfers.retrieve(serverId, [study])
  expect(await here.ended(id!)).toMatchObject({ state: 'done', done: IMAGES })
  await expect
    .poll(async () => (await runTool('echoscu', ['127.0.0.1', String(listenPort)])).code, { timeout: 60_000 })
    .not.toBe(0)
})

test.skipIf(!hasDcmtk)('a listen port that somebody has is said in words', async () => {
  const here = await startUs()
  const other = await startUs('OTHER')
  const serverId = here.addServer('There', await startServer(other.port), { listenPort: other.port })
  const [id] = await here.transfers.retrieve(serverId, [study])
  const row = await here.ended(id!)
  expect(row.state).toBe('failed')
  expect(row.message).toContain(`Another program uses port ${other.port}`)
})

test.skipIf(!hasDcmtk)('a server that has no address for us gives the three values to enter there', async () => {
  const here = await startUs('NOBODY')
  const serverId = here.addServer('There', await startServer(here.port))
  const [id] = await here.transfers.retrieve(serverId, [study])
  const row = await here.ended(id!)
  expect(row).toMatchObject({ state: 'failed', done: 0, canRetry: true })
  expect(row.message).toContain(`AE title NOBODY, address 127.0.0.1, port ${here.port}`)
  expect(row.message).toContain('(A801)')
})

test.skipIf(!hasDcmtk)('images that go elsewhere are not counted as here', async () => {
  const here = await startUs()
  const elsewhere = await startUs('ELSEWHERE')
  const serverId = here.addServer('There', await startServer(elsewhere.port))
  const [id] = await here.transfers.retrieve(serverId, [study])
  const row = await here.ended(id!)
  expect(row).toMatchObject({ state: 'failed', done: 0 })
  expect(row.message).toContain(`says that it sent ${IMAGES} images; 0 arrived here`)
})

test.skipIf(!hasDcmtk)('a server that was away is asked by itself, and only for what is not here', async () => {
  const here = await startUs()
  const serverId = here.addServer('There', 1)
  const [id] = await here.transfers.retrieve(serverId, [{ ...study, instances: IMAGES }])
  await expect.poll(() => here.transfers.row(id!)?.attempts, { timeout: 60_000 }).toBe(1)
  expect(here.transfers.row(id!)).toMatchObject({ state: 'waiting', total: IMAGES, endedAt: null })
  const port = await startServer(here.port)
  await here.importFiles(
    [0, 1].map((index) => ({ name: 'a.dcm', bytes: readFileSync(join(folder, `image${index}.in`)) })),
  )
  const { serverId: _, ...fields } = here.servers.get(serverId)
  here.servers.update(serverId, { ...fields, port })
  expect(await here.ended(id!)).toMatchObject({ state: 'done', done: IMAGES, duplicates: 2, failed: 0, message: '' })
})

test.skipIf(!hasDcmtk)(
  'by GET a study comes on our own connection, though nothing here listens for the server',
  async () => {
    const here = await startUs()
    // What it would open a connection to is nobody's.
    const serverId = here.addServer('There', await startServer(await freePort()), { retrieveBy: 'get' })
    const [id] = await here.transfers.retrieve(serverId, [study])
    const row = await here.ended(id!)
    expect(row).toMatchObject({ state: 'done', done: IMAGES, total: IMAGES, failed: 0, message: '' })
    expect(row.studyIds).toHaveLength(1)
    expect(here.transfers.rows().filter(({ kind }) => kind === 'receive')).toEqual([])
  },
)

test('between two of our own, by GET and by MOVE, in either root', async () => {
  const here = await startUs()
  const there = await openTestWorkstation('THERE', undefined, { ...checksOf('any'), answerQueryRetrieve: true })
  stop.push(() => there.stop())
  const { transferId } = await there.importFiles(
    [1, 2].map((at) => ({
      name: `${at}.dcm`,
      bytes: writePart10({ dataSet: ctDataSet(newUID(), { InstanceNumber: String(at) }) }),
    })),
  )
  await there.ended(transferId)
  there.addServer('Here', here.port, { aeTitle: 'HERE' })
  const serverId = here.addServer('There', there.port, { aeTitle: 'THERE' })
  for (const [retrieveBy, queryRoot] of [
    ['get', 'study'],
    ['move', 'study'],
    ['get', 'patient'],
    ['move', 'patient'],
  ] as const) {
    here.servers.update(serverId, { ...here.servers.get(serverId), retrieveBy, queryRoot })
    const [id] = await here.transfers.retrieve(serverId, [study])
    expect(await here.ended(id!), `${retrieveBy} ${queryRoot}`).toMatchObject({ state: 'done', failed: 0, total: 2 })
  }
})

test('a full disk pauses a retrieve with the reason; it goes on by itself once there is space', async () => {
  const { bavail, blocks, bsize } = statfsSync(folder)
  // So much is to be kept free that there is no room now.
  const minFreeMegabytes = Math.round(((bavail + blocks) / 2) * (bsize / 1024 ** 2))
  const clock = new FakeClock(Date.now())
  const here = await openTestWorkstation('HERE', undefined, checksOf('any'), clock)
  stop.push(() => here.stop())
  here.settings.update({ minFreeMegabytes })
  const there = await openTestWorkstation('THERE', undefined, { ...checksOf('any'), answerQueryRetrieve: true })
  stop.push(() => there.stop())
  const bytes = writePart10({ dataSet: ctDataSet(newUID()) })
  const { transferId } = await there.importFiles([{ name: 'a.dcm', bytes }])
  await there.ended(transferId)
  const serverId = here.addServer('There', there.port, { aeTitle: 'THERE', retrieveBy: 'get' })
  const [id] = await here.transfers.retrieve(serverId, [study])
  await expect.poll(() => here.transfers.row(id!)?.hold).toBe('space')
  expect(here.transfers.row(id!)).toMatchObject({ state: 'paused', endedAt: null })
  expect(here.transfers.row(id!)?.message).toContain('goes on by itself once there is space')
  await clock.advance(60_000)
  expect(here.transfers.row(id!)?.state).toBe('paused')
  here.settings.update({ minFreeMegabytes: 10 })
  await expect.poll(() => here.settings.current().minFreeMegabytes).toBe(10)
  await clock.advance(16_000)
  expect(await here.ended(id!)).toMatchObject({ state: 'done', done: 1, failed: 0 })
})

test('a MOVE is held while this workstation does not listen, and goes on when it does', async () => {
  const there = await openTestWorkstation('THERE', undefined, { ...checksOf('any'), answerQueryRetrieve: true })
  stop.push(() => there.stop())
  const { transferId } = await there.importFiles([
    { name: 'a.dcm', bytes: writePart10({ dataSet: ctDataSet(newUID()) }) },
  ])
  await there.ended(transferId)
  const here = await startUs()
  const serverId = here.addServer('There', there.port, { aeTitle: 'THERE' })
  here.settings.update({ plainListener: false })
  await expect.poll(() => here.listener.state().state, { timeout: 60_000 }).toBe('failed')
  const [id] = await here.transfers.retrieve(serverId, [study])
  await expect.poll(() => here.transfers.row(id!)?.hold, { timeout: 60_000 }).toBe('listener')
  expect(here.transfers.row(id!)).toMatchObject({ state: 'paused', attempts: 0 })
  expect(here.transfers.row(id!)?.message).toContain('goes on by itself once it listens')
  here.settings.update({ plainListener: true })
  await expect.poll(() => here.listener.state().state, { timeout: 60_000 }).toBe('listening')
  // It is on another port now, which nobody there knows: that it was asked is enough.
  expect(await here.ended(id!)).toMatchObject({ state: 'failed', hold: null })
})

test('a server without GET says what to choose instead', async () => {
  const here = await startUs()
  const there = await startUs('THERE')
  const serverId = here.addServer('There', there.port, { aeTitle: 'THERE', retrieveBy: 'get' })
  const [id] = await here.transfers.retrieve(serverId, [study])
  expect(await here.ended(id!)).toMatchObject({
    state: 'failed',
    message: 'There does not offer retrieving by GET. Choose MOVE for it under Servers.',
  })
})
