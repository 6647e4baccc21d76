import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { derivedUID } from '#electron/demo/derivedUID.ts'
import { writePart10 } from '#electron/demo/writePart10.ts'

/** With its header an object of 4 KB: a structured report, a presentation state, a tiny capture. */
const ROWS = 56
const SECONDARY_CAPTURE = '1.2.840.10008.5.1.4.1.1.7'

/** Files of studies that only these have: `seed` sets them apart from others. */
export function writeSmallFiles(folder: string, count: number, seed = 'small'): string[] {
  mkdirSync(folder, { recursive: true })
  return Array.from({ length: count }, (_, index) => {
    const path = join(folder, `${String(index).padStart(4, '0')}.dcm`)
    const bytes = writePart10({
      dataSet: {
        SpecificCharacterSet: 'ISO_IR 192',
        SOPClassUID: SECONDARY_CAPTURE,
        SOPInstanceUID: derivedUID(`bench/${seed}/${index}`),
        StudyInstanceUID: derivedUID(`bench/${seed}/study/${index % 20}`),
        SeriesInstanceUID: derivedUID(`bench/${seed}/series/${index % 20}`),
        PatientName: `Bench^Small${index % 20}`,
        PatientID: `${seed}-${index % 20}`,
        Modality: 'OT',
        StudyDate: '20260105',
        StudyTime: '101500',
        InstanceNumber: index,
        SamplesPerPixel: 1,
        PhotometricInterpretation: 'MONOCHROME2',
        Rows: ROWS,
        Columns: ROWS,
        BitsAllocated: 8,
        BitsStored: 8,
        HighBit: 7,
        PixelRepresentation: 0,
        PixelData: new Uint8Array(ROWS * ROWS).fill(index % 256),
      },
    })
    writeFileSync(path, bytes)
    return path
  })
}
