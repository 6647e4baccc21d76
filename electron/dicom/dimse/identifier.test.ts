import { expect, test } from 'vitest'
import { encodeDataSet } from '#electron/demo/writePart10.ts'
import {
  EXPLICIT_VR_BIG_ENDIAN,
  EXPLICIT_VR_LITTLE_ENDIAN,
  IMPLICIT_VR_LITTLE_ENDIAN,
} from '#shared/dicom/transferSyntax.ts'
import { decodeIdentifier, encodeIdentifier } from './identifier.ts'

const syntaxes = [IMPLICIT_VR_LITTLE_ENDIAN, EXPLICIT_VR_LITTLE_ENDIAN, EXPLICIT_VR_BIG_ENDIAN]

test.each(syntaxes)('an identifier comes back as it was (%s)', (syntax) => {
  const identifier = {
    QueryRetrieveLevel: 'STUDY',
    PatientName: 'Müller^Jörg=山田^太郎',
    StudyInstanceUID: '1.2.3',
    Rows: '512',
    PatientComments: 'a\\b',
    ReferencedSamplePositions: '1\\70000',
  }
  expect(decodeIdentifier(encodeIdentifier(identifier, syntax), syntax)).toEqual({
    ...identifier,
    SpecificCharacterSet: 'ISO_IR 192',
  })
})

test('an empty return key has no bytes, also where its VR is a number', () => {
  const bytes = encodeIdentifier({ PregnancyStatus: '', Rows: '' }, IMPLICIT_VR_LITTLE_ENDIAN)
  expect(bytes.toString('hex')).toBe(
    `080005000a000000${Buffer.from('ISO_IR 192').toString('hex')}1000c0210000000028001000000000000`.slice(0, -1),
  )
})

test('elements are written in the order of their tags, and say ISO_IR 192 even when told otherwise', () => {
  const bytes = encodeIdentifier(
    { StudyID: '1', PatientID: '2', SpecificCharacterSet: 'ISO_IR 100' },
    EXPLICIT_VR_LITTLE_ENDIAN,
  )
  expect(bytes.toString('latin1')).toMatch(/ISO_IR 192.*LO.*2 .*SH.*1 /s)
})

test('a UID that is too long is neither cut nor taken for another one', () => {
  const StudyInstanceUID = `1.2.${'3'.repeat(66)}`
  const bytes = encodeIdentifier({ StudyInstanceUID }, syntaxes[0] ?? '')
  expect(decodeIdentifier(bytes, syntaxes[0] ?? '')).toMatchObject({ StudyInstanceUID })
})

test('numbers in text keep their digits', () => {
  const dataSet = { SpecificCharacterSet: 'ISO_IR 100', InstanceNumber: '007', SliceThickness: '1.50' }
  for (const syntax of syntaxes) {
    const decoded = decodeIdentifier(encodeDataSet(dataSet, syntax), syntax)
    expect(decoded).toMatchObject({ InstanceNumber: '007', SliceThickness: '1.50' })
  }
})

test('ISO 2022 names are decoded by their own character set', () => {
  const name = Buffer.from('Yamada^Tarou=\x1b$B;3ED\x1b(B^\x1b$BB@O:\x1b(B', 'latin1')
  const dataSet = {
    SpecificCharacterSet: ['', 'ISO 2022 IR 87'],
    PatientName: { vr: 'PN', value: new Uint8Array(name) },
  }
  const bytes = encodeDataSet(dataSet, EXPLICIT_VR_LITTLE_ENDIAN)
  expect(decodeIdentifier(bytes, EXPLICIT_VR_LITTLE_ENDIAN).PatientName).toBe('Yamada^Tarou=山田^太郎')
})

test('attribute tags are read as tags, in every byte order', () => {
  for (const syntax of syntaxes) {
    const bytes = encodeDataSet({ FrameIncrementPointer: ['00181063', '00540010'] }, syntax)
    expect(decodeIdentifier(bytes, syntax).FrameIncrementPointer).toBe('00181063\\00540010')
  }
})

test('an element of 2 GB is refused', () => {
  expect(() => decodeIdentifier(Buffer.from('10001000ffffff7f4142', 'hex'), IMPLICIT_VR_LITTLE_ENDIAN)).toThrow()
})
