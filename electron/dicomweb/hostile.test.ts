import { gzipSync } from 'node:zlib'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { temporaryFolder } from '#electron/archive/archiveFixture.ts'
import { InstanceStore } from '#electron/archive/instanceStore.ts'
import { type Archive, openArchive } from '#electron/archive/openArchive.ts'
import { writePart10 } from '#electron/demo/writePart10.ts'
import type { GetStep } from '#electron/dicom/nodeApi.ts'
import { ctDataSet } from '#electron/dicom/testing/testObject.ts'
import { ImportFile } from '#electron/transfers/importFile.ts'
import { newUID } from '#shared/dicom/uid.ts'
import { bodyOf } from './body.ts'
import { probe } from './probe.ts'
import { qido } from './qido.ts'
import { type Answer, openRaw, openSite, webServerAt } from './testing/hostileSite.ts'
import { wado } from './wado.ts'
import type { WebServer } from './webApi.ts'
import { webCall } from './webCall.ts'

const STUDY = '1.2.826.0.1.3680043.2.1.1'
const folder = temporaryFolder()
let archive: Archive
let store: InstanceStore
/** Where credentials must never come, and nothing may be asked. */
let elsewhere: Awaited<ReturnType<typeof openSite>>
const closing: (() => unknown)[] = []

beforeAll(async () => {
  archive = await openArchive(folder.path)
  store = new InstanceStore(archive.storageFolder)
  elsewhere = await openSite((_, response) => response.end('[]'))
})
afterEach(async () => {
  for (const close of closing.splice(0)) await close()
})
afterAll(async () => {
  store.close()
  await archive.close()
  await elsewhere.close()
  folder.remove()
})

const signal = () => AbortSignal.timeout(60_000)
const target = () => ({
  folder: () => archive.storageFolder,
  minFreeBytes: 0,
  begin: (studyInstanceUID: string) => new ImportFile(store, archive.writer, 'image.dcm', { studyInstanceUID }),
})
const search = async (server: WebServer) => {
  const found = []
  for await (const match of qido(server, { level: 'STUDY', keys: { PatientName: 'A*' } }, signal())) found.push(match)
  return found
}
const fetchStudy = async (server: WebServer, studyInstanceUID = STUDY) => {
  const steps: GetStep[] = []
  for await (const step of wado(server, { level: 'STUDY', studyInstanceUID }, target(), signal())) steps.push(step)
  return steps
}
const site = async (answer: Answer, more: Partial<WebServer> = {}) => {
  const { port, close, requests } = await openSite(answer)
  closing.push(close)
  return { server: webServerAt(port, more), requests }
}
const image = (sopInstanceUID = newUID(), more = {}) =>
  Buffer.from(writePart10({ dataSet: ctDataSet(sopInstanceUID, { StudyInstanceUID: STUDY, ...more }) }))

const json =
  (body: string | Buffer, headers = {}): Answer =>
  (_, response) =>
    void response.writeHead(200, { 'content-type': 'application/dicom+json', ...headers }).end(body)
const status =
  (code: number, headers = {}, body = ''): Answer =>
  (_, response) =>
    void response.writeHead(code, headers).end(body)
const multipart = (
  body: Buffer | string,
  type = 'multipart/related; type="application/dicom"; boundary=BB',
  more = {},
  code = 200,
) => ((_, response) => void response.writeHead(code, { 'content-type': type, ...more }).end(body)) satisfies Answer
const parts = (...bodies: (Buffer | string)[]) =>
  Buffer.concat([
    ...bodies.flatMap((body) => [
      Buffer.from('\r\n--BB\r\nContent-Type: application/dicom\r\n\r\n'),
      Buffer.from(body as string),
    ]),
    Buffer.from('\r\n--BB--\r\n'),
  ])

/** Sends without end what the callback makes, until the other side hangs up. */
const endless =
  (head: (response: Parameters<Answer>[1]) => void, piece: Buffer): Answer =>
  (_, response) => {
    head(response)
    const go = () => {
      while (!response.destroyed && response.write(piece)) {}
    }
    response.on('drain', go)
    go()
  }

const cases: [what: string, ask: 'search' | 'fetch', answer: Answer, sentence: RegExp][] = [
  [
    'a redirect to another web site',
    'search',
    (_, response) => status(302, { location: `http://127.0.0.1:${elsewhere.port}/dicom-web/studies` })(_, response),
    /sends us on to http:\/\/127\.0\.0\.1:\d+\. Nobody follows/,
  ],
  [
    'a redirect that keeps the method',
    'fetch',
    (_, response) => status(308, { location: `http://127.0.0.1:${elsewhere.port}/` })(_, response),
    /Nobody follows/,
  ],
  [
    'a redirect to the keys of a cloud',
    'fetch',
    status(301, { location: 'http://169.254.169.254/latest/meta-data/' }),
    /169\.254\.169\.254\. Nobody follows/,
  ],
  [
    'a redirect to a file',
    'search',
    status(302, { location: 'file:///etc/passwd' }),
    /another address there\. Nobody follows/,
  ],
  ['a redirect within the web site', 'search', status(307, { location: '/elsewhere' }), /Nobody follows/],
  ['a redirect that goes in circles', 'search', status(302, { location: '/dicom-web/studies' }), /Nobody follows/],
  ['a redirect without a place', 'fetch', status(303), /Nobody follows/],
  [
    'a log-in page with 200',
    'search',
    status(200, { 'content-type': 'text/html' }, '<html><form>'),
    /web page for people/,
  ],
  [
    'a log-in page instead of images',
    'fetch',
    status(200, { 'content-type': 'text/html' }, '<html>'),
    /answers with text\/html instead of images/,
  ],
  ['no content type at all', 'search', status(200, {}, '[]'), /something nameless instead of DICOM JSON/],
  [
    'XML where JSON was asked for',
    'search',
    multipart('<x/>', 'application/dicom+xml'),
    /dicom\+xml instead of DICOM JSON/,
  ],
  ['JSON that is cut off', 'search', json('[{"0020000D":{"vr":"UI","Va'), /cannot be read/],
  ['JSON that is no list', 'search', json('{"a":1}'), /no list of DICOM/],
  [
    'JSON without end',
    'search',
    endless(
      (response) => response.writeHead(200, { 'content-type': 'application/json' }).write('['),
      Buffer.from('{"00100020":{"vr":"LO","Value":["x"]}},'.repeat(2000)),
    ),
    /without end/,
  ],
  ['a hundred thousand entries', 'search', json(`[${'{},'.repeat(100_000)}{}]`), /more than was asked for/],
  [
    'a gzip bomb',
    'search',
    json(gzipSync(Buffer.alloc(80 * 1024 * 1024, ' ')), { 'content-encoding': 'gzip' }),
    /without end/,
  ],
  [
    'gzip that is none',
    'search',
    json('[]', { 'content-encoding': 'gzip' }),
    /says that its answer is packed, and it is not/,
  ],
  ['a packing that nobody asked for', 'search', json('[]', { 'content-encoding': 'br' }), /packs its answer as "br"/],
  [
    'images packed as gzip',
    'fetch',
    multipart(gzipSync('x'), undefined, { 'content-encoding': 'gzip' }),
    /packs images as "gzip"/,
  ],
  ['a multipart without boundary', 'fetch', multipart(parts(image()), 'multipart/related'), /boundary is none/],
  [
    'a boundary that is longer than the standard allows',
    'fetch',
    multipart('', `multipart/related; boundary=${'b'.repeat(200)}`),
    /boundary is none/,
  ],
  ['a multipart that never begins', 'fetch', multipart(Buffer.alloc(200_000, 'x')), /no boundary comes/],
  ['part headers without end', 'fetch', multipart(`--BB\r\nX: ${'y'.repeat(100_000)}`), /headers of a part do not end/],
  [
    'something else behind a boundary',
    'fetch',
    multipart('--BBevil: 1\r\n\r\nx\r\n--BB--'),
    /followed by something else/,
  ],
  [
    'a multipart that stops before its end',
    'fetch',
    multipart('--BB\r\nContent-Type: application/dicom\r\n\r\nabc'),
    /cut in the middle/,
  ],
  [
    'an answer that is shorter than it says',
    'fetch',
    (_, response) => {
      response.writeHead(200, { 'content-type': 'multipart/related; boundary=BB', 'content-length': '1000000' })
      response.write('--BB\r\n', () => response.socket?.destroy())
    },
    /cut in the middle/,
  ],
  [
    'a connection that is cut before the answer',
    'search',
    (_, response) => void response.socket?.destroy(),
    /cut in the middle|cut before/,
  ],
  [
    'headers without end',
    'search',
    (_, response) => void response.writeHead(200, { 'x-long': 'y'.repeat(100_000) }).end(),
    /does not speak HTTP/,
  ],
  [
    '401',
    'search',
    status(401, { 'www-authenticate': `Basic realm="http://evil.example"` }),
    /does not accept this user and password.*\(HTTP 401\)/,
  ],
  [
    '403 with a code of the field',
    'fetch',
    status(403, { 'content-type': 'application/json' }, '{"error":{"code":"PATIENT.ACCESS_DENIED"}}'),
    /does not let this user see the patient/,
  ],
  ['429 that wants an hour', 'search', status(429, { 'retry-after': '3600' }), /more questions .* wait 60 min/],
  [
    '429 with a code of the field, and a time',
    'search',
    status(
      429,
      { 'content-type': 'application/json', 'retry-after': '300' },
      '{"error":{"code":"AUTH.RATE_LIMITED","message":"Too many"}}',
    ),
    /wants us to wait 5 min\. Search again after that.*\(HTTP 429\)/,
  ],
  [
    '500 with a word that every object has',
    'search',
    status(500, { 'content-type': 'text/plain' }, 'constructor'),
    /failed inside.* It says: "constructor"/,
  ],
  ['503 with a page', 'fetch', status(503, { 'content-type': 'text/html' }, '<h1>down</h1>'), /not ready/],
  [
    '500 with words that are dressed up',
    'search',
    status(
      500,
      { 'content-type': 'application/json' },
      JSON.stringify({ message: `a\u202e\n<script>${'x'.repeat(500)}` }),
    ),
    /failed inside.* It says: "a <script>x{100,149}…"\. \(HTTP 500\)/,
  ],
  [
    'an error body without end',
    'search',
    endless((response) => response.writeHead(500, { 'content-type': 'text/plain' }), Buffer.alloc(65_536, 'x')),
    /failed inside/,
  ],
]

test.each(cases)(
  '%s (%s) is refused in words, and no password leaves its web site',
  async (_, ask, answer, sentence) => {
    const { server, requests } = await site(answer)
    const error = await (ask === 'search' ? search(server) : fetchStudy(server)).catch((thrown: unknown) => thrown)
    expect(error).toMatchObject({ details: { sentence: expect.stringMatching(sentence) } })
    expect(JSON.stringify(error)).not.toMatch(/hunter2|d2FyZDpodW50ZXIy/)
    expect(requests.length).toBeGreaterThan(0)
    expect(elsewhere.requests).toEqual([])
    expect((await archive.reader.totals()).instances).toBe(0)
  },
)

test('a server that says nothing, or stops in the middle, is left after its time', async () => {
  const { server } = await site(() => {}, { connectTimeoutMs: 200, answerTimeoutMs: 200 })
  await expect(search(server)).rejects.toMatchObject({ code: 'TIMED_OUT' })
  const stops: Answer = (_, response) => void response.writeHead(200, { 'content-type': 'application/json' }).write('[')
  const half = await site(stops, { connectTimeoutMs: 200, answerTimeoutMs: 200 })
  await expect(search(half.server)).rejects.toMatchObject({ code: 'TIMED_OUT' })
})

test('a server that lets its answer drip is left', async () => {
  const timers: NodeJS.Timeout[] = []
  const { server } = await site((_, response) => {
    response.writeHead(200, { 'content-type': 'application/json' }).write('[')
    timers.push(setInterval(() => response.write(' '), 20))
  })
  const response = await webCall(server, { method: 'GET', path: '/', headers: {} }, signal())
  const read = async () => {
    for await (const _ of bodyOf(response, server, signal(), 300)) {
      // Only its pace matters.
    }
  }
  await expect(read()).rejects.toMatchObject({ details: { sentence: expect.stringContaining('drip') } })
  for (const timer of timers) clearInterval(timer)
})

test('what answers without speaking HTTP is told so', async () => {
  const { port, close } = await openRaw((socket) => socket.end('SSH-2.0-OpenSSH_9.2\r\n'))
  closing.push(close)
  await expect(search(webServerAt(port))).rejects.toMatchObject({
    details: { sentence: expect.stringContaining('does not speak HTTP') },
  })
})

test('addresses inside an answer are never called, nor do they change what is kept', async () => {
  const trap = `http://127.0.0.1:${elsewhere.port}/x`
  const entry = {
    '0020000D': { vr: 'UI', Value: [STUDY] },
    '00081190': { vr: 'UR', Value: [trap] },
    '7FE00010': { vr: 'OW', BulkDataURI: 'file:///etc/passwd' },
    '00100010': { vr: 'PN', Value: [{ Alphabetic: 'Ames^Ada' }] },
  }
  const { server } = await site(json(JSON.stringify([entry])))
  expect(await search(server)).toMatchObject([{ StudyInstanceUID: STUDY, PatientName: 'Ames^Ada' }])
  const uid = newUID()
  const body = parts(image(uid)).toString('latin1')
  const located = body.replace('Content-Type', `Content-Location: ${trap}\r\nContent-Type`)
  const images = await site(multipart(Buffer.from(located, 'latin1')))
  expect((await fetchStudy(images.server))[0]).toMatchObject({ event: { sopInstanceUID: uid, outcome: 'stored' } })
  expect(elsewhere.requests).toEqual([])
})

test('parts that are no images of this study are refused one by one; the others are kept', async () => {
  const [good, foreign] = [newUID(), newUID()]
  const announced = Buffer.from('--BB\r\nContent-Type: application/dicom\r\nContent-Length: 5\r\n\r\n')
  const html = Buffer.from('\r\n--BB\r\nContent-Type: text/html\r\n\r\n<script>')
  const body = Buffer.concat([
    ...[announced, image(), html],
    parts(image(foreign, { StudyInstanceUID: '1.2.3.4' }), image().subarray(0, 1500), 'no image', '', image(good)),
  ])
  // 206 says of itself that something is left out.
  const { server } = await site(multipart(body, undefined, undefined, 206))
  const steps = await fetchStudy(server)
  const events = steps.flatMap((step) => (step.kind === 'received' ? [step.event] : []))
  const of = (uid: string) => events.find(({ sopInstanceUID }) => sopInstanceUID === uid)
  expect(of(good)).toMatchObject({ outcome: 'stored', status: 0 })
  expect(of(foreign)).toMatchObject({ outcome: 'refused', note: expect.stringContaining('another study') })
  expect(steps.at(-1)).toMatchObject({
    kind: 'progress',
    progress: { final: true, status: 0xb000, completed: 1, failed: 7 },
  })
})

test('a UID that is none becomes no path', async () => {
  const { server, requests } = await site(json('[]'))
  await expect(fetchStudy(server, '../../etc')).rejects.toMatchObject({ code: 'HTTP' })
  const keys = { StudyInstanceUID: '1.2/../../x', SeriesInstanceUID: '' }
  await expect(qido(server, { level: 'SERIES', keys }, signal()).next()).rejects.toMatchObject({ code: 'HTTP' })
  expect(requests).toEqual([])
})

test('what a server does not search by is left out and asked again', async () => {
  const { server, requests } = await site((request, response) =>
    request.url?.includes('ResponsiblePerson') || request.url?.includes('includefield')
      ? status(400)(request, response)
      : json('[]')(request, response),
  )
  const keys = { PatientName: 'Ä*', ResponsiblePerson: 'X*', StudyDescription: '' }
  for await (const _ of qido(server, { level: 'STUDY', keys }, signal())) expect.unreachable()
  expect(requests.map(({ url }) => url)).toEqual([
    '/dicom-web/studies?PatientName=%C3%84*&ResponsiblePerson=X*&includefield=00102297&includefield=00081030&limit=100&offset=0',
    '/dicom-web/studies?PatientName=%C3%84*&limit=100&offset=0',
  ])
})

test('a probe says in words what is there, and proposes the kind that answers', async () => {
  const { server } = await site((request, response) =>
    request.url === '/system'
      ? json('{"Version":"1.12.1","Name":"N","ApiVersion":22}')(request, response)
      : status(404, { 'content-type': 'application/json' }, '{"Message":"Unknown resource"}')(request, response),
  )
  expect(await probe(server, signal())).toMatchObject({
    ok: false,
    sentence: expect.stringMatching(/^An Orthanc answers at http.*has nothing there.*Unknown resource/),
    technical: 'HTTP 404',
    suggestion: { kind: 'orthanc', url: server.origin },
  })
  const down = await probe(webServerAt(1), signal())
  expect(down).toMatchObject({ ok: false, technical: 'ECONNREFUSED, REFUSED' })
})
