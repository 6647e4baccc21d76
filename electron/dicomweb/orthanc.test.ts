import { X509Certificate } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer as createHttpServer, request as forward, type RequestListener } from 'node:http'
import { createServer as createHttpsServer } from 'node:https'
import type { AddressInfo, Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { makeTestAuthority, type TestAuthority } from '#electron/certificates/testing/testAuthority.ts'
import { writePart10 } from '#electron/demo/writePart10.ts'
import { ctDataSet } from '#electron/dicom/testing/testObject.ts'
import { webRouteOf } from '#electron/servers/webPeer.ts'
import { findRemote } from '#electron/studies/findRemote.ts'
import { openTestWorkstation, type TestWorkstation } from '#electron/transfers/testing/testWorkstation.ts'
import type { ServerFields } from '#shared/contract/servers.ts'
import { newUID } from '#shared/dicom/uid.ts'
import { readWebAddress } from '#shared/network/webAddress.ts'
import { hasWebOrthanc, startWebOrthanc } from './testing/webOrthanc.ts'

/** Of one study. */
const IMAGES = 24

describe.skipIf(!hasWebOrthanc)('Orthanc with its DICOMweb plugin', { timeout: 240_000 }, () => {
  const folder = mkdtempSync(join(tmpdir(), 'negatoscope-web-'))
  let here: TestWorkstation
  let orthanc: Awaited<ReturnType<typeof startWebOrthanc>>
  let authority: TestAuthority
  const closing: (() => unknown)[] = []
  beforeAll(async () => {
    authority = makeTestAuthority(join(folder, 'authority'))
    authority.issue('web', { names: 'DNS:localhost,IP:127.0.0.1' })
    here = await openTestWorkstation('HERE')
    orthanc = await startWebOrthanc(join(folder, 'orthanc'))
  }, 240_000)
  afterEach(async () => {
    for (const close of closing.splice(0).toReversed()) await close()
  })
  afterAll(async () => {
    await here.stop()
    await orthanc.stop()
    rmSync(folder, { recursive: true, force: true })
  })

  const web: Partial<ServerFields> = { restOn: true, restAuthentication: 'basic', restUser: 'tester' }
  async function addServer(name: string, more: Partial<ServerFields>, secret = 's3cret') {
    // Nothing listens at its DICOM port: all of it goes over HTTP.
    const serverId = here.addServer(name, 1, { ...web, ...more })
    const { origin = '' } = readWebAddress(here.servers.get(serverId).restUrl) ?? {}
    await here.credentials.keep(serverId, origin, secret)
    return serverId
  }
  const signal = () => AbortSignal.timeout(60_000)
  const ended = (transferId: string) => here.ended(transferId, 60_000)
  const search = async (serverId: number, filter = {}) => {
    const { calls: node, archive, servers, settings, certificates } = here
    const parts = { node, reader: archive.reader, writer: archive.writer, servers, settings, certificates }
    const studies = []
    let error: string | null = null
    const asked = { serverIds: [serverId], filter: { offset: 0, limit: 200, ...filter } }
    for await (const item of findRemote(parts, asked, signal()))
      if (item.kind === 'matches') studies.push(...item.studies)
      else error = item.error
    return { studies, error }
  }
  const study = (patientName: string, images = IMAGES) => {
    const [studyInstanceUID, seriesInstanceUID] = [newUID(), newUID()]
    const shared = {
      StudyInstanceUID: studyInstanceUID,
      SeriesInstanceUID: seriesInstanceUID,
      PatientName: patientName,
    }
    const more = { ...shared, PatientID: patientName, StudyDate: '20240131', Rows: 256, Columns: 256 }
    const pixels = () => new Uint8Array(256 * 256 * 2).fill(Math.floor(Math.random() * 256))
    const files = Array.from({ length: images }, () =>
      writePart10({ dataSet: ctDataSet(newUID(), { ...more, PixelData: pixels() }) }),
    )
    return { studyInstanceUID, seriesInstanceUID, patientName, files }
  }
  const upload = async (patientName: string, images = IMAGES) => {
    const made = study(patientName, images)
    for (const file of made.files) await orthanc.rest('POST', '/instances', file)
    return made
  }
  const retrieve = async (serverId: number, { studyInstanceUID, patientName }: ReturnType<typeof study>) => {
    const wanted = { studyInstanceUID, patientName, instances: IMAGES }
    const [transferId = ''] = await here.transfers.retrieve(serverId, [wanted])
    return transferId
  }
  const probe = (serverId: number, secret?: string) => {
    const route = webRouteOf(here.servers.get(serverId), here.settings.current(), here.certificates)
    return here.dicomweb.probe(route!, secret, signal())
  }

  test('says what it is, and who is refused is told', async () => {
    await upload('PROBE^ONE', 1)
    const serverId = await addServer('Probed', { restUrl: orthanc.url, restKind: 'orthanc' })
    const found = await probe(serverId)
    expect(found).toMatchObject({
      ok: true,
      sentence: expect.stringMatching(/^Orthanc 1\.\S+ answers, with \d+ patients?\./),
    })
    expect(found.facts.map(({ label }) => label)).toEqual(
      expect.arrayContaining(['Version', 'Patients', 'Studies', 'Images', 'Last change', 'DICOMweb']),
    )
    expect(await probe(serverId, 'wrong')).toMatchObject({
      ok: false,
      technical: 'HTTP 401',
      sentence: expect.stringContaining('does not accept this user and password'),
    })
    const dicomweb = await addServer('Web root', { restUrl: orthanc.url })
    expect(await probe(dicomweb)).toMatchObject({ ok: false, suggestion: { kind: 'orthanc', url: orthanc.url } })
    const below = await addServer('Plugin', { restUrl: `${orthanc.url}/dicom-web` })
    expect(await probe(below)).toMatchObject({ ok: true, suggestion: { kind: 'orthanc', url: orthanc.url } })
  })

  test('is searched, a study is fetched, sent back, and counted there', async () => {
    const made = await upload('SEARCH^ADA')
    const serverId = await addServer('Northview', { restUrl: `${orthanc.url}/dicom-web` })
    const { studies, error } = await search(serverId, { patientName: 'search' })
    expect(error).toBeNull()
    expect(studies).toMatchObject([
      { ...{ studyInstanceUID: made.studyInstanceUID, instances: IMAGES }, patientName: 'SEARCH^ADA' },
    ])
    const row = await ended(await retrieve(serverId, made))
    expect(row).toMatchObject({ state: 'done', done: IMAGES, failed: 0, total: IMAGES })
    const [local] = await here.archive.reader.getStudies(row.studyIds)
    expect(local).toMatchObject({ instances: IMAGES, patientName: 'SEARCH^ADA' })
    const back = study('STOW^BACK', 13)
    const { transferId: imported } = await here.importFiles(
      back.files.map((bytes, index) => ({ name: `${index}.dcm`, bytes })),
    )
    const { studyIds } = await ended(imported)
    const [sent = ''] = await here.transfers.send({ serverIds: [serverId], selection: { studyIds } })
    expect(await ended(sent)).toMatchObject({ state: 'done', done: 13, failed: 0 })
    await expect
      .poll(() => here.transfers.row(sent)?.proof, { timeout: 60_000 })
      .toMatchObject({ state: 'proved', counted: 13, by: 'find' })
  })

  test('a series is looked at before it is fetched: a picture, its tags, and a value that is kept beside them', async () => {
    const made = await upload('LOOK^UMA', 3)
    const serverId = await addServer('Looked at', { restUrl: `${orthanc.url}/dicom-web` })
    const route = webRouteOf(here.servers.get(serverId), here.settings.current(), here.certificates)
    const { studyInstanceUID, seriesInstanceUID } = made
    const picture = await here.dicomweb.picture(route!, { studyInstanceUID, seriesInstanceUID }, signal())
    // Drawn there, or here from its first frame where that Orthanc draws none.
    expect(picture?.type).toMatch(/^image\/(jpeg|png|bmp)$/)
    expect(picture?.bytes.length).toBeGreaterThan(500)
    const tags = await here.dicomweb.metadata(route!, { studyInstanceUID, seriesInstanceUID }, signal())
    expect(tags.find(({ keyword }) => keyword === 'PatientName')?.value).toBe('LOOK^UMA')
    expect(tags.find(({ keyword }) => keyword === 'PixelData')?.value).toBe('The pixels, kept beside it.')
  })

  test('a password that is wrong, or of another address, is refused and told; nothing is tried for ever', async () => {
    const made = await upload('WRONG^PASSWORD', 1)
    const serverId = await addServer('Wrong', { restUrl: `${orthanc.url}/dicom-web` }, 'wrong')
    expect((await search(serverId)).error).toMatch(/does not accept this user and password/)
    const row = await ended(await retrieve(serverId, made))
    expect(row).toMatchObject({ state: 'failed', message: expect.stringContaining('does not accept this user') })
    const moved = {
      ...here.servers.get(serverId),
      restUrl: `${orthanc.url.replace('127.0.0.1', 'localhost')}/dicom-web`,
    }
    here.servers.update(serverId, moved)
    expect((await search(serverId)).error).toMatch(/No password is kept for Wrong at http:\/\/localhost:\d+/)
  })

  test('a retrieve that is cut half-way goes on by itself with what is missing', async () => {
    const made = await upload('HALF^WAY')
    const cut = await cuttingProxy(orthanc.httpPort)
    closing.push(cut.close)
    const serverId = await addServer('Cut', { restUrl: `http://127.0.0.1:${cut.port}/dicom-web` })
    const transferId = await retrieve(serverId, made)
    await expect.poll(() => here.transfers.row(transferId)?.nextAttemptAt ?? null, { timeout: 60_000 }).not.toBeNull()
    const waiting = here.transfers.row(transferId)
    expect(waiting).toMatchObject({ state: 'waiting', message: expect.stringContaining('cut in the middle') })
    expect(waiting?.done).toBeGreaterThan(0)
    expect(waiting?.done).toBeLessThan(IMAGES)
    cut.mend()
    here.transfers.resume([transferId])
    expect(await ended(transferId)).toMatchObject({ state: 'done', done: IMAGES, failed: 0 })
    // The study was asked for as a whole once; after that single images.
    expect(cut.asked.filter((url) => /studies\/[\d.]+$/.test(url))).toHaveLength(1)
    expect(cut.asked.filter((url) => /\/instances\/[\d.]+$/.test(url)).length).toBeLessThan(IMAGES)
  })

  // Orthanc 1.10.1 of Debian ends at the first handshake of its own HTTPS: as usual, TLS stands in front of it.
  test('behind TLS of its own making it is told apart, and pinned it is taken; nothing was sent before', async () => {
    const { certificate, key } = authority.pem('web')
    const secure = await proxy(orthanc.httpPort, () => false, { cert: certificate, key })
    closing.push(secure.close)
    const url = `https://127.0.0.1:${secure.port}`
    const serverId = await addServer('Secure', { restUrl: url, restKind: 'orthanc' })
    const told = await probe(serverId)
    expect(told.ok).toBe(false)
    expect(told.sentence).toMatch(/authority that this workstation does not know.*Nothing was sent\./)
    expect(secure.asked).toEqual([])
    const restPinnedCertificate = new X509Certificate(certificate).fingerprint256
    here.servers.update(serverId, { ...here.servers.get(serverId), restTrust: 'pinned', restPinnedCertificate })
    expect(await probe(serverId)).toMatchObject({ sentence: expect.stringMatching(/^Orthanc/), ok: true })
    const wrong = restPinnedCertificate.replace(/^../, (first) => (first === '00' ? 'FF' : '00'))
    const other = { restTrust: 'pinned' as const, restPinnedCertificate: wrong }
    here.servers.update(serverId, { ...here.servers.get(serverId), ...other })
    expect((await search(serverId)).error).toMatch(/another certificate than the pinned one/)
    here.certificates.addAuthorities(authority.certificate)
    here.servers.update(serverId, { ...here.servers.get(serverId), restTrust: 'authorities' })
    expect((await search(serverId)).error).toBeNull()
  })

  test('an unchanged answer is not asked for again, a small change alone is, and a deletion is seen', async () => {
    const counted = await countingProxy(orthanc.httpPort)
    closing.push(counted.close)
    const url = `http://127.0.0.1:${counted.port}`
    const serverId = await addServer('Cached', { restUrl: url, restKind: 'orthanc', restCacheThreshold: 20 })
    const first = await upload('CACHE^ONE', 1)
    const filter = { patientName: 'CACHE' }
    const names = async () => (await search(serverId, filter)).studies.map(({ patientName }) => patientName).sort()
    const searches = () => counted.asked.filter((path) => path.startsWith('/dicom-web/studies?')).length
    expect(await names()).toEqual(['CACHE^ONE'])
    const before = searches()
    expect(await names()).toEqual(['CACHE^ONE'])
    expect(searches()).toBe(before)
    await upload('CACHE^TWO', 1)
    expect(await names()).toEqual(['CACHE^ONE', 'CACHE^TWO'])
    expect(counted.asked.some((path) => path.includes('StudyInstanceUID='))).toBe(true)
    const [found] = (await orthanc.rest(
      'POST',
      '/tools/lookup',
      Buffer.from(first.studyInstanceUID) as Uint8Array<ArrayBuffer>,
    )) as { Path: string }[]
    await orthanc.rest('DELETE', found?.Path ?? '')
    expect(await names()).toEqual(['CACHE^TWO'])
  })

  test('the connection test goes over HTTP where nothing else is used', async () => {
    await upload('TESTED^ONE', 1)
    const serverId = await addServer('Tested', { restUrl: orthanc.url, restKind: 'orthanc' })
    let last: { verdict: string; steps: { stage: string; result: string; detail: string }[] } | undefined
    const options = { testImage: true, rehearseRetrieve: true, internet: false }
    for await (const run of here.diagnosis.run({ serverId, options }, signal())) last = run
    const results = Object.fromEntries(last?.steps.map(({ stage, result }) => [stage, result]) ?? [])
    expect(results).toMatchObject({ port: 'pass', rest: 'pass', association: 'not-run', echo: 'not-run', find: 'pass' })
    expect(results).toMatchObject({ 'test-image': 'pass', retrieve: 'pass' })
    expect(here.servers.get(serverId).lastTest).toMatchObject({ ok: true })
    const beside = {
      ...here.servers.get(serverId),
      port: here.port,
      aeTitle: 'HERE',
      restSend: false,
      restUrl: 'http://127.0.0.1:1',
    }
    for await (const run of here.diagnosis.run({ serverId, fields: beside, options }, signal())) last = run
    expect(last?.steps.find(({ stage }) => stage === 'rest')).toMatchObject({ result: 'warn' })
  })
})

interface Proxy {
  port: number
  asked: string[]
  close(): Promise<void>
}

async function proxy(
  to: number,
  hinder: (url: string, sent: number) => boolean,
  tls?: { cert: Buffer; key: Buffer },
): Promise<Proxy> {
  const asked: string[] = []
  const open = new Set<Socket>()
  const serve: RequestListener = (request, response) => {
    asked.push(request.url ?? '')
    const { url: path = '', method = 'GET', headers } = request
    const onward = forward({ host: '127.0.0.1', port: to, path, method, headers }, (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers)
      let sent = 0
      let isCut = false
      answer.on('data', (chunk: Buffer) => {
        sent += chunk.length
        if (response.destroyed || isCut) return
        response.write(chunk)
        isCut = hinder(path, sent)
        // What was written goes out first.
        if (isCut) response.socket?.destroySoon()
      })
      answer.on('end', () => response.end())
    })
    onward.on('error', () => response.destroy())
    request.pipe(onward)
  }
  const server = tls ? createHttpsServer(tls, serve) : createHttpServer(serve)
  server.on('connection', (socket) => open.add(socket))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const close = async () => {
    for (const socket of open) socket.destroy()
    await new Promise<void>((resolve) => server.close(() => resolve()))
  }
  return { port: (server.address() as AddressInfo).port, asked, close }
}

const countingProxy = (to: number) => proxy(to, () => false)

/** Cuts the answer with a whole study in its middle, and single images at once, until it is mended. */
async function cuttingProxy(to: number) {
  let isMended = false
  const cut = await proxy(to, (url, sent) => !isMended && (/\/instances\/[\d.]+$/.test(url) || sent > 1_000_000))
  return {
    ...cut,
    mend() {
      isMended = true
    },
  }
}
