import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { deflateRawSync } from 'node:zlib'
import { expect, test } from 'vitest'
import type { DataSet } from '#electron/demo/dataSet.ts'
import { encodeDataSet, writePart10 } from '#electron/demo/writePart10.ts'
import {
  DEFLATED_EXPLICIT_VR_LITTLE_ENDIAN,
  EXPLICIT_VR_BIG_ENDIAN,
  EXPLICIT_VR_LITTLE_ENDIAN,
  IMPLICIT_VR_LITTLE_ENDIAN,
} from '#shared/dicom/transferSyntax.ts'
import { Part10Error, readHeader, readHeaderFromFile } from './readHeader.ts'

const image: DataSet = {
  SpecificCharacterSet: 'ISO_IR 192',
  SOPClassUID: '1.2.840.10008.5.1.4.1.1.7',
  SOPInstanceUID: '2.25.1',
  PatientName: 'Müller^Änne',
  OtherPatientIDsSequence: [{ PatientID: 'A' }, { PatientID: 'B' }],
  Rows: 2,
  Columns: 3,
  BitsAllocated: 8,
  PixelData: Uint8Array.of(1, 2, 3, 4, 5, 6),
}

function refusal(bytes: Uint8Array, fileBytes = bytes.length): string {
  try {
    readHeader(bytes, { fileBytes })
    return 'accepted'
  } catch (error) {
    if (error instanceof Part10Error) return error.code
    throw error
  }
}

test.each([
  IMPLICIT_VR_LITTLE_ENDIAN,
  EXPLICIT_VR_LITTLE_ENDIAN,
  EXPLICIT_VR_BIG_ENDIAN,
  DEFLATED_EXPLICIT_VR_LITTLE_ENDIAN,
])('a file in %s is read up to its pixel data', (transferSyntaxUID) => {
  const header = readHeader(writePart10({ transferSyntaxUID, dataSet: image }))
  expect(header.transferSyntaxUID).toBe(transferSyntaxUID)
  expect(header.text('PatientName')).toBe('Müller^Änne')
  expect(header.text('Rows')).toBe('2')
  expect(header.dataSet.elements.x00101002?.items).toHaveLength(2)
  expect(header.complete).toBe(true)
  expect(header.pixelData).toMatchObject({ length: 6, encapsulated: false, keyword: 'PixelData' })
})

test.each([IMPLICIT_VR_LITTLE_ENDIAN, EXPLICIT_VR_LITTLE_ENDIAN, EXPLICIT_VR_BIG_ENDIAN])(
  'a bare data set in %s is recognised without preamble and meta information',
  (transferSyntaxUID) => {
    const header = readHeader(encodeDataSet(image, transferSyntaxUID))
    expect(header.transferSyntaxUID).toBe(transferSyntaxUID)
    expect(header.text('PatientName')).toBe('Müller^Änne')
  },
)

test('meta information without preamble and stray bytes before a bare data set do no harm', () => {
  expect(readHeader(writePart10({ dataSet: image, preamble: false })).text('Rows')).toBe('2')
  const stray = new Uint8Array([0x20, ...encodeDataSet(image, EXPLICIT_VR_LITTLE_ENDIAN)])
  expect(readHeader(stray).dataSetOffset).toBe(1)
})

test('explicit elements under an implicit label and implicit ones under an explicit label are read', () => {
  const mislabelled = (label: string, real: string) =>
    writePart10({ transferSyntaxUID: label, dataSet: image, dataSetBytes: encodeDataSet(image, real) })
  const a = mislabelled(IMPLICIT_VR_LITTLE_ENDIAN, EXPLICIT_VR_LITTLE_ENDIAN)
  const b = mislabelled(EXPLICIT_VR_LITTLE_ENDIAN, IMPLICIT_VR_LITTLE_ENDIAN)
  expect(readHeader(a).text('Columns')).toBe('3')
  expect(readHeader(b).text('Columns')).toBe('3')
})

test('a beginning that is too short says so, and more bytes complete it', () => {
  const file = writePart10({ dataSet: image })
  const part = file.subarray(0, file.length - 40)
  expect(readHeader(part).complete).toBe(false)
  expect(readHeader(part, { fileBytes: file.length }).complete).toBe(false)
  expect(readHeader(file.subarray(0, file.length - 2), { fileBytes: file.length }).complete).toBe(true)
})

/** Many small elements, implicit VR: 8 bytes each, in items of 1000. */
function manyElements(count: number): Uint8Array {
  const item = Buffer.alloc(8 + 1000 * 8)
  item.writeUInt32LE(0xe000fffe, 0)
  item.writeUInt32LE(item.length - 8, 4)
  for (let index = 0; index < 1000; index++) {
    item.writeUInt16LE(0x0009, 8 + 8 * index)
    item.writeUInt16LE(0x1000 + index, 10 + 8 * index)
  }
  const items = Buffer.concat(Array(count / 1000).fill(item))
  const sequence = Buffer.from('0900001000000000', 'hex')
  sequence.writeUInt32LE(items.length, 4)
  return writePart10({
    transferSyntaxUID: IMPLICIT_VR_LITTLE_ENDIAN,
    dataSet: image,
    dataSetBytes: Buffer.concat([sequence, items, encodeDataSet({ PatientID: 'X' }, IMPLICIT_VR_LITTLE_ENDIAN)]),
  })
}

test('a header that comes in pieces is read once and says the same', () => {
  const nestedImage = { ...image, RequestAttributesSequence: { vr: 'SQ', undefinedLength: true, value: [image, {}] } }
  for (const transferSyntaxUID of [IMPLICIT_VR_LITTLE_ENDIAN, EXPLICIT_VR_LITTLE_ENDIAN, EXPLICIT_VR_BIG_ENDIAN]) {
    const file = writePart10({ transferSyntaxUID, dataSet: nestedImage })
    const whole = readHeader(file, { fileBytes: file.length })
    let header = readHeader(file.subarray(0, 150))
    for (let end = 151; end <= file.length && !header.complete; end += 1) {
      header = header.readOn(Uint8Array.from(file.subarray(0, end)))
    }
    expect(header.pixelData).toEqual(whole.pixelData)
    const { readOn: _a, text: _b, dataSet: read, ...facts } = header
    const { readOn: _c, text: _d, dataSet: wanted, ...wantedFacts } = whole
    expect(facts).toEqual(wantedFacts)
    const elementsOf = (dataSet: object) =>
      JSON.stringify(dataSet, (key, value) => (key === 'byteArray' ? undefined : value))
    expect(elementsOf(read)).toBe(elementsOf(wanted))
    expect(header.text('PatientName')).toBe('Müller^Änne')
    expect(read.elements.x00400275?.items?.[0]?.dataSet?.uint16('x00280011')).toBe(3)
  }
})

test('an end that is known late refuses what was believed before', () => {
  const lying = (vr: string) =>
    writePart10({ dataSet: { ...image, '00091010': { vr, value: Uint8Array.of(1, 2), declaredLength: 0x7fffffff } } })
  for (const vr of ['OB', 'SQ', 'UN']) {
    const file = lying(vr)
    const open = readHeader(file.subarray(0, file.length - 10))
    expect(open.complete).toBe(false)
    expect(() => open.readOn(file, file.length)).toThrow(Part10Error)
  }
  const file = writePart10({ dataSet: image })
  expect(
    readHeader(file.subarray(0, file.length - 40))
      .readOn(file, file.length)
      .text('Columns'),
  ).toBe('3')
})

test('a bound on elements ends the reading early, items counted', () => {
  const file = manyElements(300_000)
  expect(readHeader(file, { fileBytes: file.length }).text('PatientID')).toBe('X')
  const bounded = () => readHeader(file, { fileBytes: file.length, maximumElements: 200_000 })
  expect(bounded).toThrow(expect.objectContaining({ code: 'unsupported' }))
  const items = Buffer.concat([
    Buffer.from('09000010ffffffff', 'hex'),
    Buffer.alloc(8 * 300_000, Buffer.from('feff00e000000000', 'hex')),
  ])
  const empty = writePart10({ transferSyntaxUID: IMPLICIT_VR_LITTLE_ENDIAN, dataSet: image, dataSetBytes: items })
  expect(() => readHeader(empty, { maximumElements: 200_000 })).toThrow(
    expect.objectContaining({ code: 'unsupported' }),
  )
})

test('tens of thousands of different elements in one data set are refused', () => {
  const elements = Buffer.alloc(60_000 * 8)
  for (let index = 0; index < 60_000; index++) {
    elements.writeUInt16LE(0x0009, 8 * index)
    elements.writeUInt16LE(index, 8 * index + 2)
  }
  const flat = writePart10({ transferSyntaxUID: IMPLICIT_VR_LITTLE_ENDIAN, dataSet: image, dataSetBytes: elements })
  expect(refusal(flat)).toBe('hostile')
})

test('what is not DICOM, empty or cut off is refused with the reason', () => {
  const file = writePart10({ dataSet: image })
  expect(refusal(new Uint8Array(0))).toBe('truncated')
  expect(refusal(new TextEncoder().encode('This is a letter, not an image. '.repeat(20)))).toBe('not-dicom')
  expect(refusal(Uint8Array.of(0xff, 0xd8, 0xff, 0xe0, ...new Uint8Array(400)))).toBe('not-dicom')
  expect(refusal(file.subarray(0, 132))).toBe('truncated')
  expect(refusal(file.subarray(0, file.length - 50))).toBe('truncated')
  expect(refusal(file.subarray(0, file.length - 2))).toBe('truncated')
})

test('lengths that reach beyond the file are refused wherever they stand', () => {
  const lying = (vr: string) =>
    writePart10({ dataSet: { ...image, '00091010': { vr, value: Uint8Array.of(1, 2), declaredLength: 0x7fffffff } } })
  expect(refusal(lying('OB'))).toBe('truncated')
  expect(refusal(lying('UN'))).toBe('truncated')
  expect(refusal(lying('SQ'))).toBe('truncated')
  const pixels = { ...image, PixelData: { vr: 'OB', value: Uint8Array.of(1, 2), declaredLength: 0x80000000 } }
  expect(refusal(writePart10({ dataSet: pixels }))).toBe('truncated')
})

/** Nested sequences of undefined length, innermost empty. */
function nested(depth: number): Uint8Array {
  const level = Buffer.from('4000 30a7 5351 0000 ffffffff feff00e0 ffffffff'.replaceAll(' ', ''), 'hex')
  const close = Buffer.from('feff0de0 00000000 feffdde0 00000000'.replaceAll(' ', ''), 'hex')
  const bytes = [...Array(depth).fill(level), ...Array(depth).fill(close)]
  return writePart10({ dataSet: image, dataSetBytes: Buffer.concat(bytes) })
}

test('60 nested sequences are read and 20,000 are refused without a stack overflow', () => {
  expect(refusal(nested(60))).toBe('accepted')
  expect(refusal(nested(20_000))).toBe('hostile')
})

test('a damaged sequence of known length is stepped over', () => {
  const broken = Uint8Array.from(Buffer.from(`feff00e0ffff0000${'00'.repeat(8)}`, 'hex'))
  const dataSet = { ...image, RequestAttributesSequence: { vr: 'SQ', value: null, declaredLength: 16 } }
  const empty = writePart10({ dataSet })
  const at = Buffer.from(empty).indexOf(Buffer.from('40007502', 'hex')) + 12
  const file = Uint8Array.from([...empty.subarray(0, at), ...broken, ...empty.subarray(at)])
  const header = readHeader(file, { fileBytes: file.length })
  expect(header.pixelData?.length).toBe(6)
})

test('an encapsulated icon inside a sequence does not end the header', () => {
  const icon = { Rows: 1, PixelData: { fragments: [Uint8Array.of(0xff, 0xd8, 0xff, 0xd9)] } }
  const header = readHeader(writePart10({ dataSet: { ...image, IconImageSequence: [icon] } }))
  expect(header.pixelData?.length).toBe(6)
})

test('a gigabyte that deflates to a megabyte is refused at once, before or inside the pixel data', () => {
  const zeros = Buffer.alloc(0x4000_0000)
  const head = encodeDataSet({ SOPClassUID: '1.2.3', SOPInstanceUID: '2.25.2' }, EXPLICIT_VR_LITTLE_ENDIAN)
  const element = (tag: string) => Buffer.from(`${tag}4f42000000000040`, 'hex')
  for (const tag of ['09001010', 'e07f1000']) {
    const dataSetBytes = deflateRawSync(Buffer.concat([head, element(tag), zeros]), { level: 1 })
    const bomb = writePart10({ transferSyntaxUID: DEFLATED_EXPLICIT_VR_LITTLE_ENDIAN, dataSet: image, dataSetBytes })
    const started = performance.now()
    expect(refusal(bomb)).toBe('hostile')
    expect(performance.now() - started).toBeLessThan(20_000)
  }
}, 240_000)

test('a header of many megabytes is read from its file in growing pieces', () => {
  const folder = mkdtempSync(join(tmpdir(), 'negatoscope-header-'))
  try {
    const path = join(folder, 'large')
    writeFileSync(
      path,
      writePart10({ dataSet: { ...image, '00091010': { vr: 'OB', value: new Uint8Array(3_000_000) } } }),
    )
    expect(readHeaderFromFile(path).pixelData?.length).toBe(6)
    writeFileSync(
      path,
      writePart10({ dataSet: { SOPClassUID: '1.2.3', EncapsulatedDocument: new Uint8Array(3_000_000) } }),
    )
    expect(readHeaderFromFile(path).complete).toBe(true)
  } finally {
    rmSync(folder, { recursive: true })
  }
})
