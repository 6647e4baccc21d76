import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { metadata } from './metadata.ts'
import { picture } from './picture.ts'
import { type Answer, openSite, webServerAt } from './testing/hostileSite.ts'

const SERIES = { studyInstanceUID: '1.2.3', seriesInstanceUID: '1.2.3.4' }
const IMAGE = '/dicom-web/studies/1.2.3/series/1.2.3.4/instances/1.2.3.4.2'
let elsewhere: Awaited<ReturnType<typeof openSite>>
const closing: (() => unknown)[] = []

beforeAll(async () => {
  elsewhere = await openSite((_, response) => response.end('secret'))
})
afterEach(async () => {
  for (const close of closing.splice(0)) await close()
})
afterAll(() => elsewhere.close())

const signal = () => AbortSignal.timeout(60_000)
const answer = (body: string | Buffer, type: string, status = 200): Answer => {
  return (_, response) => void response.writeHead(status, { 'content-type': type }).end(body)
}
const json = (value: unknown) => answer(JSON.stringify(value), 'application/dicom+json')
const missing = answer('', 'text/plain', 404)

/** A server with a series of three images, and what it says of the one in the middle. */
async function site(resources: Record<string, Answer>) {
  const uid = (number: number) => ({ vr: 'UI', Value: [`1.2.3.4.${number}`] })
  const images = [3, 1, 2].map((number) => ({ '00080018': uid(number), '00200013': { vr: 'IS', Value: [number] } }))
  const { port, close, requests } = await openSite((request, response) => {
    const [path = ''] = (request.url ?? '').split('?')
    if (path.endsWith('/instances')) return json(images)(request, response)
    return (resources[path.replace(IMAGE, '')] ?? missing)(request, response)
  })
  closing.push(close)
  return { server: webServerAt(port), requests }
}

const jpeg = (columns: number, rows: number) => {
  const head = Buffer.from('ffd8ffe000104a46494600010100000100010000ffc0001108', 'hex')
  const size = Buffer.alloc(4)
  size.writeUInt16BE(rows, 0)
  size.writeUInt16BE(columns, 2)
  return Buffer.concat([head, size, Buffer.from('030122000211010311 01'.replace(' ', ''), 'hex')])
}

test('a series looks as the server draws the image in its middle', async () => {
  const drawn = jpeg(192, 128)
  const { server, requests } = await site({ '/rendered': answer(drawn, 'image/jpeg') })
  expect(await picture(server, SERIES, signal())).toEqual({ type: 'image/jpeg', bytes: drawn })
  expect(requests.at(-1)?.url).toBe(`${IMAGE}/rendered?viewport=192,192&quality=80`)
})

test('where a server does not draw, its first frame is drawn here', async () => {
  const described = {
    '00280002': { vr: 'US', Value: [1] },
    '00280004': { vr: 'CS', Value: ['MONOCHROME2'] },
    '00280010': { vr: 'US', Value: [2] },
    '00280011': { vr: 'US', Value: [2] },
    '00280100': { vr: 'US', Value: [16] },
    '00280101': { vr: 'US', Value: [12] },
    '00280103': { vr: 'US', Value: [0] },
  }
  const frame = Buffer.from(Uint16Array.of(0, 4095, 4095, 0).buffer)
  const head = '--BB\r\nContent-Type: application/octet-stream; transfer-syntax=1.2.840.10008.1.2.1\r\n\r\n'
  const body = Buffer.concat([Buffer.from(head), frame, Buffer.from('\r\n--BB--\r\n')])
  const { server } = await site({
    '/metadata': json([described]),
    '/frames/1': answer(body, 'multipart/related; type="application/octet-stream"; boundary=BB'),
  })
  const found = await picture(server, SERIES, signal())
  expect(found?.type).toBe('image/bmp')
  // From the bottom up, four bytes to a line of two pixels of three: 255 0 above 0 255.
  const pixels = Buffer.from(found?.bytes ?? []).subarray(54)
  expect([pixels[0], pixels[3], pixels[8], pixels[11]]).toEqual([255, 0, 0, 255])
})

test('what is no picture, is too large or claims too much is refused', async () => {
  const cases: [Answer, RegExp][] = [
    [answer('<svg onload=alert(1)>', 'image/svg+xml'), /instead of a picture/],
    [answer('<html>', 'image/jpeg'), /instead of a picture/],
    [answer(jpeg(60_000, 60_000), 'image/jpeg'), /too large to be shown/],
    [answer(Buffer.concat([jpeg(64, 64), Buffer.alloc(2 * 1024 * 1024)]), 'image/jpeg'), /more than was asked for/],
  ]
  for (const [rendered, sentence] of cases) {
    const { server } = await site({ '/rendered': rendered })
    await expect(picture(server, SERIES, signal())).rejects.toThrow(sentence)
  }
})

test('a picture that is sent on elsewhere is not followed, and who is not let in asks no further', async () => {
  const onward: Answer = (_, response) =>
    void response.writeHead(302, { location: `http://127.0.0.1:${elsewhere.port}/x` }).end()
  const sent = await site({ '/rendered': onward })
  await expect(picture(sent.server, SERIES, signal())).rejects.toThrow('Nobody follows')
  const shut = await site({ '/rendered': answer('', 'text/plain', 403) })
  await expect(picture(shut.server, SERIES, signal())).rejects.toMatchObject({ details: { status: 403 } })
  expect(shut.requests.some(({ url }) => url.includes('frames'))).toBe(false)
  expect(elsewhere.requests).toEqual([])
})

test('tags come with the values that the server keeps beside them, and with none from anywhere else', async () => {
  const { server, requests } = await site({})
  const foreign = `http://127.0.0.1:${elsewhere.port}/dicom-web/bulk`
  const there = await site({
    '/metadata': json([
      {
        '00100010': { vr: 'PN', Value: [{ Alphabetic: 'Weber^Mia' }] },
        '00081140': { vr: 'SQ', Value: [{ '00081155': { vr: 'UI', Value: ['1.2.9'] } }] },
        '00081190': { vr: 'UR', Value: ['http://elsewhere'] },
        '00204000': { vr: 'LT', BulkDataURI: 'bulk/text' },
        '00420011': { vr: 'OB', BulkDataURI: '/dicom-web/bulk/bytes' },
        '00091010': { vr: 'OB', BulkDataURI: foreign },
        '00091011': { vr: 'OB', BulkDataURI: 'file:///etc/passwd' },
        '00091012': { vr: 'OB', BulkDataURI: '/admin/keys' },
        '00091013': { vr: 'OB', BulkDataURI: '../../admin' },
        '7FE00010': { vr: 'OW', BulkDataURI: foreign },
      },
    ]),
    '/dicom-web/bulk/text': answer('Lungs are clear. ', 'application/octet-stream'),
    '/dicom-web/bulk/bytes': answer(Buffer.alloc(300, 0xab), 'application/octet-stream'),
  })
  const rows = await metadata(there.server, SERIES, signal())
  const said = (tag: string) => rows.find((row) => row.tag === tag)?.value
  expect(said('(0010,0010)')).toBe('Weber^Mia')
  expect(said('(0020,4000)')).toBe('Lungs are clear.')
  expect(said('(0042,0011)')).toBe(`300 bytes: ${'ab '.repeat(16)}…`)
  for (const tag of ['(0009,1010)', '(0009,1011)', '(0009,1012)', '(0009,1013)'])
    expect(said(tag), tag).toMatch(/^Kept outside of http.*not fetched\.$/)
  expect(said('(7FE0,0010)')).toBe('The pixels, kept beside it.')
  expect(rows.filter(({ depth }) => depth > 0).map(({ tag, value }) => [tag, value])).toEqual([
    ['Item 1', ''],
    ['(0008,1155)', '1.2.9'],
  ])
  expect(elsewhere.requests).toEqual([])
  expect(there.requests.some(({ url }) => url.includes('admin'))).toBe(false)
  await expect(metadata(server, SERIES, signal())).rejects.toMatchObject({ details: { status: 404 } })
  expect(requests.length).toBeGreaterThan(0)
})

test('bulk data without end is cut off, and the tags come without it', async () => {
  const { server } = await site({
    '/metadata': json([{ '00091010': { vr: 'OB', BulkDataURI: 'bulk/endless' } }]),
    '/dicom-web/bulk/endless': (_, response) => {
      response.writeHead(200, { 'content-type': 'application/octet-stream' })
      const go = () => {
        while (!response.destroyed && response.write(Buffer.alloc(65_536))) {}
      }
      response.on('drain', go)
      go()
    },
  })
  expect((await metadata(server, SERIES, signal()))[0]?.value).toBe('Larger than 64 KB: not fetched.')
})
