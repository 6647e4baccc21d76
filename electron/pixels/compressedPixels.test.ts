import { afterAll, beforeAll, expect, test } from 'vitest'
import {
  bits,
  COLUMNS,
  colours,
  type Encoder,
  encode,
  grey,
  loadEncoders,
  ROWS,
  signedGrey,
  size,
} from './encodeFixture.ts'
import { openFixture } from './imageFixture.ts'

const JPEG_BASELINE = '1.2.840.10008.1.2.4.50'
const JPEG_LOSSLESS_SV1 = '1.2.840.10008.1.2.4.70'
const JPEG_LS_LOSSLESS = '1.2.840.10008.1.2.4.80'
const JPEG_2000_LOSSLESS = '1.2.840.10008.1.2.4.90'
const JPEG_XL_LOSSLESS = '1.2.840.10008.1.2.4.110'
const HTJ2K_LOSSLESS = '1.2.840.10008.1.2.4.201'
const RLE_LOSSLESS = '1.2.840.10008.1.2.5'

const fixture = openFixture()
beforeAll(loadEncoders)
afterAll(() => fixture.close())

const lossless: [string, Encoder, string, Record<string, unknown>][] = [
  ['JPEG lossless', 'encodeJpeg', JPEG_LOSSLESS_SV1, { lossy: false, predictor: 1 }],
  ['JPEG-LS', 'encodeJpegLs', JPEG_LS_LOSSLESS, { lossy: false }],
  ['JPEG 2000', 'encodeJpeg2000', JPEG_2000_LOSSLESS, { lossy: false }],
  ['HTJ2K', 'encodeHtJpeg2000', HTJ2K_LOSSLESS, { lossy: false }],
  ['JPEG XL', 'encodeJpegXl', JPEG_XL_LOSSLESS, { lossy: false }],
  ['RLE', 'encodeRle', RLE_LOSSLESS, {}],
]

test.each(lossless)('%s gives back every grey value', async (name, encoder, syntax, parameters) => {
  for (const bitsStored of [8, 12, 16]) {
    const samples = grey(bitsStored)
    const stored = bitsStored === 8 ? Uint8Array.from(samples) : samples
    const format = bits(bitsStored === 8 ? 8 : 16, bitsStored)
    const stream = encode(encoder, stored, format, parameters)
    const [frame] = await fixture.show({ ...size, ...format, PixelData: { fragments: [stream] } }, syntax)
    expect(frame?.sentence, `${name} ${bitsStored}`).toBeUndefined()
    expect(Buffer.from(stored.buffer).equals(frame?.samples ?? new Uint8Array(0)), `${name} ${bitsStored} bits`).toBe(
      true,
    )
  }
})

test.each(lossless.filter(([name]) => name !== 'JPEG XL'))(
  '%s gives back negative values',
  async (_name, encoder, syntax, parameters) => {
    const format = { ...bits(16, 16), PixelRepresentation: 1 }
    const stream = encode(encoder, signedGrey, format, parameters)
    const [frame] = await fixture.show({ ...size, ...format, PixelData: { fragments: [stream] } }, syntax)
    expect(frame?.sentence).toBeUndefined()
    expect(Buffer.from(signedGrey.buffer).equals(frame?.samples ?? new Uint8Array(0))).toBe(true)
  },
)

test.each(lossless)('%s gives back every colour', async (_name, encoder, syntax, parameters) => {
  const format = { ...bits(8, 8), SamplesPerPixel: 3, PhotometricInterpretation: 'RGB', PlanarConfiguration: 0 }
  const stream = encode(encoder, colours, format, parameters)
  const [frame] = await fixture.show({ ...size, ...format, PixelData: { fragments: [stream] } }, syntax)
  expect(frame?.sentence).toBeUndefined()
  expect(Buffer.from(colours.buffer).equals(frame?.samples ?? new Uint8Array(0))).toBe(true)
})

test.each([
  ['JPEG 2000', 'encodeJpeg2000', JPEG_2000_LOSSLESS],
  ['HTJ2K', 'encodeHtJpeg2000', HTJ2K_LOSSLESS],
] as const)('%s colour without a colour transform keeps its components apart', async (_name, encoder, syntax) => {
  const format = { ...bits(8, 8), SamplesPerPixel: 3, PhotometricInterpretation: 'RGB', PlanarConfiguration: 0 }
  const greys = colours.map((_, index) => colours[index - (index % 3)]!)
  const stream = encode(encoder, greys, format, { lossy: false })
  // Grey has chroma zero: told not to undo the transform (COD, ISO 15444-1 A.6.1), a decoder gives Y, 128, 128.
  stream[Buffer.from(stream).indexOf(Buffer.of(0xff, 0x52)) + 8] = 0
  const dataSet = { ...size, ...format, PhotometricInterpretation: 'YBR_FULL', PixelData: { fragments: [stream] } }
  const [frame] = await fixture.show(dataSet, syntax)
  expect(frame?.sentence).toBeUndefined()
  expect([...(frame?.samples ?? [])]).toEqual([...greys])
})

test('JPEG says by its own markers whether it is RGB or YCbCr', async () => {
  const flat = new Uint8Array(ROWS * COLUMNS * 3).map((_, index) => [255, 0, 0][index % 3]!)
  const format = { ...bits(8, 8), SamplesPerPixel: 3, PlanarConfiguration: 0 }
  const ycc = encode('encodeJpeg', flat, { ...format, PhotometricInterpretation: 'RGB' }, { lossy: true, quality: 100 })
  for (const PhotometricInterpretation of ['RGB', 'YBR_FULL_422']) {
    const dataSet = { ...size, ...format, PhotometricInterpretation, PixelData: { fragments: [ycc] } }
    const [frame] = await fixture.show(dataSet, JPEG_BASELINE)
    const [red = 0, green = 255, blue = 255] = frame?.samples ?? []
    expect([red > 245, green < 10, blue < 10]).toEqual([true, true, true])
  }
})

test.each(lossless)('a cut-off %s stream is said in words', async (name, encoder, syntax, parameters) => {
  const samples = grey(12)
  const format = bits(16, 12)
  const stream = encode(encoder, samples, format, parameters)
  for (const part of [0.3, 0.7, 0.95]) {
    const fragments = [stream.subarray(0, Math.floor(stream.length * part))]
    const [frame] = await fixture.show({ ...size, ...format, PixelData: { fragments } }, syntax)
    expect(frame?.sentence, `${name} ${part}`).toMatch(/damaged|incomplete/)
    expect(frame?.sentence).toMatch(/SOP class: Secondary Capture Image Storage; transfer syntax: /)
  }
})

test.each(lossless)(
  'a %s stream of another size than announced is not shown',
  async (_name, encoder, syntax, parameters) => {
    const stream = encode(encoder, grey(12), bits(16, 12), parameters)
    const swapped = { Rows: COLUMNS, Columns: ROWS + 1, ...bits(16, 12), PixelData: { fragments: [stream] } }
    const [frame] = await fixture.show(swapped, syntax)
    expect(frame?.sentence).toMatch(/size|incomplete|damaged/)
  },
)

test('32-bit RLE has four segments', async () => {
  const values = Uint32Array.from({ length: 12 }, (_, index) => index * 0x01020304)
  const bytes = new Uint8Array(values.buffer)
  const header = new Uint32Array(16)
  header[0] = 4
  const segments = [3, 2, 1, 0].map((byte) =>
    Uint8Array.of(11, ...Array.from(values, (_, index) => bytes[4 * index + byte]!), 128),
  )
  for (const [index] of segments.entries()) header[index + 1] = 64 + 14 * index
  const stream = Buffer.concat([new Uint8Array(header.buffer), ...segments])
  const [frame] = await fixture.show({ ...bits(32, 32), PixelData: { fragments: [stream] } }, RLE_LOSSLESS)
  expect(Buffer.from(bytes).equals(frame?.samples ?? new Uint8Array(0))).toBe(true)
})

const halves = (stream: Uint8Array) => {
  const middle = 2 * Math.floor(stream.length / 4)
  return [stream.subarray(0, middle), stream.subarray(middle)]
}
const format12 = bits(16, 12)
const twoFrames = { ...size, ...format12, NumberOfFrames: 2 }

test('frames in several fragments are told apart by the table, and without one by their first marker', async () => {
  const first = encode('encodeJpegLs', grey(12), format12, { lossy: false })
  const other = grey(12).reverse()
  const second = encode('encodeJpegLs', other, format12, { lossy: false })
  const fragments = [...halves(first), ...halves(second)]
  const even = (bytes: Uint8Array) => bytes.length + (bytes.length % 2)
  const offset = fragments.slice(0, 2).reduce((sum, fragment) => sum + 8 + even(fragment), 0)
  for (const offsetTable of [[], [0, offset], [0, offset + 2], [0]]) {
    const frames = await fixture.show({ ...twoFrames, PixelData: { fragments, offsetTable } }, JPEG_LS_LOSSLESS, 2)
    expect(frames.map(({ samples }) => Buffer.from(samples ?? []).equals(Buffer.from(grey(12).buffer)))).toEqual([
      true,
      false,
    ])
    expect(Buffer.from(frames[1]?.samples ?? []).equals(Buffer.from(other.buffer))).toBe(true)
  }
})

test('frames that are missing or cannot be told apart are said in words', async () => {
  const stream = encode('encodeJpegLs', grey(12), format12, { lossy: false })
  const three = { ...size, ...format12, NumberOfFrames: 3 }
  const unclear = await fixture.show({ ...three, PixelData: { fragments: halves(stream) } }, JPEG_LS_LOSSLESS, 3)
  expect(unclear.every(({ sentence }) => /cannot be told apart/.test(sentence ?? ''))).toBe(true)
  const none = await fixture.show({ ...twoFrames, PixelData: { fragments: [] } }, JPEG_LS_LOSSLESS, 2)
  expect(none[1]?.sentence).toMatch(/no compressed image data/)
})

test('one damaged frame of a clip leaves the others alone', async () => {
  const stream = encode('encodeJpeg2000', grey(12), format12, { lossy: false })
  const fragments = [stream, stream.subarray(0, 200), stream]
  const frames = await fixture.show(
    { ...twoFrames, NumberOfFrames: 3, PixelData: { fragments } },
    JPEG_2000_LOSSLESS,
    3,
  )
  expect(frames.map(({ samples }) => samples !== undefined)).toEqual([true, false, true])
})
