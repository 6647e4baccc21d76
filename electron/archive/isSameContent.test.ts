import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { DataSet } from '#electron/demo/dataSet.ts'
import { writePart10 } from '#electron/demo/writePart10.ts'
import {
  EXPLICIT_VR_BIG_ENDIAN,
  EXPLICIT_VR_LITTLE_ENDIAN,
  IMPLICIT_VR_LITTLE_ENDIAN,
} from '#shared/dicom/transferSyntax.ts'
import { ctImage, temporaryFolder } from './archiveFixture.ts'
import { isSameContent } from './isSameContent.ts'

let folder: ReturnType<typeof temporaryFolder>
beforeEach(() => {
  folder = temporaryFolder()
})
afterEach(() => folder.remove())

const write = (name: string, dataSet: DataSet, transferSyntaxUID: string) => {
  const path = join(folder.path, name)
  writeFileSync(path, writePart10({ dataSet, transferSyntaxUID }))
  return path
}
const pixels = (last: number) =>
  Uint8Array.from({ length: 9 << 20 }, (_, at) => (at === (9 << 20) - 1 ? last : at % 251))
const image = ctImage({
  ...{ Rows: 2304, Columns: 2048, PixelData: pixels(1), RescaleSlope: '1' },
  OtherPatientIDsSequence: [{ PatientID: 'CHIP-9' }],
  PatientSpeciesCodeSequence: [],
})

const syntaxes = [IMPLICIT_VR_LITTLE_ENDIAN, EXPLICIT_VR_LITTLE_ENDIAN, EXPLICIT_VR_BIG_ENDIAN]
const pairs = syntaxes.flatMap((one) => syntaxes.map((other) => [one, other] as const))

test.each(pairs)('%s says the same as %s', async (one, other) => {
  expect(await isSameContent(write('a', image, one), write('b', image, other))).toBe(true)
})

test.each<[string, DataSet]>([
  ['the last byte of the pixels', { PixelData: pixels(2) }],
  ['a value', { RescaleSlope: '2' }],
  ['a binary value', { Columns: 2049 }],
  ['a value in a sequence', { OtherPatientIDsSequence: [{ PatientID: 'CHIP-8' }] }],
  ['an element more', { RescaleIntercept: '0' }],
  ['an item where the sequence was empty', { PatientSpeciesCodeSequence: [{ CodeValue: 'L-80700' }] }],
  [
    'an element behind the pixels',
    { DataSetTrailingPadding: new Uint8Array(4), DigitalSignaturesSequence: [{ MACIDNumber: 1 }] },
  ],
])('%s makes another one, in each encoding', async (_, change) => {
  for (const [one, other] of pairs)
    expect(await isSameContent(write('a', image, one), write('b', { ...image, ...change }, other))).toBe(false)
})

test('padding behind the pixels says nothing', async () => {
  const padded = { ...image, DataSetTrailingPadding: new Uint8Array(4) }
  for (const [one, other] of pairs)
    expect(await isSameContent(write('a', image, one), write('b', padded, other))).toBe(true)
})

test('of values that are too long to be looked at nothing is claimed', async () => {
  const long = (last: number): DataSet => {
    const { PixelData: _, ...rest } = ctImage({ SOPInstanceUID: '1.2' })
    const bytes = new Uint8Array(3 << 20)
    bytes[bytes.length - 1] = last
    return { ...rest, EncapsulatedDocument: bytes }
  }
  const first = write('a', long(1), EXPLICIT_VR_LITTLE_ENDIAN)
  for (const last of [1, 2])
    expect(await isSameContent(first, write('b', long(last), IMPLICIT_VR_LITTLE_ENDIAN))).toBe(false)
})
