import { closeSync, openSync, writeSync } from 'node:fs'
import { derivedUID } from '#electron/demo/derivedUID.ts'
import { writePart10 } from '#electron/demo/writePart10.ts'

const FRAMES = 2000
const FRAME_BYTES = 512 * 512 * 2
/** Multi-frame Grayscale Word Secondary Capture (PS3.4 B.5). */
const SOP_CLASS_UID = '1.2.840.10008.5.1.4.1.1.7.3'

/** One multi-frame object of 1.05 GB, written frame by frame: nobody needs to hold it, neither do we. */
export function writeLargeObject(path: string): void {
  const header = writePart10({
    dataSet: {
      SpecificCharacterSet: 'ISO_IR 192',
      SOPClassUID: SOP_CLASS_UID,
      SOPInstanceUID: derivedUID('bench/large/instance'),
      StudyInstanceUID: derivedUID('bench/large/study'),
      SeriesInstanceUID: derivedUID('bench/large/series'),
      PatientName: 'Bench^Large',
      PatientID: 'BENCH-LARGE',
      Modality: 'OT',
      StudyDate: '20260105',
      InstanceNumber: 1,
      SamplesPerPixel: 1,
      PhotometricInterpretation: 'MONOCHROME2',
      NumberOfFrames: FRAMES,
      Rows: 512,
      Columns: 512,
      BitsAllocated: 16,
      BitsStored: 16,
      HighBit: 15,
      PixelRepresentation: 0,
      PixelData: { vr: 'OW', value: null, declaredLength: FRAMES * FRAME_BYTES },
    },
  })
  const frame = new Uint16Array(FRAME_BYTES / 2)
  const file = openSync(path, 'wx')
  try {
    writeSync(file, header)
    for (let index = 0; index < FRAMES; index += 1) {
      for (let at = 0; at < frame.length; at += 1) frame[at] = at * 31 + index * 977
      writeSync(file, frame)
    }
  } finally {
    closeSync(file)
  }
}
