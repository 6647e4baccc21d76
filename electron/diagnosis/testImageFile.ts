import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { derivedUID } from '#electron/demo/derivedUID.ts'
import { drawGlyph } from '#electron/demo/glyph.ts'
import { writePart10 } from '#electron/demo/writePart10.ts'
import type { InstanceToSend } from '#electron/dicom/nodeApi.ts'
import { SECONDARY_CAPTURE_IMAGE } from '#shared/dicom/sopClass.ts'
import { EXPLICIT_VR_LITTLE_ENDIAN } from '#shared/dicom/transferSyntax.ts'
import { newUID } from '#shared/dicom/uid.ts'
import { day } from './day.ts'
import type { RemoteImage } from './stage.ts'

const SIZE = { rows: 96, columns: 256 }
export const TEST_PATIENT_ID = 'CONNECTION-TEST'

export interface TestImageFile {
  instance: InstanceToSend
  image: RemoteImage
  remove(): Promise<void>
}

/** An image that nobody can take for one of a patient. All of one workstation lie in one study, to be deleted together. */
export async function makeTestImage(aeTitle: string, now = new Date()): Promise<TestImageFile> {
  const studyInstanceUID = derivedUID(`connection-test/${aeTitle}/${day(0, now)}`)
  const seriesInstanceUID = derivedUID(`connection-test/${aeTitle}/${day(0, now)}/series`)
  const sopInstanceUID = newUID()
  const bytes = writePart10({
    dataSet: {
      SpecificCharacterSet: 'ISO_IR 192',
      SOPClassUID: SECONDARY_CAPTURE_IMAGE,
      SOPInstanceUID: sopInstanceUID,
      StudyInstanceUID: studyInstanceUID,
      SeriesInstanceUID: seriesInstanceUID,
      PatientName: 'TEST^CONNECTION',
      PatientID: TEST_PATIENT_ID,
      PatientBirthDate: null,
      PatientSex: 'O',
      StudyDate: day(0, now),
      StudyTime: '000000',
      ContentDate: day(0, now),
      AccessionNumber: null,
      ReferringPhysicianName: null,
      StudyID: 'TEST',
      StudyDescription: `Connection test of ${aeTitle}, no patient, may be deleted`,
      SeriesDescription: 'Connection test',
      SeriesNumber: 1,
      InstanceNumber: 1,
      Modality: 'OT',
      ConversionType: 'SYN',
      BurnedInAnnotation: 'YES',
      // (0028,0300): made to look after the system, not after a patient.
      QualityControlImage: 'YES',
      SamplesPerPixel: 1,
      PhotometricInterpretation: 'MONOCHROME2',
      Rows: SIZE.rows,
      Columns: SIZE.columns,
      BitsAllocated: 8,
      BitsStored: 8,
      HighBit: 7,
      PixelRepresentation: 0,
      PixelData: pixels(),
    },
  })
  const folder = await mkdtemp(join(tmpdir(), 'negatoscope-test-image-'))
  const path = join(folder, 'test.dcm')
  await writeFile(path, bytes)
  return {
    instance: {
      instanceId: 0,
      sopClassUID: SECONDARY_CAPTURE_IMAGE,
      sopInstanceUID,
      transferSyntaxUID: EXPLICIT_VR_LITTLE_ENDIAN,
      path,
      bytes: bytes.length,
    },
    image: { patientID: TEST_PATIENT_ID, studyInstanceUID, seriesInstanceUID, sopInstanceUID },
    remove: () => rm(folder, { recursive: true, force: true }),
  }
}

/** DEMO in large letters over a ramp of grey. */
function pixels(): Uint8Array {
  const image = Uint8Array.from({ length: SIZE.rows * SIZE.columns }, (_, at) => (at % SIZE.columns) >> 1)
  for (const [index, letter] of [...'DEMO'].entries())
    drawGlyph(letter, 8, (x, y) => {
      image[(y + 20) * SIZE.columns + x + 20 + index * 54] = 255
    })
  return image
}
