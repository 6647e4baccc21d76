import { createHash } from 'node:crypto'
import { encodeDataSet } from '#electron/demo/writePart10.ts'

export const CT_IMAGE_STORAGE = '1.2.840.10008.5.1.4.1.1.2'
export const EXPLICIT_VR_LITTLE_ENDIAN = '1.2.840.10008.1.2.1'

export interface OutgoingInstance {
  sopInstanceUID: string
  dataSet: Uint8Array
  sha256: string
}

/** All of one length, so that one template serves every instance of a study. */
const NUMBER_DIGITS = 9
const UID_ROOT = '1.2.826.0.1.3680043.10.1447'
const PLACEHOLDER = `${UID_ROOT}.1.${'7'.repeat(NUMBER_DIGITS)}`

/** A series of CT images, each with its own UID and its own pixels. Made from one encoded template, since a test sends thousands. */
export function ctSeries({
  series,
  rows = 256,
}: {
  series: number
  rows?: number
}): (number: number) => OutgoingInstance {
  const pixels = new Uint16Array(rows * rows).map((_, index) => (index * 37 + series) % 4096)
  const template = encodeDataSet(
    {
      SOPClassUID: CT_IMAGE_STORAGE,
      SOPInstanceUID: PLACEHOLDER,
      StudyDate: '20260102',
      StudyTime: '101500',
      Modality: 'CT',
      PatientName: `Crash^Series${series}`,
      PatientID: `CRASH-${series}`,
      StudyInstanceUID: `${UID_ROOT}.2.${series}`,
      SeriesInstanceUID: `${UID_ROOT}.3.${series}`,
      StudyID: String(series),
      SeriesNumber: series,
      SamplesPerPixel: 1,
      PhotometricInterpretation: 'MONOCHROME2',
      Rows: rows,
      Columns: rows,
      BitsAllocated: 16,
      BitsStored: 12,
      HighBit: 11,
      PixelRepresentation: 0,
      PixelData: pixels,
    },
    EXPLICIT_VR_LITTLE_ENDIAN,
  )
  const uidOffset = Buffer.from(template).indexOf(PLACEHOLDER)
  const numberOffset = uidOffset + PLACEHOLDER.length - NUMBER_DIGITS
  return (number) => {
    // Below 9000 series of 100,000 images, none with the number of another.
    const digits = String(100_000_000 + series * 100_000 + number)
    const dataSet = Buffer.from(template)
    dataSet.write(digits, numberOffset, 'latin1')
    dataSet.writeUInt32LE(number, dataSet.length - 4)
    return {
      sopInstanceUID: PLACEHOLDER.slice(0, -NUMBER_DIGITS) + digits,
      dataSet,
      sha256: createHash('sha256').update(dataSet).digest('hex'),
    }
  }
}
