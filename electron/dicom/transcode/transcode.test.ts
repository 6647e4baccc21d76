import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { DataSet } from '#electron/demo/dataSet.ts'
import { encodeDataSet, writePart10 } from '#electron/demo/writePart10.ts'
import { bits, COLUMNS, encode, loadEncoders, ROWS, size } from '#electron/pixels/encodeFixture.ts'
import {
  DEFLATED_EXPLICIT_VR_LITTLE_ENDIAN,
  EXPLICIT_VR_BIG_ENDIAN,
  EXPLICIT_VR_LITTLE_ENDIAN,
  IMPLICIT_VR_LITTLE_ENDIAN,
  JPEG_BASELINE,
  RLE_LOSSLESS,
} from '#shared/dicom/transferSyntax.ts'
import { readHeader } from '../part10/readHeader.ts'
import { ctDataSet } from '../testing/testObject.ts'
import { convertDataSet } from './convertDataSet.ts'
import { transcode } from './transcode.ts'

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'negatoscope-transcode-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

const rich: DataSet = {
  SpecificCharacterSet: 'ISO_IR 192',
  PatientName: 'Größe^Ä',
  RequestAttributesSequence: [
    { ScheduledProcedureStepID: '1', ScheduledProtocolCodeSequence: [{ CodeValue: 'A', CodeMeaning: 'x' }] },
    {},
  ],
  '00091010': { vr: 'UN', value: new Uint8Array([1, 2, 3, 4]) },
  PixelSpacing: ['0.5', '0.5'],
  RegionLocationMinX0: 70_000,
  PhysicalDeltaX: 0.125,
  FrameIncrementPointer: '00181063',
}

test('every uncompressed syntax becomes the same explicit data set', async () => {
  const dataSet = ctDataSet('1.2.3', { ...rich, PixelData: new Uint16Array(1024).map((_, i) => i) })
  const wanted = convertDataSet(encodeDataSet(dataSet, EXPLICIT_VR_LITTLE_ENDIAN), EXPLICIT_VR_LITTLE_ENDIAN, {
    explicit: true,
  })
  for (const from of [IMPLICIT_VR_LITTLE_ENDIAN, EXPLICIT_VR_BIG_ENDIAN, DEFLATED_EXPLICIT_VR_LITTLE_ENDIAN]) {
    const path = join(folder, 'x.dcm')
    writeFileSync(path, writePart10({ transferSyntaxUID: from, dataSet }))
    const converted = await transcode(path, from, EXPLICIT_VR_LITTLE_ENDIAN)
    // An implicit data set does not say what a private element is: UN stays UN.
    expect(Buffer.from(converted).equals(wanted), from).toBe(true)
  }
})

test('RLE frames become native pixels, and everything else stays', async () => {
  const frame = Uint8Array.from({ length: 64 }, (_, i) => i)
  const stream = new Uint8Array(64 + 66)
  new DataView(stream.buffer).setUint32(0, 1, true)
  new DataView(stream.buffer).setUint32(4, 64, true)
  stream[64] = 63 // a literal run of 64 bytes (PS3.5 G.3.1)
  stream.set(frame, 65)
  const dataSet = ctDataSet('1.2.3', {
    ...rich,
    Rows: 8,
    Columns: 8,
    BitsAllocated: 8,
    BitsStored: 8,
    HighBit: 7,
    NumberOfFrames: 2,
    PixelData: { fragments: [stream, stream] },
  })
  const path = join(folder, 'rle.dcm')
  writeFileSync(path, writePart10({ transferSyntaxUID: RLE_LOSSLESS, dataSet }))
  const bytes = await transcode(path, RLE_LOSSLESS, IMPLICIT_VR_LITTLE_ENDIAN)
  const header = readHeader(bytes, { transferSyntaxUID: IMPLICIT_VR_LITTLE_ENDIAN, fileBytes: bytes.length })
  expect(header.pixelData).toMatchObject({ length: 128, encapsulated: false })
  const start = header.pixelData?.offset ?? 0
  expect([...bytes.subarray(start, start + 128)]).toEqual([...frame, ...frame])
  expect(header.text('PatientName')).toBe('Größe^Ä')
  expect(header.text('PhotometricInterpretation')).toBe('MONOCHROME2')
})

test('damaged data sets are refused in words', () => {
  const cut = encodeDataSet(rich, EXPLICIT_VR_LITTLE_ENDIAN)
  expect(() => convertDataSet(cut.subarray(0, cut.length - 3), EXPLICIT_VR_LITTLE_ENDIAN, { explicit: true })).toThrow(
    'A data element is longer than what holds it.',
  )
  const nested = Buffer.concat(
    Array.from({ length: 5000 }, () => Buffer.from('4000750253510000fffffffffeff00e0ffffffff', 'hex')),
  )
  expect(() => convertDataSet(nested, EXPLICIT_VR_LITTLE_ENDIAN, { explicit: true })).toThrow('nested too deeply')
})

test('JPEG becomes RGB, and says that it was compressed with loss', async () => {
  await loadEncoders()
  const flat = new Uint8Array(ROWS * COLUMNS * 3).map((_, index) => [255, 0, 0][index % 3] ?? 0)
  const format = { ...bits(8, 8), SamplesPerPixel: 3, PlanarConfiguration: 0, PhotometricInterpretation: 'RGB' }
  const stream = encode('encodeJpeg', flat, format, { lossy: true, quality: 100 })
  const colour = { ...size, ...format, PhotometricInterpretation: 'YBR_FULL_422', PixelData: { fragments: [stream] } }
  const path = join(folder, 'jpeg.dcm')
  for (const said of [{}, { LossyImageCompression: '00' }, { LossyImageCompression: '01' }]) {
    const dataSet = ctDataSet('1.2.3', { ...colour, ...said })
    writeFileSync(path, writePart10({ transferSyntaxUID: JPEG_BASELINE, dataSet }))
    const bytes = await transcode(path, JPEG_BASELINE, EXPLICIT_VR_LITTLE_ENDIAN)
    const header = readHeader(bytes, { transferSyntaxUID: EXPLICIT_VR_LITTLE_ENDIAN, fileBytes: bytes.length })
    expect(header.text('PhotometricInterpretation')).toBe('RGB')
    expect(header.text('LossyImageCompression'), JSON.stringify(said)).toBe('01')
    const [red = 0, green = 255, blue = 255] = bytes.subarray(header.pixelData?.offset)
    expect([red > 245, green < 10, blue < 10]).toEqual([true, true, true])
    const tags = Object.keys(header.dataSet.elements)
    expect(tags).toEqual(tags.toSorted())
  }
})
