import { readdirSync, renameSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { encodeDataSet, writePart10 } from '#electron/demo/writePart10.ts'
import { ctDataSet } from '#electron/dicom/testing/testObject.ts'
import { decodeDicomJson } from '#electron/dicomJson/decodeDicomJson.ts'
import { itemsIn, textIn } from '#shared/dicom/attributeSet.ts'
import { JPEG_BASELINE } from '#shared/dicom/transferSyntax.ts'
import { multipart, openTestWeb, type TestWeb } from './testing/webFixture.ts'

let web: TestWeb
beforeAll(async () => {
  web = await openTestWeb()
})
afterAll(() => web.close())

const file = (uid: string, more = {}) =>
  writePart10({ dataSet: ctDataSet(uid, { StudyInstanceUID: '1.5', SeriesInstanceUID: '1.5.1', ...more }) })

async function reported(answer: Response) {
  const report = decodeDicomJson(await answer.json())
  return {
    status: answer.status,
    url: textIn(report, 'RetrieveURL'),
    kept: itemsIn(report, 'ReferencedSOPSequence').map((item) => textIn(item, 'ReferencedSOPInstanceUID')),
    failed: itemsIn(report, 'FailedSOPSequence').map((item) => [
      textIn(item, 'ReferencedSOPInstanceUID'),
      Number(textIn(item, 'FailureReason')).toString(16),
    ]),
  }
}
const files = () =>
  readdirSync(web.archive.storageFolder, { recursive: true }).filter((name) => String(name).endsWith('.dcm'))
const events = () => web.events.flatMap((event) => (event.kind === 'store' ? [event.event] : []))

test('what is stored is told instance by instance, and is in the archive', async () => {
  const outcome = await reported(await web.store([file('1.5.1.1'), file('1.5.1.2')]))
  expect(outcome).toEqual({
    status: 200,
    url: `${web.base}/studies/1.5`,
    kept: ['1.5.1.1', '1.5.1.2'],
    failed: [],
  })
  expect(await web.json('/studies/1.5/instances')).toHaveLength(2)
  // The same again is what we have.
  expect((await reported(await web.store([file('1.5.1.3'), file('1.5.1.3')]))).status).not.toBe(500)
})

test('it is told as what a device sends is told', async () => {
  const from = events().length
  await web.store([file('1.5.2.1')])
  await expect
    .poll(() =>
      events()
        .slice(from)
        .map(({ kind }) => kind),
    )
    .toEqual(['associationAccepted', 'instanceReceived', 'associationEnded'])
  expect(events()[from]).toMatchObject({ party: { callingAETitle: 'DICOMweb', address: '127.0.0.1' } })
  expect(events()[from + 1]).toMatchObject({ sopInstanceUID: '1.5.2.1', outcome: 'stored', status: 0 })
})

test('one that cannot be kept does not keep the others out', async () => {
  const conflicting = file('1.5.1.1')
  const { SOPClassUID: _, ...nameless } = ctDataSet('1.5.3.2', { StudyInstanceUID: '1.5', SeriesInstanceUID: '1.5.3' })
  const whole = file('1.5.3.4')
  const fragments = writePart10({
    transferSyntaxUID: JPEG_BASELINE,
    dataSet: ctDataSet('1.5.3.5', {
      StudyInstanceUID: '1.5',
      SeriesInstanceUID: '1.5.3',
      BitsAllocated: 8,
      PixelData: { fragments: [new Uint8Array(5000)] },
    }),
  })
  const before = files().length
  const outcome = await reported(
    await web.store([
      file('1.5.3.1'),
      conflicting,
      writePart10({ dataSet: nameless }),
      'this is no DICOM file',
      whole.subarray(0, whole.length - 100),
      fragments.subarray(0, fragments.length - 4000),
      writePart10({
        dataSet: ctDataSet('1.5.3.6', { StudyInstanceUID: '1.5' }),
        fileMeta: { TransferSyntaxUID: '1.2.3.4' },
      }),
      writePart10({ dataSet: ctDataSet('../../etc', { StudyInstanceUID: '1.5' }) }),
    ]),
  )
  expect(outcome.status).toBe(202)
  expect(outcome.kept).toEqual(['1.5.3.1'])
  expect(outcome.failed).toEqual([
    ['1.5.1.1', '111'],
    ['1.5.3.2', 'c000'],
    ['', 'c000'],
    ['1.5.3.4', 'c000'],
    ['1.5.3.5', 'c000'],
    ['1.5.3.6', 'c122'],
    ['../../etc', 'c000'],
  ])
  expect(files()).toHaveLength(before + 1)
  expect(
    readdirSync(web.archive.storageFolder).includes('tmp') ? readdirSync(`${web.archive.storageFolder}/tmp`) : [],
  ).toEqual([])
})

test('an address of one study takes that study alone', async () => {
  const outcome = await reported(await web.store([file('1.5.4.1', { StudyInstanceUID: '1.6' })], '/studies/1.5'))
  expect([outcome.status, outcome.failed]).toEqual([409, [['1.5.4.1', 'a900']]])
})

test('one file by itself is taken too', async () => {
  const answer = await fetch(`${web.base}/studies`, {
    method: 'POST',
    headers: { 'content-type': 'application/dicom' },
    body: new Uint8Array(file('1.5.5.1')),
  })
  expect((await reported(answer)).kept).toEqual(['1.5.5.1'])
})

test('a disk that is away is 503, with its reason for each, and nothing is written into its empty place', async () => {
  const marker = join(web.archive.storageFolder, 'negatoscope-archive.txt')
  const before = files().length
  renameSync(marker, `${marker}.away`)
  try {
    const answer = await web.store([file('1.5.6.1')])
    expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0)
    expect(await reported(answer)).toMatchObject({ status: 503, kept: [], failed: [['', 'a700']] })
    expect(files()).toHaveLength(before)
  } finally {
    renameSync(`${marker}.away`, marker)
  }
})

test('a sender that breaks off: what was complete is kept, the rest leaves nothing', async () => {
  const body = Buffer.from(multipart([file('1.5.7.1'), file('1.5.7.2')]))
  const cut = body.subarray(0, body.length - 500)
  const stream = new ReadableStream<Uint8Array>({
    start(controller) {
      controller.enqueue(new Uint8Array(cut))
      controller.close()
    },
  })
  const answer = await fetch(`${web.base}/studies`, {
    method: 'POST',
    headers: { 'content-type': 'multipart/related; type="application/dicom"; boundary=XYZ' },
    body: stream,
    duplex: 'half',
  } as RequestInit)
  expect([answer.status, await answer.text()]).toEqual([400, expect.stringContaining('ends before its last boundary')])
  const { '1.5.7.1': first, '1.5.7.2': second } = await web.archive.reader.holds(['1.5.7.1', '1.5.7.2'])
  expect([first === undefined, second === undefined]).toEqual([false, true])
  await expect.poll(() => events().at(-1)).toMatchObject({ kind: 'associationEnded', how: 'lost' })
})

test.each([
  ['JSON', 'application/json', '{}', 415],
  ['a form', 'multipart/form-data; boundary=XYZ', '--XYZ--', 415],
  ['metadata and bulk data apart', 'multipart/related; type="application/dicom+json"; boundary=XYZ', '--XYZ--', 415],
  ['no boundary', 'multipart/related; type="application/dicom"', 'x', 400],
  ['no part', 'multipart/related; type="application/dicom"; boundary=XYZ', '--XYZ--\r\n', 400],
  ['an endless preamble', 'multipart/related; type="application/dicom"; boundary=XYZ', 'x'.repeat(200_000), 400],
  [
    'headers without end',
    'multipart/related; type="application/dicom"; boundary=XYZ',
    `--XYZ\r\n${'A: b\r\n'.repeat(20_000)}`,
    400,
  ],
])('a body that is %s is refused', async (_, type, body, status) => {
  const answer = await fetch(`${web.base}/studies`, { method: 'POST', headers: { 'content-type': type }, body })
  expect(answer.status).toBe(status)
  expect(await answer.text()).toMatch(/\.$/)
})

test('a body in gzip is refused, and so is storing where it is switched off', async () => {
  expect((await web.store([file('1.5.8.1')], '/studies', { 'content-encoding': 'gzip' })).status).toBe(415)
  const { configuration, node } = web
  await node.configure({ ...configuration, store: false })
  expect((await web.store([file('1.5.8.1')])).status).toBe(403)
  await node.configure(configuration)
})

test('a data set without preamble and meta information is read all the same', async () => {
  const dataSet = encodeDataSet(
    ctDataSet('1.5.9.1', { StudyInstanceUID: '1.5', SeriesInstanceUID: '1.5.9' }),
    '1.2.840.10008.1.2.1',
  )
  expect((await reported(await web.store([dataSet]))).kept).toEqual(['1.5.9.1'])
})
