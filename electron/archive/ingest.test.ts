import { expect, test } from 'vitest'
import type { DataSet } from '#electron/demo/dataSet.ts'
import { writePart10 } from '#electron/demo/writePart10.ts'
import { readHeader } from '#electron/dicom/part10/readHeader.ts'
import { fold } from '#shared/dicom/fold.ts'
import { ctImage, fromScanner } from './archiveFixture.ts'
import { indexInstance } from './ingest.ts'

const index = (values: DataSet, dataSetHash = 'a'.repeat(64)) =>
  indexInstance(
    readHeader(writePart10({ dataSet: ctImage(values) })),
    { file: 'x', bytes: 1, dataSetHash },
    fromScanner(),
  )

test('values are bounded, and not cut inside a character', () => {
  const { attributes } = index({
    StudyDescription: 'x'.repeat(5000),
    PatientName: `${'y'.repeat(1023)}😀`,
    ImageComments: 'z'.repeat(20_000),
  })
  expect(attributes.StudyDescription).toBe('x'.repeat(1024))
  expect(attributes.PatientName).toBe('y'.repeat(1023))
  expect(attributes.ImageComments).toHaveLength(10_240)
})

test.each(['', '../../etc/passwd', '1.2.3/4', `1.${'2'.repeat(80)}`, '.1.2', 'a b'])(
  '%j is no UID: one is made from the hash',
  (uid) => {
    const values = { StudyInstanceUID: uid, SeriesInstanceUID: uid, SOPInstanceUID: uid }
    const { attributes, image } = index(values)
    for (const keyword of ['StudyInstanceUID', 'SeriesInstanceUID', 'SOPInstanceUID'])
      expect(attributes[keyword]).toMatch(/^2\.25\.[1-9]\d{20,38}$/)
    expect(image.sopInstanceUID).toBe(attributes.SOPInstanceUID)
    expect(index(values).attributes).toEqual(attributes)
    expect(index(values, 'b'.repeat(64)).attributes.StudyInstanceUID).not.toBe(attributes.StudyInstanceUID)
  },
)

test.each(['1.2.03.4', 'abcdef0123456789', 'A.1'])('%s, such as are met in the field, is kept as it is', (uid) => {
  const values = { StudyInstanceUID: uid, SeriesInstanceUID: uid, SOPInstanceUID: uid }
  expect(index(values).attributes).toMatchObject(values)
})

test('absent attributes are absent, not empty', () => {
  expect(index({ ResponsiblePerson: null }).attributes).not.toHaveProperty('ResponsiblePerson')
})

test.each([
  ['Müller^Bella', 'muller bella'],
  ['Łukasz  Øre', 'lukasz ore'],
  ['STRAẞE', 'strasse'],
  ['Yamada^Tarou=山田^太郎=やまだ^たろう', 'yamada tarou 山田 太郎 やまた たろう'],
  ['  A\\B, C ', 'a b c'],
])('%s is searched as %s', (text, folded) => {
  expect(fold(text)).toBe(folded)
})
