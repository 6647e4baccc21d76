import type { DataSet } from '#electron/demo/dataSet.ts'
import { writePart10 } from '#electron/demo/writePart10.ts'
import { newUID } from '#shared/dicom/uid.ts'

const CT_IMAGE = '1.2.840.10008.5.1.4.1.1.2'
const PET_IMAGE = '1.2.840.10008.5.1.4.1.1.128'
export const SIDE = 96
const SLICES = 60
export const PIXEL = 0.8
const GAP = 1.5
/** The last eight columns were not scanned. */
const PADDING = 0

/** A bright bar of known length along z in water: from slice 15 to 44, in the middle of the rows and columns. */
export function* volume(name: string, part: { gapAt?: number; ids?: DataSet } = {}): Iterable<Uint8Array<ArrayBuffer>> {
  const common: DataSet = {
    ...{ PatientName: name, PatientID: name, StudyDate: '20260102', StudyTime: '101500', StudyDescription: name },
    ...{ StudyInstanceUID: newUID(), SeriesInstanceUID: newUID(), FrameOfReferenceUID: newUID() },
    ...{ SOPClassUID: CT_IMAGE, Modality: 'CT', SeriesNumber: 1, SeriesDescription: 'Bar' },
    ...{
      ImageOrientationPatient: [1, 0, 0, 0, 1, 0],
      PixelSpacing: [PIXEL, PIXEL],
      RescaleSlope: 1,
      RescaleIntercept: -1024,
    },
    ...{ RescaleType: 'HU', WindowCenter: 200, WindowWidth: 800, PixelPaddingValue: PADDING },
    ...{ SamplesPerPixel: 1, PhotometricInterpretation: 'MONOCHROME2', Rows: SIDE, Columns: SIDE },
    ...{ BitsAllocated: 16, BitsStored: 12, HighBit: 11, PixelRepresentation: 0 },
    ...part.ids,
  }
  for (let at = 0; at < SLICES; at += 1) {
    if (at === part.gapAt) at += 6
    yield writePart10({
      dataSet: {
        ...common,
        ...{ SOPInstanceUID: newUID(), InstanceNumber: at + 1, ImagePositionPatient: [-38, -38, at * GAP] },
        PixelData: Uint16Array.from({ length: SIDE * SIDE }, (_, pixel) => {
          const [column, row] = [pixel % SIDE, Math.floor(pixel / SIDE)]
          const bar = Math.abs(column - 48) < 5 && Math.abs(row - 48) < 5 && at >= 15 && at < 45
          if (column >= SIDE - 8) return PADDING
          return bar ? 2024 : 1024
        }),
      },
    })
  }
}

const PET_SIDE = 24

/** The same bar, and a PET of larger pixels in which it takes up 25 000 Bq/ml: an uptake of 5 by body weight. */
export function* petCt(name: string): Iterable<Uint8Array<ArrayBuffer>> {
  const ids: DataSet = { StudyInstanceUID: newUID(), FrameOfReferenceUID: newUID() }
  yield* volume(name, { ids })
  const common: DataSet = {
    ...{
      PatientName: name,
      PatientID: name,
      StudyDate: '20260102',
      StudyTime: '101500',
      StudyDescription: name,
      ...ids,
    },
    ...{ SeriesInstanceUID: newUID(), SOPClassUID: PET_IMAGE, Modality: 'PT', SeriesNumber: 2 },
    ...{ SeriesDescription: 'FDG', Units: 'BQML', DecayCorrection: 'START', CorrectedImage: ['ATTN', 'DECY'] },
    ...{ PatientWeight: 70, PatientSize: 1.75, PatientSex: 'F', RescaleSlope: 1, RescaleIntercept: 0 },
    ...{ SeriesDate: '20260102', SeriesTime: '110000', AcquisitionDate: '20260102', AcquisitionTime: '110000' },
    RadiopharmaceuticalInformationSequence: [
      { RadiopharmaceuticalStartTime: '110000', RadionuclideTotalDose: 350_000_000, RadionuclideHalfLife: 6586 },
    ],
    ...{ ImageOrientationPatient: [1, 0, 0, 0, 1, 0], PixelSpacing: [4, 4] },
    ...{ SamplesPerPixel: 1, PhotometricInterpretation: 'MONOCHROME2', Rows: PET_SIDE, Columns: PET_SIDE },
    ...{ BitsAllocated: 16, BitsStored: 16, HighBit: 15, PixelRepresentation: 0 },
  }
  for (let at = 0; at < 30; at += 1) {
    yield writePart10({
      dataSet: {
        ...common,
        ...{ SOPInstanceUID: newUID(), InstanceNumber: at + 1, ImagePositionPatient: [-46, -46, at * 3] },
        PixelData: Uint16Array.from({ length: PET_SIDE ** 2 }, (_, pixel) => {
          const [x, y] = [-46 + 4 * (pixel % PET_SIDE), -46 + 4 * Math.floor(pixel / PET_SIDE)]
          return Math.abs(x) < 12 && Math.abs(y) < 12 && at > 5 && at < 25 ? 25_000 : 0
        }),
      },
    })
  }
}
