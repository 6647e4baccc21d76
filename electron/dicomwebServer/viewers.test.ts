import { afterAll, beforeAll, expect, test } from 'vitest'
import { writePart10 } from '#electron/demo/writePart10.ts'
import { readHeader } from '#electron/dicom/part10/readHeader.ts'
import { ctDataSet } from '#electron/dicom/testing/testObject.ts'
import { bits, COLUMNS, encode, grey, loadEncoders, ROWS, size } from '#electron/pixels/encodeFixture.ts'
import { JPEG_2000_LOSSLESS } from '#shared/dicom/transferSyntax.ts'
import { hashPassword } from './passwords.ts'
import { openTestWeb, partsOf, type TestWeb } from './testing/webFixture.ts'

// What viewers ask, one question after the other and word by word, as their public sources write it down.

const [STUDY, SERIES] = ['1.2.9', '1.2.9.1']
const IMAGES = 3
const ORIGIN = 'https://viewer.clinic'
const PASSWORD = `Basic ${Buffer.from('viewer:of the test').toString('base64')}`

let web: TestWeb
let stream: Uint8Array
beforeAll(async () => {
  const users = [{ name: 'viewer', password: await hashPassword('of the test') }]
  web = await openTestWeb({ origins: [ORIGIN], users })
  await loadEncoders()
  stream = encode('encodeJpeg2000', grey(12), bits(16, 12))
  const file = (number: number) =>
    writePart10({
      transferSyntaxUID: JPEG_2000_LOSSLESS,
      dataSet: ctDataSet(`${SERIES}.${number}`, {
        ...{ StudyInstanceUID: STUDY, SeriesInstanceUID: SERIES, SpecificCharacterSet: 'ISO_IR 192', ...size },
        ...{ PatientName: 'Größe^Rex', PatientID: 'V-1', StudyDate: '20260102', StudyTime: '101500' },
        ...{ AccessionNumber: 'A-1', StudyDescription: 'Thorax', InstanceNumber: String(number), ...bits(16, 12) },
        PixelData: { fragments: [stream] },
      }),
    })
  const stored = await web.store([1, 2, 3].map(file), '/studies', { authorization: PASSWORD })
  expect(stored.status).toBe(200)
})
afterAll(() => web.close())

type Row = Record<string, { vr: string; Value?: unknown[] }>
const value = (row: Row | undefined, tag: string) => row?.[tag]?.Value?.[0]

test('OHIF: list, series, metadata, thumbnail and frames, from a page of another origin', async () => {
  const ask = async (path: string, accept: string) => {
    const headers = { accept, origin: ORIGIN, authorization: PASSWORD }
    const answer = await fetch(`${web.base}${path}`, { headers })
    expect(answer.status, path).toBe(200)
    expect(answer.headers.get('access-control-allow-origin')).toBe(ORIGIN)
    return answer
  }
  const rows = async (path: string) => (await (await ask(path, 'application/dicom+json')).json()) as Row[]
  // Its browser asks first: authorization is no header that a page may send without.
  const preflight = await fetch(`${web.base}/studies`, {
    method: 'OPTIONS',
    headers: {
      ...{ origin: ORIGIN, 'access-control-request-method': 'GET' },
      'access-control-request-headers': 'authorization',
    },
  })
  expect([preflight.ok, preflight.headers.get('access-control-allow-headers')?.toLowerCase()]).toEqual([
    true,
    expect.stringContaining('authorization'),
  ])

  const fields = 'includefield=00081030%2C00080060%2C00080090%2C00100030'
  for (const filter of ['', 'PatientName=*gr%C3%B6*&', '00100020=*V-*&', 'StudyDate=20260101-20260131&']) {
    const [study] = await rows(`/studies?${filter}limit=101&offset=0&fuzzymatching=false&${fields}`)
    expect(value(study, '0020000D'), filter).toBe(STUDY)
    expect(Number(value(study, '00201208'))).toBe(IMAGES)
    expect([value(study, '00080061'), value(study, '00081030')]).toEqual(['CT', 'Thorax'])
  }
  expect(await rows(`/studies?limit=101&offset=101&fuzzymatching=false&${fields}`)).toEqual([])
  expect(await rows(`/studies?ModalitiesInStudy=US&limit=101&offset=0&${fields}`)).toEqual([])
  const [shown] = await rows(`/studies/${STUDY}/series?includefield=0008103E%2C00080021`)
  expect([value(shown, '0020000E'), Number(value(shown, '00201209'))]).toEqual([SERIES, IMAGES])
  expect(await rows(`/studies/${STUDY}/series`)).toHaveLength(1)

  const metadata = await rows(`/studies/${STUDY}/series/${SERIES}/metadata`)
  expect(metadata).toHaveLength(IMAGES)
  expect(metadata.map((row) => [value(row, '00280010'), value(row, '00083002')])).toEqual(
    Array.from({ length: IMAGES }, () => [ROWS, JPEG_2000_LOSSLESS]),
  )
  const instance = `/studies/${STUDY}/series/${SERIES}/instances/${SERIES}.2`
  const image = await ask(`${instance}/rendered`, 'image/jpeg')
  expect(image.headers.get('content-type')).toBe('image/jpeg')
  expect((await ask(`/studies/${STUDY}/series/${SERIES}/thumbnail`, 'image/jpeg')).status).toBe(200)
  for (const accept of [
    'multipart/related; type="application/octet-stream"; transfer-syntax="*"',
    'multipart/related; type=application/octet-stream; transfer-syntax=*',
  ]) {
    const [part] = await partsOf(await ask(`${instance}/frames/1`, accept))
    expect(part?.headers['content-type'], accept).toBe(`image/jp2; transfer-syntax=${JPEG_2000_LOSSLESS}`)
    expect(part?.bytes.equals(Buffer.from(stream)), accept).toBe(true)
  }
  const samples = 'multipart/related; type="application/octet-stream"'
  const [native] = await partsOf(await ask(`${instance}/frames/1`, samples))
  expect(native?.bytes.equals(Buffer.from(grey(12).buffer)), `${ROWS} x ${COLUMNS}`).toBe(true)
})

test('Weasis: a study by its UID, accession number or patient, and every file by the address that is answered', async () => {
  const ask = async (url: string, more: Record<string, string> = {}) => {
    const answer = await fetch(url, { headers: { ...more, authorization: PASSWORD } })
    expect(answer.status, url).toBe(200)
    return answer
  }
  // It names no JSON: this is what Java sends by itself.
  const JAVA = { accept: 'text/html, image/gif, image/jpeg, *; q=.2, */*; q=.2' }
  const rows = async (url: string) => (await (await ask(url, JAVA)).json()) as Row[]
  const fields =
    '&includefield=00080020,00080030,00080050,00080061,00080090,00081030,00100010,00100020,00100021,00100030,00100040,0020000D,00200010'
  for (const key of [`0020000D=${STUDY}`, '00080050=A-1', '00100020=V-1']) {
    const [study] = await rows(`${web.base}/studies?${key}${fields}`)
    expect([value(study, '0020000D'), value(study, '00100010')]).toEqual([STUDY, { Alphabetic: 'Größe^Rex' }])
  }
  const [series] = await rows(
    `${web.base}/studies/${STUDY}/series?includefield=0008103E,00080060,0020000E,00200011,00081190`,
  )
  const seriesUrl = String(value(series, '00081190'))
  expect(seriesUrl).toBe(`${web.base}/studies/${STUDY}/series/${SERIES}`)
  const instances = await rows(`${seriesUrl}/instances?includefield=00080018,00200013,00081190`)
  expect(instances).toHaveLength(IMAGES)
  const thumbnail = await ask(`${seriesUrl}/thumbnail?viewport=256%2C256`, { accept: 'image/jpeg' })
  expect(thumbnail.headers.get('content-type')).toBe('image/jpeg')
  for (const row of instances) {
    const accept = 'multipart/related;type="application/dicom";transfer-syntax=*'
    const [part] = await partsOf(await ask(String(value(row, '00081190')), { accept }))
    const header = readHeader(part?.bytes ?? Buffer.alloc(0))
    expect([header.text('SOPInstanceUID'), header.transferSyntaxUID]).toEqual([
      value(row, '00080018'),
      JPEG_2000_LOSSLESS,
    ])
  }
})
