import { deflateRawSync } from 'node:zlib'
import { afterAll, expect, test } from 'vitest'
import {
  DEFLATED_EXPLICIT_VR_LITTLE_ENDIAN,
  EXPLICIT_VR_BIG_ENDIAN,
  EXPLICIT_VR_LITTLE_ENDIAN,
  IMPLICIT_VR_LITTLE_ENDIAN,
} from '#shared/dicom/transferSyntax.ts'
import { openFixture } from './imageFixture.ts'

const fixture = openFixture()
afterAll(() => fixture.close())

const all = [
  IMPLICIT_VR_LITTLE_ENDIAN,
  EXPLICIT_VR_LITTLE_ENDIAN,
  EXPLICIT_VR_BIG_ENDIAN,
  DEFLATED_EXPLICIT_VR_LITTLE_ENDIAN,
]
const twelve = [0, 1, 2, 3, 1000, 2000, 30000, 40000, 65535, 32768, 32767, 7]
const bytesOf = (array: ArrayBufferView) => new Uint8Array(array.buffer, array.byteOffset, array.byteLength)
const signed16 = (bytes: Uint8Array | undefined) =>
  Array.from(new Int16Array(bytes?.slice().buffer ?? new ArrayBuffer(0)))
const unsigned16 = (bytes: Uint8Array | undefined) =>
  Array.from(new Uint16Array(bytes?.slice().buffer ?? new ArrayBuffer(0)))

test.each(all)('16-bit samples come out of %s as they are', async (syntax) => {
  const [frame] = await fixture.show({ PixelData: Uint16Array.from(twelve) }, syntax)
  expect(unsigned16(frame?.samples)).toEqual(twelve)
})

test.each(all)('8-bit frames of odd size come out of %s in order', async (syntax) => {
  const format = { Rows: 1, Columns: 3, NumberOfFrames: 3, BitsAllocated: 8, BitsStored: 8, HighBit: 7 }
  const PixelData = { vr: 'OW', value: Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8, 9, 0) }
  const frames = await fixture.show({ ...format, PixelData }, syntax, 3)
  expect(frames.map(({ samples }) => [...(samples ?? [])])).toEqual([
    [1, 2, 3],
    [4, 5, 6],
    [7, 8, 9],
  ])
})

test.each(all)('32-bit, float and double samples come out of %s exactly', async (syntax) => {
  const integers = Uint32Array.from(twelve, (value) => value * 65537)
  const wide = { BitsAllocated: 32, BitsStored: 32, HighBit: 31 }
  const [frame] = await fixture.show({ ...wide, PixelData: { vr: 'OW', value: integers } }, syntax)
  expect(frame?.samples).toEqual(bytesOf(integers))
  const floats = Float32Array.from(twelve, (value) => value / 3)
  const [float] = await fixture.show({ BitsAllocated: 32, FloatPixelData: floats }, syntax)
  expect(float?.samples).toEqual(bytesOf(floats))
  const doubles = Float64Array.from(twelve, (value) => value / 3)
  const [double] = await fixture.show({ BitsAllocated: 64, DoubleFloatPixelData: doubles }, syntax)
  expect(double?.samples).toEqual(bytesOf(doubles))
})

test.each([EXPLICIT_VR_LITTLE_ENDIAN, EXPLICIT_VR_BIG_ENDIAN])(
  'bits outside the stored ones are dropped and the sign is extended (%s)',
  async (syntax) => {
    const low = { BitsStored: 12, HighBit: 11, PixelRepresentation: 1 }
    const dirty = Uint16Array.of(0xf001, 0x0fff, 0x1800, 0xa7ff, ...Array(8).fill(0x3000))
    const [frame] = await fixture.show({ ...low, PixelData: dirty }, syntax)
    expect(signed16(frame?.samples)).toEqual([1, -1, -2048, 2047, 0, 0, 0, 0, 0, 0, 0, 0])
    const high = { BitsStored: 12, HighBit: 15 }
    const [shifted] = await fixture.show(
      { ...high, PixelData: Uint16Array.from(twelve, (v) => ((v & 0xfff) << 4) | 5) },
      syntax,
    )
    expect(unsigned16(shifted?.samples)).toEqual(twelve.map((value) => value & 0xfff))
  },
)

test.each([EXPLICIT_VR_LITTLE_ENDIAN, EXPLICIT_VR_BIG_ENDIAN])(
  'one-bit frames need not begin at a byte (%s)',
  async (syntax) => {
    const bits = Array.from({ length: 36 }, (_, index) => ((index * 7) % 5 < 2 ? 1 : 0))
    const packed = new Uint8Array(6)
    for (const [index, bit] of bits.entries()) packed[index >> 3]! |= bit << (index & 7)
    const format = { BitsAllocated: 1, BitsStored: 1, HighBit: 0, NumberOfFrames: 3 }
    const frames = await fixture.show({ ...format, PixelData: { vr: 'OW', value: packed } }, syntax, 3)
    expect(frames.flatMap(({ samples }) => [...(samples ?? [])])).toEqual(bits)
  },
)

const colour = { SamplesPerPixel: 3, BitsAllocated: 8, BitsStored: 8, HighBit: 7, Rows: 1, Columns: 2 }
const rgb = async (differs: Parameters<typeof fixture.show>[0], syntax?: string) => [
  ...((await fixture.show({ ...colour, ...differs }, syntax))[0]?.samples ?? []),
]

test('colour comes out as interleaved 8-bit RGB', async () => {
  const interleaved = [255, 0, 10, 0, 255, 20]
  const RGB = { PhotometricInterpretation: 'RGB' }
  expect(await rgb({ ...RGB, PlanarConfiguration: 0, PixelData: Uint8Array.from(interleaved) })).toEqual(interleaved)
  expect(await rgb({ ...RGB, PlanarConfiguration: 1, PixelData: Uint8Array.of(255, 0, 0, 255, 10, 20) })).toEqual(
    interleaved,
  )
  const deep = {
    BitsAllocated: 16,
    BitsStored: 16,
    HighBit: 15,
    PixelData: Uint16Array.from(interleaved, (v) => v * 257),
  }
  expect(await rgb({ ...RGB, ...deep })).toEqual(interleaved)
  expect(await rgb({ ...RGB, ...deep }, EXPLICIT_VR_BIG_ENDIAN)).toEqual(interleaved)
})

test('an odd number of colour bytes and its padding give whole pixels', async () => {
  const samples = await rgb({ Columns: 1, PhotometricInterpretation: 'RGB', PixelData: Uint8Array.of(1, 2, 3) })
  expect(samples).toEqual([1, 2, 3])
})

test('YCbCr becomes RGB, subsampled or not', async () => {
  const red = [255, 0, 0]
  const near = (found: number[], wanted: number[]) =>
    expect(
      found.every((value, index) => Math.abs(value - (wanted[index] ?? -9)) <= 2),
      `${found}`,
    ).toBe(true)
  const full = { PhotometricInterpretation: 'YBR_FULL', PixelData: Uint8Array.of(76, 85, 255, 76, 85, 255) }
  near(await rgb(full), [...red, ...red])
  const half = { PhotometricInterpretation: 'YBR_FULL_422', PixelData: Uint8Array.of(76, 76, 85, 255) }
  near(await rgb(half), [...red, ...red])
  const whole = { PhotometricInterpretation: 'YBR_FULL_422', PixelData: Uint8Array.of(76, 85, 255, 76, 85, 255) }
  near(await rgb(whole), [...red, ...red])
})

const palette = {
  PhotometricInterpretation: 'PALETTE COLOR',
  BitsAllocated: 8,
  BitsStored: 8,
  HighBit: 7,
  Rows: 1,
  Columns: 4,
  PixelData: Uint8Array.of(0, 10, 11, 200),
}
const descriptors = (...descriptor: number[]) => ({
  RedPaletteColorLookupTableDescriptor: descriptor,
  GreenPaletteColorLookupTableDescriptor: descriptor,
  BluePaletteColorLookupTableDescriptor: descriptor,
})
const expected = [1, 2, 3, 1, 2, 3, 4, 5, 6, 4, 5, 6]

test.each([EXPLICIT_VR_LITTLE_ENDIAN, EXPLICIT_VR_BIG_ENDIAN, IMPLICIT_VR_LITTLE_ENDIAN])(
  'palettes of 8 and 16 bits colour an image (%s)',
  async (syntax) => {
    const table = (scale: number) => ({
      RedPaletteColorLookupTableData: Uint16Array.of(1 * scale, 4 * scale),
      GreenPaletteColorLookupTableData: Uint16Array.of(2 * scale, 5 * scale),
      BluePaletteColorLookupTableData: Uint16Array.of(3 * scale, 6 * scale),
    })
    const show = async (differs: Parameters<typeof fixture.show>[0]) => [
      ...((await fixture.show({ ...palette, ...differs }, syntax))[0]?.samples ?? []),
    ]
    expect(await show({ ...descriptors(2, 10, 16), ...table(256) })).toEqual(expected)
    expect(await show({ ...descriptors(2, 10, 16), ...table(1) })).toEqual(expected)
    expect(await show({ ...descriptors(2, 10, 8), ...table(1) })).toEqual(expected)
    const packed = {
      RedPaletteColorLookupTableData: { vr: 'OW', value: Uint8Array.of(1, 4) },
      GreenPaletteColorLookupTableData: { vr: 'OW', value: Uint8Array.of(2, 5) },
      BluePaletteColorLookupTableData: { vr: 'OW', value: Uint8Array.of(3, 6) },
    }
    expect(await show({ ...descriptors(2, 10, 8), ...packed })).toEqual(expected)
  },
)

test('a segmented palette is expanded: runs, ramps and references', async () => {
  // Two values, a ramp of two to 40, then the first segment again.
  const segments = (a: number, b: number) => Uint16Array.of(0, 2, a << 8, b << 8, 1, 2, 40 << 8, 2, 1, 0, 0)
  const frames = await fixture.show({
    ...palette,
    ...descriptors(6, 0, 16),
    PixelData: Uint8Array.of(1, 2, 3, 4),
    SegmentedRedPaletteColorLookupTableData: segments(10, 20),
    SegmentedGreenPaletteColorLookupTableData: segments(10, 20),
    SegmentedBluePaletteColorLookupTableData: segments(10, 30),
  })
  expect([...(frames[0]?.samples ?? [])]).toEqual([20, 20, 30, 30, 30, 35, 40, 40, 40, 10, 10, 10])
})

test('a modality lookup table is applied before delivery', async () => {
  const table = { LUTDescriptor: [4, 1, 16], LUTData: Uint16Array.of(100, 200, 300, 400), ModalityLUTType: 'US' }
  const [frame] = await fixture.show({ ModalityLUTSequence: [table], PixelData: Uint16Array.from(twelve) })
  expect(unsigned16(frame?.samples)).toEqual([100, 100, 200, 300, 400, 400, 400, 400, 400, 400, 400, 400])
})

test('a damaged deflated frame, a missing palette and missing pixels are said in words', async () => {
  const short = await fixture.show({ PixelData: Uint16Array.of(1, 2, 3) })
  expect(short[0]?.sentence).toMatch(
    /^This image has fewer pixels than .* transfer syntax: Explicit VR Little Endian; /,
  )
  const bare = await fixture.show(palette)
  expect(bare[0]?.sentence).toMatch(/palette of this image is missing.*PALETTE COLOR/)
  const stream = deflateRawSync(bytesOf(Uint16Array.from(twelve)))
  const frame = { NumberOfFrames: 1, PixelData: { fragments: [stream] } }
  const [inflated] = await fixture.show(frame, '1.2.840.10008.1.2.8.1')
  expect(unsigned16(inflated?.samples)).toEqual(twelve)
  const [broken] = await fixture.show({ PixelData: { fragments: [stream.subarray(4)] } }, '1.2.840.10008.1.2.8.1')
  expect(broken?.sentence).toMatch(/damaged|another size/)
})
