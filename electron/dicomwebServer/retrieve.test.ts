import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { encodeDataSet, writePart10 } from '#electron/demo/writePart10.ts'
import { readHeader } from '#electron/dicom/part10/readHeader.ts'
import { ctDataSet } from '#electron/dicom/testing/testObject.ts'
import { bits, COLUMNS, encode, loadEncoders, ROWS, size } from '#electron/pixels/encodeFixture.ts'
import {
  EXPLICIT_VR_BIG_ENDIAN,
  EXPLICIT_VR_LITTLE_ENDIAN,
  IMPLICIT_VR_LITTLE_ENDIAN,
  JPEG_BASELINE,
  RLE_LOSSLESS,
} from '#shared/dicom/transferSyntax.ts'
import { openTestWeb, partsOf, type TestWeb } from './testing/webFixture.ts'

const MULTIPART = 'multipart/related; type="application/dicom"'
const ANY = `${MULTIPART}; transfer-syntax=*`
const STUDY = '1.2.3'
const pixels = new Uint16Array(1024).map((_, at) => at)

const common = {
  StudyInstanceUID: STUDY,
  SeriesInstanceUID: '1.2.3.1',
  SpecificCharacterSet: 'ISO_IR 192',
  PatientName: 'Ōno^Rex=小野^レックス',
  ImageType: ['ORIGINAL', 'PRIMARY'],
  InstanceNumber: '1',
  PixelData: pixels,
  '00091010': { vr: 'LO', value: 'x' },
  '00090010': { vr: 'LO', value: 'OURS' },
  '00091011': { vr: 'OW', value: new Uint16Array(1000).map((_, at) => at) },
}

/** RLE (PS3.5 G) of 64 bytes in one literal run. */
function rleFrame(first: number): Uint8Array {
  const stream = new Uint8Array(64 + 66)
  const view = new DataView(stream.buffer)
  view.setUint32(0, 1, true)
  view.setUint32(4, 64, true)
  stream[64] = 63
  for (let at = 0; at < 64; at += 1) stream[65 + at] = first + at
  return stream
}

const files = {
  explicit: writePart10({ dataSet: ctDataSet('1.2.3.1.1', common) }),
  implicit: writePart10({
    transferSyntaxUID: IMPLICIT_VR_LITTLE_ENDIAN,
    dataSet: ctDataSet('1.2.3.1.2', { ...common, InstanceNumber: '2' }),
  }),
  big: writePart10({
    transferSyntaxUID: EXPLICIT_VR_BIG_ENDIAN,
    dataSet: ctDataSet('1.2.3.1.3', { ...common, InstanceNumber: '3' }),
  }),
  rle: writePart10({
    transferSyntaxUID: RLE_LOSSLESS,
    dataSet: ctDataSet('1.2.3.2.1', {
      ...common,
      SeriesInstanceUID: '1.2.3.2',
      Rows: 8,
      Columns: 8,
      BitsAllocated: 8,
      BitsStored: 8,
      HighBit: 7,
      NumberOfFrames: 2,
      PixelData: { fragments: [rleFrame(0), rleFrame(100)] },
    }),
  }),
}

let web: TestWeb
beforeAll(async () => {
  web = await openTestWeb()
  const answer = await web.store(Object.values(files))
  expect(answer.status, await answer.clone().text()).toBe(200)
})
afterAll(() => web.close())

const CT = `/studies/${STUDY}/series/1.2.3.1/instances`
const RLE = `/studies/${STUDY}/series/1.2.3.2/instances/1.2.3.2.1`

test('a study comes whole and as it is stored, when any transfer syntax is taken', async () => {
  const answer = await web.get(`/studies/${STUDY}`, ANY)
  expect(answer.headers.get('content-type')).toMatch(/^multipart\/related; type="application\/dicom"; boundary=/)
  const parts = await partsOf(answer)
  expect(parts).toHaveLength(4)
  for (const { bytes, headers } of parts) {
    const header = readHeader(bytes, { fileBytes: bytes.length })
    expect(headers['content-type']).toBe(`application/dicom; transfer-syntax=${header.transferSyntaxUID}`)
    expect(headers['content-location']).toContain(`/instances/${header.text('SOPInstanceUID')}`)
    const sent = Object.values(files).find(
      (file) => readHeader(file).text('SOPInstanceUID') === header.text('SOPInstanceUID'),
    )
    const dataSet = (file: Uint8Array) => Buffer.from(file.subarray(readHeader(file).dataSetOffset))
    expect(dataSet(bytes).equals(dataSet(sent ?? new Uint8Array()))).toBe(true)
  }
})

test('nothing said means Explicit VR Little Endian, also of compressed images (PS3.18 8.7.3.5.2)', async () => {
  for (const accept of [undefined, MULTIPART, `${MULTIPART}; transfer-syntax=${EXPLICIT_VR_LITTLE_ENDIAN}`]) {
    const parts = await partsOf(await web.get(`/studies/${STUDY}`, accept))
    const syntaxes = parts.map(({ bytes }) => readHeader(bytes, { fileBytes: bytes.length }).transferSyntaxUID)
    expect(syntaxes, accept).toEqual(Array.from({ length: 4 }, () => EXPLICIT_VR_LITTLE_ENDIAN))
  }
  const [rle] = await partsOf(await web.get(RLE))
  const header = readHeader(rle!.bytes, { fileBytes: rle!.bytes.length })
  const start = header.pixelData?.offset ?? 0
  expect([...rle!.bytes.subarray(start + 64, start + 68)]).toEqual([100, 101, 102, 103])
})

test('one instance may come by itself; what cannot be had in the wanted syntax is said', async () => {
  const single = await web.get(`${CT}/1.2.3.1.1`, 'application/dicom')
  expect(single.headers.get('content-type')).toBe(`application/dicom; transfer-syntax=${EXPLICIT_VR_LITTLE_ENDIAN}`)
  expect(readHeader(new Uint8Array(await single.arrayBuffer())).text('InstanceNumber')).toBe('1')
  const jpeg = `${MULTIPART}; transfer-syntax=1.2.840.10008.1.2.4.50`
  expect((await web.get(`/studies/${STUDY}`, jpeg)).status).toBe(406)
  const rle = await web.get(`/studies/${STUDY}`, `${MULTIPART}; transfer-syntax=${RLE_LOSSLESS}`)
  expect([rle.status, rle.headers.get('warning')?.includes('left out')]).toEqual([206, true])
  expect(await partsOf(rle)).toHaveLength(1)
  expect((await web.get('/studies/9.9.9')).status).toBe(404)
  expect((await web.get(`${CT}/9.9.9`)).status).toBe(404)
})

test('metadata is the data set without its bulk data, which its addresses lead to', async () => {
  const list = await web.json(`/studies/${STUDY}/metadata`)
  expect(list).toHaveLength(4)
  const [one] = await web.json(`${CT}/1.2.3.1.3/metadata`, 'application/json')
  expect(one?.['00100010']).toEqual({ vr: 'PN', Value: [{ Alphabetic: 'Ōno^Rex', Ideographic: '小野^レックス' }] })
  expect(one?.['00083002']).toEqual({ vr: 'UI', Value: [EXPLICIT_VR_BIG_ENDIAN] })
  const { BulkDataURI } = one!['00091011'] as unknown as { BulkDataURI: string }
  expect(BulkDataURI).toBe(`${web.base}${CT}/1.2.3.1.3/bulkdata/00091011`)
  const words = Buffer.from(new Uint16Array(1000).map((_, at) => at).buffer)
  const [part] = await partsOf(await fetch(BulkDataURI))
  expect(part?.bytes.equals(words)).toBe(true)
  const plain = await fetch(BulkDataURI, { headers: { accept: 'application/octet-stream' } })
  expect(Buffer.from(await plain.arrayBuffer()).equals(words)).toBe(true)
  const pixelURI = (one!['7FE00010'] as unknown as { BulkDataURI: string }).BulkDataURI
  const [frame] = await partsOf(await fetch(pixelURI))
  expect(frame?.bytes.equals(Buffer.from(pixels.buffer))).toBe(true)
  expect((await web.get(`${CT}/1.2.3.1.3/bulkdata/00091099`)).status).toBe(404)
  expect((await web.get(`/studies/${STUDY}/metadata`, 'multipart/related; type="application/dicom+xml"')).status).toBe(
    406,
  )
})

const OCTETS = 'multipart/related; type="application/octet-stream"'

test('frames are native samples, or the stream as it is stored for whoever takes any syntax', async () => {
  for (const uid of ['1.2.3.1.1', '1.2.3.1.2', '1.2.3.1.3']) {
    const [part] = await partsOf(await web.get(`${CT}/${uid}/frames/1`, OCTETS))
    expect(part?.bytes.equals(Buffer.from(pixels.buffer)), uid).toBe(true)
    expect(part?.headers['content-type']).toBe(`application/octet-stream; transfer-syntax=${EXPLICIT_VR_LITTLE_ENDIAN}`)
  }
  const decoded = await partsOf(await web.get(`${RLE}/frames/2,1`, OCTETS))
  expect(decoded.map(({ bytes }) => [bytes.length, bytes[0]])).toEqual([
    [64, 100],
    [64, 0],
  ])
  const [stored] = await partsOf(await web.get(`${RLE}/frames/2`, `${OCTETS}; transfer-syntax=*`))
  expect(stored?.headers['content-type']).toBe(`image/dicom-rle; transfer-syntax=${RLE_LOSSLESS}`)
  expect(stored?.bytes.equals(Buffer.from(rleFrame(100)))).toBe(true)
  const single = await web.get(`${CT}/1.2.3.1.1/frames/1`, 'application/octet-stream')
  expect(Buffer.from(await single.arrayBuffer()).equals(Buffer.from(pixels.buffer))).toBe(true)
  expect((await web.get(`${RLE}/frames/3`, OCTETS)).status).toBe(404)
  expect((await web.get(`${RLE}/frames/1`, 'image/jp2')).status).toBe(406)
})

test('metadata describes frames as they are given: decoded colours, or those of the stored stream', async () => {
  await loadEncoders()
  const red = new Uint8Array(ROWS * COLUMNS * 3).map((_, at) => [255, 0, 0][at % 3] ?? 0)
  const format = { ...bits(8, 8), SamplesPerPixel: 3, PlanarConfiguration: 0, PhotometricInterpretation: 'RGB' }
  const jpeg = encode('encodeJpeg', red, format, { lossy: true, quality: 100 })
  const rle = encode('encodeRle', red, format)
  const colour = (uid: string, PhotometricInterpretation: string, PlanarConfiguration: number, fragment: Uint8Array) =>
    ctDataSet(uid, {
      ...{
        ...common,
        ...size,
        ...format,
        SeriesInstanceUID: '1.2.3.4',
        PhotometricInterpretation,
        PlanarConfiguration,
      },
      PixelData: { fragments: [fragment] },
    })
  const stored = await web.store([
    writePart10({ transferSyntaxUID: JPEG_BASELINE, dataSet: colour('1.2.3.4.1', 'YBR_FULL_422', 0, jpeg) }),
    writePart10({ transferSyntaxUID: RLE_LOSSLESS, dataSet: colour('1.2.3.4.2', 'YBR_FULL', 1, rle) }),
  ])
  expect(stored.status).toBe(200)
  const at = (uid: string) => `/studies/${STUDY}/series/1.2.3.4/instances/${uid}`
  const said = async (uid: string, accept?: string) => {
    const [one] = await web.json(`${at(uid)}/metadata`, accept)
    return [one?.['00280004']?.Value?.[0], one?.['00280006']?.Value?.[0]]
  }
  expect(await said('1.2.3.4.1')).toEqual(['RGB', 0])
  const [decoded] = await partsOf(await web.get(`${at('1.2.3.4.1')}/frames/1`, OCTETS))
  expect(decoded?.bytes).toHaveLength(ROWS * COLUMNS * 3)
  const [r = 0, g = 255, b = 255] = decoded?.bytes ?? []
  expect([r > 245, g < 10, b < 10]).toEqual([true, true, true])
  for (const uid of ['*', JPEG_BASELINE])
    expect(await said('1.2.3.4.1', `application/dicom+json; transfer-syntax=${uid}`)).toEqual(['YBR_FULL_422', 0])
  const [stream] = await partsOf(await web.get(`${at('1.2.3.4.1')}/frames/1`, `${OCTETS}; transfer-syntax=*`))
  expect(stream?.bytes.equals(Buffer.from(jpeg))).toBe(true)
  // RLE has its colours one by one; decoded they stand pixel by pixel, under the name that they have.
  expect(await said('1.2.3.4.2')).toEqual(['YBR_FULL', 0])
  const [plain] = await partsOf(await web.get(`${at('1.2.3.4.2')}/frames/1`, OCTETS))
  expect(plain?.bytes.equals(Buffer.from(red))).toBe(true)
  expect(await said('1.2.3.4.2', 'application/dicom+json; transfer-syntax=*')).toEqual(['YBR_FULL', 1])
})

test('frames of one bit begin at a byte of their own', async () => {
  const bits = Uint8Array.of(0b10110011, 0b01010101, 0b11110000, 0)
  const dataSet = ctDataSet('1.2.3.3.1', {
    ...common,
    SeriesInstanceUID: '1.2.3.3',
    Rows: 3,
    Columns: 4,
    BitsAllocated: 1,
    BitsStored: 1,
    HighBit: 0,
    NumberOfFrames: 2,
    PixelData: { vr: 'OB', value: bits },
  })
  expect((await web.store([writePart10({ dataSet })])).status).toBe(200)
  const path = `/studies/${STUDY}/series/1.2.3.3/instances/1.2.3.3.1/frames/2`
  const [part] = await partsOf(await web.get(path, OCTETS))
  // The twelve bits from the thirteenth on, the first of them lowest (PS3.5 8.1.1).
  expect(part?.bytes[0]).toBe(0b00000101)
  expect((part?.bytes[1] ?? 0) & 0b1111).toBe(0b1111)
})

test('pictures are JPEG or PNG, as large as asked for, with the window that is asked for', async () => {
  const rendered = await web.get(`${CT}/1.2.3.1.1/rendered`)
  expect(rendered.headers.get('content-type')).toBe('image/jpeg')
  const jpeg = Buffer.from(await rendered.arrayBuffer())
  expect([jpeg.readUInt16BE(0), jpeg.readUInt16BE(jpeg.length - 2)]).toEqual([0xffd8, 0xffd9])
  const png = await web.get(`${CT}/1.2.3.1.1/rendered?viewport=64,16&window=512,1024,linear&accept=image/png`)
  const bytes = Buffer.from(await png.arrayBuffer())
  expect([bytes.readUInt32BE(16), bytes.readUInt32BE(20)]).toEqual([16, 16])
  const thumbnail = await web.get(`/studies/${STUDY}/thumbnail`, 'image/png')
  expect(thumbnail.headers.get('content-type')).toBe('image/png')
  const all = await partsOf(await web.get(`/studies/${STUDY}/series/1.2.3.1/rendered`))
  expect(all).toHaveLength(3)
  for (const wrong of ['viewport=0,5', 'viewport=99999,5', 'window=1', 'window=1,-5', 'window=1,5,round', 'quality=0'])
    expect((await web.get(`${CT}/1.2.3.1.1/rendered?${wrong}`)).status, wrong).toBe(400)
  expect((await web.get(`${CT}/1.2.3.1.1/rendered`, 'image/gif')).status).toBe(406)
})

test('what is in the trash is not given', async () => {
  const dataSet = ctDataSet('7.7.7.1', { ...common, StudyInstanceUID: '7.7.7', SeriesInstanceUID: '7.7.7.2' })
  await web.store([writePart10({ dataSet })])
  expect((await web.get('/studies/7.7.7/metadata')).status).toBe(200)
  const { '7.7.7': study } = await web.archive.reader.findStudyUIDs(['7.7.7'])
  await web.archive.writer.trashStudies([study?.studyId ?? 0])
  expect((await web.get('/studies/7.7.7/metadata')).status).toBe(404)
  expect(await web.json('/studies?StudyInstanceUID=7.7.7')).toEqual([])
})

test('a large object streams: its bytes are those of the file', async () => {
  const dataSet = ctDataSet('8.8.8.1', {
    ...common,
    StudyInstanceUID: '8.8.8',
    SeriesInstanceUID: '8.8.8.2',
    Rows: 2048,
    Columns: 1024,
    PixelData: new Uint16Array(2048 * 1024),
  })
  const bytes = encodeDataSet(dataSet, EXPLICIT_VR_LITTLE_ENDIAN)
  expect((await web.store([writePart10({ dataSet, dataSetBytes: bytes })])).status).toBe(200)
  const [part] = await partsOf(await web.get('/studies/8.8.8', ANY))
  const { '8.8.8.1': instanceId } = await web.archive.reader.holds(['8.8.8.1'])
  const [stored] = await web.archive.reader.locate({ instanceIds: [instanceId ?? 0] })
  expect(part?.bytes.equals(readFileSync(stored?.path ?? ''))).toBe(true)
})
