import { createHash } from 'node:crypto'
import { encodeDataSet } from '#electron/demo/writePart10.ts'
import { CT, EXPLICIT } from './bytes.ts'

type Attributes = Parameters<typeof encodeDataSet>[0]

/** A small CT image; the same name gives the same UID and the same bytes. `more` replaces or adds attributes. */
export function image(name: string, size = 64, more: Attributes = {}): { sopInstanceUID: string; dataSet: Buffer } {
  const digest = createHash('sha256').update(name).digest()
  const sopInstanceUID = `1.2.826.0.1.3680043.10.1447.8.${digest.readUInt32BE(0)}.${digest.readUInt32BE(4)}`
  const dataSet = encodeDataSet(
    {
      SOPClassUID: CT,
      SOPInstanceUID: sopInstanceUID,
      StudyDate: '20260103',
      Modality: 'CT',
      PatientName: 'Faulty^Peer',
      PatientID: 'FAULTY',
      StudyInstanceUID: '1.2.826.0.1.3680043.10.1447.8.1',
      SeriesInstanceUID: '1.2.826.0.1.3680043.10.1447.8.2',
      SamplesPerPixel: 1,
      PhotometricInterpretation: 'MONOCHROME2',
      Rows: size,
      Columns: size,
      BitsAllocated: 16,
      BitsStored: 12,
      HighBit: 11,
      PixelRepresentation: 0,
      PixelData: new Uint16Array(size * size).fill(digest.readUInt16BE(8) % 4096),
      ...more,
    },
    EXPLICIT,
  )
  return { sopInstanceUID, dataSet: Buffer.from(dataSet) }
}
