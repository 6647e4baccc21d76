import { rmSync, truncateSync } from 'node:fs'
import { inflateSync } from 'node:zlib'
import { afterAll, expect, test } from 'vitest'
import { answers, openFixture } from './imageFixture.ts'

const fixture = openFixture()
afterAll(() => fixture.close())
const { pixels } = fixture

const image = (value: number) => ({ PixelData: new Uint16Array(12).fill(value) })

test('frames come in the order of the request, each under its index', async () => {
  const ids = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10].map((value) => fixture.add(image(value)).instanceId)
  const wanted = [...ids].reverse().map((instanceId) => ({ instanceId, frame: 0 }))
  for (let pass = 0; pass < 2; pass++) {
    const found = await answers(pixels.frames({ frames: wanted }))
    expect(found.map(({ index }) => index)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9])
    expect(found.map(({ samples }) => samples?.[0])).toEqual([10, 9, 8, 7, 6, 5, 4, 3, 2, 1])
  }
})

test('what is gone, unreadable or beyond the last frame is said in words and the rest still comes', async () => {
  const good = fixture.add(image(5))
  const gone = fixture.add(image(6))
  rmSync(gone.path)
  const letter = fixture.addFile(new TextEncoder().encode('not an image at all, just a letter'))
  const frames = [
    { instanceId: 999_999, frame: 0 },
    { instanceId: gone.instanceId, frame: 0 },
    { instanceId: letter.instanceId, frame: 0 },
    { instanceId: good.instanceId, frame: 7 },
    { instanceId: good.instanceId, frame: 0 },
  ]
  const found = await answers(pixels.frames({ frames }))
  expect(found.map(({ sentence }) => sentence?.split('. ')[0])).toEqual([
    'This image is no longer in the archive.',
    'The file of this image cannot be read.',
    'This is not a DICOM file.',
    'This image has no such frame',
    undefined,
  ])
})

test('a file that was cut after it was stored gives words, not what happens to be in memory', async () => {
  const cut = fixture.add(image(5))
  truncateSync(cut.path, cut.bytes - 10)
  const long = fixture.add({ Rows: 2000, Columns: 2000, PixelData: new Uint16Array(4_000_000) })
  const frames = [cut, long].map(({ instanceId }) => ({ instanceId, frame: 0 }))
  expect((await answers(pixels.frames({ frames }))).map(({ samples }) => samples?.length)).toEqual([
    undefined,
    8_000_000,
  ])
  truncateSync(long.path, 4_000_000)
  const again = await answers(pixels.frames({ frames }))
  expect(again.map(({ sentence }) => sentence)).toEqual([
    'The file of this image is shorter than when it was stored.',
    'The file of this image cannot be read.',
  ])
})

test('objects without pixels say what they are', async () => {
  const show = async (SOPClassUID: string) => (await fixture.show({ SOPClassUID }))[0]?.sentence
  expect(await show('1.2.840.10008.5.1.4.1.1.104.1')).toMatch(/^This object holds a document.*Encapsulated PDF Storage/)
  expect(await show('1.2.840.10008.5.1.4.1.1.88.11')).toMatch(/^This object holds a structured report/)
  expect(await show('1.2.840.10008.5.1.4.1.1.9.1.1')).toMatch(/^This object holds a waveform/)
  expect(await show('1.2.840.10008.5.1.4.1.1.11.1')).toMatch(/^This object says how to show other images/)
})

test('a reader that goes away stops the reading', async () => {
  const ids = Array.from({ length: 50 }, (_, value) => fixture.add(image(value)).instanceId)
  const abort = new AbortController()
  const reader = pixels
    .frames({ frames: ids.map((instanceId) => ({ instanceId, frame: 0 })) }, abort.signal)
    .getReader()
  await reader.read()
  abort.abort()
  let rest = 0
  while (!(await reader.read()).done) rest++
  expect(rest).toBeLessThan(5)
  const cancelled = pixels.frames({ frames: ids.map((instanceId) => ({ instanceId, frame: 0 })) })
  await cancelled.cancel()
})

test('a stream that nobody reads is not read ahead without bound', async () => {
  const { instanceId } = fixture.add({ NumberOfFrames: 60, Rows: 1, Columns: 2, PixelData: new Uint16Array(120) })
  const stream = pixels.frames({ frames: Array.from({ length: 60 }, (_, frame) => ({ instanceId, frame })) })
  const reader = stream.getReader()
  await reader.read()
  await new Promise((resolve) => setTimeout(resolve, 50))
  expect((await reader.read()).done).toBe(false)
  await reader.cancel()
})

/** Columns, rows, colour type and the first line of a PNG. */
function readPng(png: Uint8Array | undefined) {
  const bytes = Buffer.from(png ?? [])
  const [columns, rows, colourType] = [bytes.readUInt32BE(16), bytes.readUInt32BE(20), bytes[25]]
  const lines = inflateSync(bytes.subarray(41, 41 + bytes.readUInt32BE(33)))
  return { columns, rows, colourType, first: [...lines.subarray(1, 1 + columns * (colourType === 2 ? 3 : 1))] }
}

test('a thumbnail is drawn through the window of the image and inverted where that is', async () => {
  const ramp = Uint16Array.from({ length: 12 }, (_, index) => (index % 4) * 100)
  const window = { WindowCenter: 150, WindowWidth: 301, PixelData: ramp }
  const normal = readPng(await pixels.thumbnail(fixture.add(window).instanceId))
  expect(normal).toEqual({ columns: 4, rows: 3, colourType: 0, first: [0, 85, 170, 255] })
  const inverse = fixture.add({ ...window, PhotometricInterpretation: 'MONOCHROME1' })
  expect(readPng(await pixels.thumbnail(inverse.instanceId)).first).toEqual([255, 170, 85, 0])
  const unwindowed = fixture.add({ PixelData: ramp })
  expect(readPng(await pixels.thumbnail(unwindowed.instanceId)).first).toEqual([0, 85, 170, 255])
})

test('a thumbnail is at most 256 pixels a side, in colour too, with square pixels', async () => {
  const colour = { SamplesPerPixel: 3, PhotometricInterpretation: 'RGB', BitsAllocated: 8, BitsStored: 8, HighBit: 7 }
  const { instanceId } = fixture.add({
    ...colour,
    Rows: 300,
    Columns: 600,
    PixelAspectRatio: ['2', '1'],
    PixelData: new Uint8Array(600 * 300 * 3).fill(200),
  })
  const png = readPng(await pixels.thumbnail(instanceId))
  expect(png).toMatchObject({ columns: 256, rows: 256, colourType: 2 })
  expect(new Set(png.first)).toEqual(new Set([200]))
})

test('a document has no thumbnail, and thumbnails are drawn once', async () => {
  const { instanceId } = fixture.add({ SOPClassUID: '1.2.840.10008.5.1.4.1.1.104.1' })
  const before = fixture.located()
  const drawn = await Promise.all([pixels.thumbnail(instanceId), pixels.thumbnail(instanceId)])
  expect(drawn).toEqual([undefined, undefined])
  expect(await pixels.thumbnail(instanceId)).toBeUndefined()
  expect(fixture.located() - before).toBe(1)
})

test('the data elements of a file are read in a worker, and a file that is none says why', async () => {
  const { path } = fixture.add({ ...image(1), PatientName: 'Doe^Ann', ReferencedImageSequence: [{ PatientID: '7' }] })
  const result = await pixels.dataElements(path)
  if ('failure' in result) throw new Error(result.failure)
  expect(result.elements).toContainEqual({
    depth: 0,
    tag: '(0010,0010)',
    vr: 'PN',
    keyword: 'PatientName',
    value: 'Doe^Ann',
  })
  expect(result.elements).toContainEqual(expect.objectContaining({ depth: 2, keyword: 'PatientID', value: '7' }))
  const letter = fixture.addFile(new TextEncoder().encode('This is a letter. '.repeat(40)))
  expect(await pixels.dataElements(letter.path)).toMatchObject({ failure: 'This is not a DICOM file.' })
})

test('an image behind a header too long for this thread is shown all the same', async () => {
  const items = Array.from({ length: 11_000 }, () => ({ PatientID: '7' }))
  const [frame] = await fixture.show({ ...image(5), ReferencedImageSequence: items })
  expect(frame?.samples?.[0]).toBe(5)
})

test('hostile streams leave the decoder able to show the next image', async () => {
  const random = new Uint8Array(5000).map((_, index) => (index * 73 + (index >> 3)) & 0xff)
  const siz = (columns: number, rows: number) => {
    const bytes = Buffer.alloc(60)
    Buffer.from('ff4fff51002f0000', 'hex').copy(bytes)
    bytes.writeUInt32BE(columns, 8)
    bytes.writeUInt32BE(rows, 12)
    bytes.writeUInt32BE(columns, 24)
    bytes.writeUInt32BE(rows, 28)
    bytes.writeUInt16BE(1, 40)
    bytes.set([15, 1, 1], 42)
    return new Uint8Array(bytes)
  }
  for (const stream of [random, siz(4, 3), siz(0x7fffffff, 0x7fffffff), new Uint8Array(0)]) {
    for (const syntax of ['1.2.840.10008.1.2.4.91', '1.2.840.10008.1.2.4.203']) {
      const [frame] = await fixture.show({ PixelData: { fragments: [stream] } }, syntax)
      expect(frame?.sentence).toMatch(/damaged|incomplete|size|no compressed/)
    }
  }
  const endless = Uint8Array.of(0xff, 0xd8, 0xff, 0x01, 0xff, 0x01, 0, 0)
  const [frame] = await fixture.show({ PixelData: { fragments: [endless] } }, '1.2.840.10008.1.2.4.50')
  expect(frame?.sentence).toMatch(/damaged/)
  const [next] = await fixture.show(image(9))
  expect(next?.samples?.[0]).toBe(9)
})
