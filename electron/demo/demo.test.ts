import { inflateRawSync } from 'node:zlib'
import dicomParser from 'dicom-parser'
import { describe, expect, test } from 'vitest'
import { readHeader } from '#electron/dicom/part10/readHeader.ts'
import { describeImage } from '#electron/pixels/describeImage.ts'
import {
  EXPLICIT_VR_BIG_ENDIAN,
  IMPLICIT_VR_LITTLE_ENDIAN,
  RLE_LOSSLESS,
  TRANSFER_SYNTAXES,
} from '#shared/dicom/transferSyntax.ts'
import { isUID } from '#shared/dicom/uid.ts'
import { edgeLetters } from '#shared/imaging/orientationLetters.ts'
import { CT_PHANTOM, ctPhantom } from './ctPhantom.ts'
import { demoStudies } from './demoStudies.ts'
import {
  deflateBomb,
  HOSTILE_TEXTS,
  HOSTILE_UIDS,
  hostileText,
  hostileUID,
  nestedSequences,
  overlongValues,
  plainImage,
  wrongLengths,
} from './hostile.ts'
import { ULTRASOUND_CLIP, ultrasoundClip } from './ultrasoundClip.ts'
import { encodeDataSet, writePart10 } from './writePart10.ts'
import { XRAY_PHANTOM, xrayPhantom } from './xrayPhantom.ts'

describe('the writer', () => {
  const image = plainImage({
    PatientName: 'Müller^Zoë',
    PixelSpacing: [0.1234567890123456, 1],
    FrameIncrementPointer: '00181063',
    BitsAllocated: 16,
    PixelData: Uint16Array.from({ length: 64 }, (_, index) => index * 1000),
    ReferencedImageSequence: [{ ReferencedSOPInstanceUID: '1.2.3' }, {}],
    SourceImageSequence: { vr: 'SQ', undefinedLength: true, value: [{ ReferencedSOPInstanceUID: '1.2.4' }] },
  })

  test.each(['1.2.840.10008.1.2', '1.2.840.10008.1.2.1', '1.2.840.10008.1.2.2'])(
    'another parser reads back what was written as %s',
    (transferSyntaxUID) => {
      const dataSet = dicomParser.parseDicom(writePart10({ transferSyntaxUID, dataSet: image }))
      expect(dataSet.string('x00020010')).toBe(transferSyntaxUID)
      expect(dataSet.uint16('x00280010')).toBe(8)
      expect(dataSet.string('x00280030')).toBe('0.12345678901235\\1')
      const pixels = dataSet.elements.x7fe00010
      expect(pixels?.length).toBe(128)
      const littleEndian = TRANSFER_SYNTAXES.get(transferSyntaxUID)?.littleEndian === true
      expect(new DataView(dataSet.byteArray.buffer).getUint16((pixels?.dataOffset ?? 0) + 6, littleEndian)).toBe(3000)
    },
  )

  test('sequences of both lengths are read back, and an empty item', () => {
    const dataSet = dicomParser.parseDicom(writePart10({ dataSet: image }))
    expect(dataSet.elements.x00081140?.items?.length).toBe(2)
    expect(dataSet.elements.x00082112?.items?.[0]?.dataSet?.string('x00081155')).toBe('1.2.4')
  })

  test('a deflated data set inflates to the explicit little endian one', () => {
    const deflated = encodeDataSet(image, '1.2.840.10008.1.2.1.99')
    expect(new Uint8Array(inflateRawSync(deflated))).toEqual(encodeDataSet(image, '1.2.840.10008.1.2.1'))
  })

  test('fragments stand behind an offset table and are padded', () => {
    const encapsulated = { ...image, PixelData: { fragments: [Uint8Array.of(1, 2, 3)], offsetTable: [0] } }
    const dataSet = dicomParser.parseDicom(writePart10({ transferSyntaxUID: RLE_LOSSLESS, dataSet: encapsulated }))
    const pixels = dataSet.elements.x7fe00010
    expect(pixels?.basicOffsetTable).toEqual([0])
    expect(pixels?.fragments?.map((fragment) => fragment.length)).toEqual([4])
  })

  test('a file may lack preamble and meta information', () => {
    const bytes = writePart10({
      transferSyntaxUID: IMPLICIT_VR_LITTLE_ENDIAN,
      dataSet: image,
      preamble: false,
      meta: false,
    })
    expect([...bytes.subarray(0, 4)]).toEqual([8, 0, 5, 0])
    expect(bytes).toEqual(encodeDataSet(image, IMPLICIT_VR_LITTLE_ENDIAN))
    expect(encodeDataSet(image, EXPLICIT_VR_BIG_ENDIAN).subarray(0, 4)).toEqual(Uint8Array.of(0, 8, 0, 5))
  })
})

describe('phantoms', () => {
  test('the CT has water, rods and air of the HU and at the places that it says', () => {
    const [first] = ctPhantom({ common: {}, studyInstanceUID: '1.2', seed: 't', slices: 2 })
    const pixels = first?.PixelData as Uint16Array
    const hu = (xMm: number, yMm: number) => {
      const at = (mm: number) => Math.round(mm / CT_PHANTOM.pixelSpacingMm + (CT_PHANTOM.columns - 1) / 2)
      return (pixels[at(yMm) * CT_PHANTOM.columns + at(xMm)] ?? 0) + CT_PHANTOM.rescaleIntercept
    }
    const { water, rods } = CT_PHANTOM
    expect(hu(-120, -120)).toBe(CT_PHANTOM.airHU)
    expect(hu(water.xMm, water.yMm)).toBe(0)
    expect(hu(water.xMm, water.yMm - water.radiusMm + 0.6)).toBe(0)
    expect(hu(water.xMm, water.yMm - water.radiusMm - 0.6)).toBe(CT_PHANTOM.airHU)
    for (const rod of rods) expect(hu(rod.xMm, rod.yMm)).toBe(rod.hu)
    expect(Math.max(...pixels.subarray(0, 100_000))).toBeLessThan(4096)
  })

  test('a CT series has as many slices as asked for over the same length, and UIDs of its own', () => {
    const series = [...ctPhantom({ common: {}, studyInstanceUID: '1.2', seed: 't', slices: 3 })]
    expect(series.map((dataSet) => (dataSet.ImagePositionPatient as number[])[2])).toEqual([0, 40, 80])
    expect(new Set(series.map((dataSet) => dataSet.SOPInstanceUID)).size).toBe(3)
  })

  test('the X-ray has its ruler and disc where it says, in both photometric interpretations', () => {
    const input = { common: {}, studyInstanceUID: '1.2', seed: 't' }
    const { ruler, disc, columns, imagerPixelSpacingMm } = XRAY_PHANTOM
    const white = xrayPhantom(input).PixelData as Uint16Array
    const black = xrayPhantom({ ...input, photometricInterpretation: 'MONOCHROME1' }).PixelData as Uint16Array
    for (let mark = 0; mark < ruler.marks; mark++) {
      const at = (ruler.firstRow + (mark * ruler.distanceMm) / imagerPixelSpacingMm) * columns + ruler.column
      expect([white[at], black[at]]).toEqual([4095, 0])
    }
    const left = disc.row * columns + disc.column - disc.diameterMm / 2 / imagerPixelSpacingMm
    expect(white[left]).toBe(4095)
    expect(white[left - 2]).toBeLessThan(4000)
  })

  test('the clip has a cyst of the width that it says in its first frame', () => {
    const { cyst, columns } = ULTRASOUND_CLIP
    const pixels = ultrasoundClip({ common: {}, studyInstanceUID: '1.2', seed: 't' }).PixelData as Uint8Array
    const at = (x: number) => pixels[(cyst.y * columns + x) * 3] ?? 0
    for (let x = cyst.x - cyst.radius + 1; x < cyst.x + cyst.radius; x++) expect(at(x)).toBeLessThan(40)
  })
})

describe('demo studies', () => {
  test('are three, flagged as no patients, valid and quick', () => {
    const started = performance.now()
    const files = [...demoStudies(new Date(2026, 10, 21))]
    expect(performance.now() - started).toBeLessThan(50_000)
    const parsed = files.map(({ bytes }) => dicomParser.parseDicom(bytes, { untilTag: 'x7fe00010' }))
    expect(new Set(parsed.map((dataSet) => dataSet.string('x0020000d'))).size).toBe(3)
    expect(new Set(parsed.map((dataSet) => dataSet.string('x00080018'))).size).toBe(files.length)
    expect(parsed.every((dataSet) => isUID(dataSet.string('x00080018') ?? ''))).toBe(true)
    expect(parsed.every((dataSet) => dataSet.string('x00100200') === 'YES')).toBe(true)
    expect(parsed.every((dataSet) => dataSet.string('x00100010')?.startsWith('Demo^') === true)).toBe(true)
  })

  test('name the directions of the animals as the standard names those of quadrupeds', () => {
    const letters = [...demoStudies(new Date(2026, 10, 21))].map(({ name, bytes }) => {
      const image = describeImage(readHeader(bytes))
      const frame = { plane: image.perFrame[0]?.plane ?? null }
      const { top, right, bottom, left } = edgeLetters(image, frame, { right: [1, 0], down: [0, 1] })
      return [name.slice(0, 2), top, right, bottom, left].join(' ')
    })
    expect(new Set(letters)).toEqual(new Set(['ct V Le D Rt', 'dx Cr Le Cd Rt', 'us    ']))
  })

  test('are the same files when made again on the same day', () => {
    const first = () => {
      for (const { bytes } of demoStudies(new Date(2026, 10, 21))) return bytes
      return undefined
    }
    expect(first()).toEqual(first())
  })
})

describe('hostile files', () => {
  test('a bomb is small and inflates to what it says', async () => {
    const bomb = await deflateBomb(32 * 1024 ** 2)
    expect(bomb.length).toBeLessThan(100_000)
    const offset = 144 + new DataView(bomb.buffer).getUint32(140, true)
    expect(inflateRawSync(bomb.subarray(offset)).length).toBeGreaterThan(32 * 1024 ** 2)
  })

  test('nesting goes as deep as asked for', () => {
    const dataSet = dicomParser.parseDicom(nestedSequences(50))
    let depth = 0
    for (let level = dataSet.elements.x0040a730; level; level = level.items?.[0]?.dataSet?.elements.x0040a730) depth++
    expect(depth).toBe(50)
    expect(dataSet.elements.x7fe00010?.length).toBe(64)
  })

  test('the others are written without complaint', () => {
    expect(HOSTILE_UIDS.every((uid) => !isUID(uid) && hostileUID(uid, true).length > 400)).toBe(true)
    expect(HOSTILE_TEXTS.every((text) => hostileText(text).length > 400)).toBe(true)
    expect(overlongValues().length).toBeGreaterThan(1024 ** 2)
    expect(Object.values(wrongLengths()).every((bytes) => bytes.length > 200)).toBe(true)
  })
})
