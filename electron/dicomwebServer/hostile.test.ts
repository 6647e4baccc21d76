import { connect } from 'node:net'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { writePart10 } from '#electron/demo/writePart10.ts'
import { ctDataSet } from '#electron/dicom/testing/testObject.ts'
import { hashPassword } from './passwords.ts'
import { openTestWeb, type TestWeb } from './testing/webFixture.ts'

let open: TestWeb
let guarded: TestWeb
const PATIENT = 'Secret^Peter'
beforeAll(async () => {
  open = await openTestWeb({ origins: ['https://viewer.clinic'] })
  guarded = await openTestWeb({
    users: [{ name: 'viewer', password: await hashPassword('correct horse') }],
    origins: ['https://viewer.clinic'],
  })
  const stored = await open.store([
    writePart10({ dataSet: ctDataSet('1.1.1', { StudyInstanceUID: '1.1', PatientName: PATIENT }) }),
  ])
  expect(stored.status).toBe(200)
})
afterAll(async () => {
  await open.close()
  await guarded.close()
})

/** The whole answer to bytes as they stand; what keeps the connection open is cut by `Connection: close` of the test. */
function raw(port: number, bytes: string): Promise<string> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => socket.write(bytes))
    let text = ''
    socket.on('data', (chunk) => {
      text += chunk.toString('latin1')
    })
    socket.on('error', () => {})
    socket.on('close', () => resolve(text))
  })
}
const request = (path: string, more = '', host = 'localhost') =>
  `GET ${path} HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n${more}\r\n`
const statusOf = (answer: string) => Number(/^HTTP\/1\.1 (\d{3})/.exec(answer)?.[1] ?? 0)

test.each([
  ['another path', request('/'), 404],
  ['a path that only begins so', request('/dicom-webs/studies'), 404],
  ['a way up', request('/dicom-web/../../etc/passwd'), 404],
  ['a way up, encoded', request('/dicom-web/studies/..%2F..%2Fetc/metadata'), 400],
  ['a study that is no UID', request('/dicom-web/studies/%00/metadata'), 400],
  ['a study that is too long', request(`/dicom-web/studies/${'1'.repeat(65)}`), 400],
  ['a percent sign alone', request('/dicom-web/studies/%/metadata'), 400],
  ['a resource that is none', request('/dicom-web/studies/1.1/nothing'), 404],
  ['frame 0', request('/dicom-web/studies/1.1/series/1/instances/1/frames/0'), 400],
  ['ten thousand frames', request(`/dicom-web/studies/1.1/series/1/instances/1/frames/${'1,'.repeat(3000)}1`), 404],
  ['bulk data that is no tag', request('/dicom-web/studies/1.1/series/1/instances/1/bulkdata/x'), 404],
  ['an address of another server', request('http://elsewhere/dicom-web/studies'), 400],
  ['an address of 9,000 characters', request(`/dicom-web/studies?PatientID=${'x'.repeat(9000)}`), 414],
  ['headers of 20 kB', request('/dicom-web/studies', `X: ${'x'.repeat(20_000)}\r\n`), 431],
  ['an Accept header of 5 kB', request('/dicom-web/studies', `Accept: ${'a/b,'.repeat(1300)}a/b\r\n`), 400],
  ['an Accept header of a hundred types', request('/dicom-web/studies', `Accept: ${'a/b,'.repeat(100)}a/b\r\n`), 400],
  ['an Accept header of quotes', request('/dicom-web/studies', `Accept: "${'\\"'.repeat(500)}\r\n`), 406],
  ['a Host that is no name', request('/dicom-web/studies', '', 'a b<script>'), 400],
  ['a Host of elsewhere (DNS rebinding)', request('/dicom-web/studies', '', 'evil.example'), 403],
  ['a page of elsewhere', request('/dicom-web/studies', 'Origin: https://evil.example\r\n'), 403],
  ['DELETE', request('/dicom-web/studies/1.1').replace('GET', 'DELETE'), 405],
  ['PUT', request('/dicom-web/studies').replace('GET', 'PUT'), 405],
  ['a method that is none', request('/dicom-web/studies').replace('GET', 'SPY'), 400],
  [
    'two lengths of a body',
    request('/dicom-web/studies', 'Content-Length: 1\r\nContent-Length: 2\r\n').replace('GET', 'POST'),
    400,
  ],
  [
    'a length and chunks (request smuggling)',
    request('/dicom-web/studies', 'Content-Length: 5\r\nTransfer-Encoding: chunked\r\n').replace('GET', 'POST'),
    400,
  ],
  ['no HTTP at all', '\x16\x03\x01\x02\x00\x01\x00\r\n\r\n', 400],
  ['HTTP 0.9', 'GET /dicom-web/studies\r\n\r\n', 400],
])('%s is refused', async (_, bytes, status) => {
  const answer = await raw(open.port, bytes)
  expect(statusOf(answer), answer.slice(0, 200)).toBe(status)
  expect(answer).not.toContain(PATIENT)
})

test('a sender that drips is told so, and its connection ends', async () => {
  const head = `POST /dicom-web/studies HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100000\r\nContent-Type: multipart/related; type="application/dicom"; boundary=X\r\nConnection: close\r\n\r\n--X\r\n`
  const impatient = await openTestWeb({}, { graceMs: 50, bytesPerSecond: 1_000_000 })
  try {
    expect(statusOf(await raw(impatient.port, head))).toBe(408)
  } finally {
    await impatient.close()
  }
})

test('headers that break out of their line are none', async () => {
  const answer = await raw(open.port, request('/dicom-web/studies', 'Origin: https://viewer.clinic\r\n'))
  expect(statusOf(answer)).toBe(200)
  expect(answer).toContain('access-control-allow-origin: https://viewer.clinic')
})

test('nobody is let in without name and password, and neither is told what is there', async () => {
  const plain = await guarded.get('/studies/1.1/metadata')
  expect([plain.status, plain.headers.get('www-authenticate')]).toEqual([
    401,
    'Basic realm="Negatoscope DICOMweb", charset="UTF-8"',
  ])
  const as = (text: string) => ({ authorization: `Basic ${Buffer.from(text).toString('base64')}` })
  for (const wrong of ['viewer:wrong', 'nobody:correct horse', 'viewer', ':', 'viewer:'])
    expect((await guarded.get('/studies', undefined, as(wrong))).status, wrong).toBe(401)
  for (const header of ['Bearer x', 'Basic !!!', `Basic ${'A'.repeat(5000)}`])
    expect((await guarded.get('/studies', undefined, { authorization: header })).status).toBe(401)
  expect((await guarded.get('/studies', undefined, as('viewer:correct horse'))).status).toBe(200)
  await expect
    .poll(() => guarded.events.some((event) => event.kind === 'request' && event.request.user === 'viewer'))
    .toBe(true)
})

test('whoever guesses has to wait; whoever is known goes on', async () => {
  const as = (text: string) => ({ authorization: `Basic ${Buffer.from(text).toString('base64')}` })
  await guarded.get('/studies', undefined, as('viewer:correct horse'))
  let last: Response | undefined
  for (let at = 0; at < 11; at += 1) last = await guarded.get('/studies', undefined, as(`viewer:guess ${at}`))
  expect([last?.status, Number(last?.headers.get('retry-after')) > 0]).toEqual([429, true])
  expect((await guarded.get('/studies', undefined, as('viewer:correct horse'))).status).toBe(200)
})

test('a browser may ask before it asks, for the pages of the list only', async () => {
  const ask = (origin: string) =>
    fetch(`${guarded.base}/studies`, {
      method: 'OPTIONS',
      headers: { origin, 'access-control-request-method': 'GET', 'access-control-request-headers': 'authorization' },
    })
  const listed = await ask('https://viewer.clinic')
  expect(listed.status).toBe(204)
  expect(listed.headers.get('access-control-allow-origin')).toBe('https://viewer.clinic')
  expect(listed.headers.get('access-control-allow-headers')).toContain('Authorization')
  const other = await ask('https://evil.example')
  expect([other.status, other.headers.get('access-control-allow-origin')]).toEqual([403, null])
})

test('the log says who asked what and how it ended, and nothing of a patient', async () => {
  await open.get(`/studies?PatientName=${encodeURIComponent(PATIENT)}`)
  await open.get('/studies/1.1/metadata')
  const requests = () => open.events.flatMap((event) => (event.kind === 'request' ? [event.request] : []))
  await expect.poll(() => requests().filter(({ what }) => what === 'Metadata of study').length).toBeGreaterThan(0)
  expect(requests().some(({ what, status, bytes }) => what === 'Search studies' && status === 200 && bytes > 2)).toBe(
    true,
  )
  expect(JSON.stringify(requests())).not.toMatch(/Secret|PatientName|1\.1\.1/)
})
