import { CT_IMAGE } from '#shared/dicom/sopClass.ts'
import type { DataSet } from './dataSet.ts'
import { derivedUID } from './derivedUID.ts'
import { noiseTile } from './random.ts'
import { Slice } from './slice.ts'
import { drawThorax } from './thorax.ts'

/** What the series shows beside the animal, in millimetres and HU: what tests and measurements can rely on, free of noise. */
export const CT_PHANTOM = {
  rows: 512,
  columns: 512,
  pixelSpacingMm: 0.5,
  lengthMm: 120,
  airHU: -1000,
  /** A bottle of water beside the body; x, y from the centre of the image. */
  water: { xMm: 96, yMm: 72, radiusMm: 20, hu: 0 },
  /** Two rods in the water, 20 mm from centre to centre. */
  rods: [
    { xMm: 86, yMm: 72, radiusMm: 5, hu: 300 },
    { xMm: 106, yMm: 72, radiusMm: 5, hu: -100 },
  ],
  rescaleIntercept: -1024,
} as const

const TABLE_HU = -650

export interface CtSeriesInput {
  /** Study, patient and equipment attributes that every instance carries. */
  common: DataSet
  studyInstanceUID: string
  /** Makes UIDs: the same seed gives the same ones. */
  seed: string
  seriesNumber?: number
  slices?: number
}

/** Data sets of one CT series from liver to neck, pixels included. One at a time: 300 slices are 150 MB. */
export function* ctPhantom({
  common,
  studyInstanceUID,
  seed,
  seriesNumber = 2,
  slices = 60,
}: CtSeriesInput): Iterable<DataSet> {
  const spacingMm = CT_PHANTOM.lengthMm / slices
  const seriesInstanceUID = derivedUID(`${seed}/series`)
  const slice = new Slice(CT_PHANTOM.rows, CT_PHANTOM.pixelSpacingMm)
  const noise = noiseTile(65_521, 9, 1)
  const corner = -((CT_PHANTOM.columns - 1) / 2) * CT_PHANTOM.pixelSpacingMm
  for (let index = 0; index < slices; index++) {
    const z = index * spacingMm
    drawSlice(slice, noise, index, z)
    yield {
      ...common,
      SOPClassUID: CT_IMAGE,
      SOPInstanceUID: derivedUID(`${seed}/instance/${index}`),
      StudyInstanceUID: studyInstanceUID,
      SeriesInstanceUID: seriesInstanceUID,
      FrameOfReferenceUID: derivedUID(`${seed}/frame`),
      PositionReferenceIndicator: null,
      Modality: 'CT',
      ImageType: ['ORIGINAL', 'PRIMARY', 'AXIAL'],
      SeriesNumber: seriesNumber,
      SeriesDescription: `Thorax, soft tissue ${Number(spacingMm.toFixed(2))} mm`,
      BodyPartExamined: 'THORAX',
      PatientPosition: 'HFS',
      InstanceNumber: index + 1,
      AcquisitionNumber: 1,
      KVP: 120,
      SliceThickness: spacingMm,
      SpacingBetweenSlices: spacingMm,
      ConvolutionKernel: 'STANDARD',
      ImagePositionPatient: [corner, corner, z],
      ImageOrientationPatient: [1, 0, 0, 0, 1, 0],
      SliceLocation: z,
      SamplesPerPixel: 1,
      PhotometricInterpretation: 'MONOCHROME2',
      Rows: CT_PHANTOM.rows,
      Columns: CT_PHANTOM.columns,
      PixelSpacing: [CT_PHANTOM.pixelSpacingMm, CT_PHANTOM.pixelSpacingMm],
      BitsAllocated: 16,
      BitsStored: 12,
      HighBit: 11,
      PixelRepresentation: 0,
      WindowCenter: [40, -500],
      WindowWidth: [400, 1500],
      WindowCenterWidthExplanation: ['Soft tissue', 'Lung'],
      RescaleIntercept: CT_PHANTOM.rescaleIntercept,
      RescaleSlope: 1,
      RescaleType: 'HU',
      PixelData: storedValues(slice.hu),
    }
  }
}

function drawSlice(slice: Slice, noise: Int16Array, index: number, z: number): void {
  drawThorax(slice, z / CT_PHANTOM.lengthMm, z)
  slice.ellipse(0, 96, 110, 4, TABLE_HU + 200)
  slice.ellipse(0, 95.5, 108, 2.6, TABLE_HU)
  slice.soften()
  slice.grain(noise, (index * 9973) % noise.length)
  const { water, rods } = CT_PHANTOM
  slice.disc(water.xMm, water.yMm, water.radiusMm, water.hu)
  for (const rod of rods) slice.disc(rod.xMm, rod.yMm, rod.radiusMm, rod.hu)
}

function storedValues(hu: Int16Array): Uint16Array {
  const stored = new Uint16Array(hu.length)
  for (let index = 0; index < hu.length; index++) stored[index] = (hu[index] ?? 0) - CT_PHANTOM.rescaleIntercept
  return stored
}
