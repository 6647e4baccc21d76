import { DIGITAL_XRAY_IMAGE_FOR_PRESENTATION } from '#shared/dicom/sopClass.ts'
import type { DataSet } from './dataSet.ts'
import { derivedUID } from './derivedUID.ts'
import { drawGlyph } from './glyph.ts'
import { noiseTile } from './random.ts'
import { Shadow } from './shadow.ts'

/** What the image shows for certain, in pixels and millimetres on the detector. */
export const XRAY_PHANTOM = {
  rows: 1280,
  columns: 1024,
  /** (0018,1164): at the detector, before magnification. */
  imagerPixelSpacingMm: 0.2,
  /** Lead marks of the ruler: the first row, the column of their left end, and the distance between them. */
  ruler: { firstRow: 140, column: 40, distanceMm: 10, marks: 21 },
  /** A lead disc. */
  disc: { row: 1180, column: 900, diameterMm: 20 },
} as const

export interface XrayInput {
  common: DataSet
  studyInstanceUID: string
  seed: string
  photometricInterpretation?: 'MONOCHROME1' | 'MONOCHROME2'
}

/** One digital X-ray of a cat's chest, ventrodorsal, with a lead ruler, a lead disc and the marker R. */
export function xrayPhantom(input: XrayInput): DataSet {
  const { common, studyInstanceUID, seed, photometricInterpretation = 'MONOCHROME2' } = input
  const { rows, columns, imagerPixelSpacingMm } = XRAY_PHANTOM
  return {
    ...common,
    SOPClassUID: DIGITAL_XRAY_IMAGE_FOR_PRESENTATION,
    SOPInstanceUID: derivedUID(`${seed}/instance`),
    StudyInstanceUID: studyInstanceUID,
    SeriesInstanceUID: derivedUID(`${seed}/series`),
    Modality: 'DX',
    PresentationIntentType: 'FOR PRESENTATION',
    ImageType: ['DERIVED', 'PRIMARY'],
    SeriesNumber: 1,
    SeriesDescription: 'Thorax VD',
    BodyPartExamined: 'THORAX',
    ViewPosition: 'VD',
    ImageLaterality: 'U',
    AnatomicalOrientationType: 'QUADRUPED',
    PatientOrientation: ['LE', 'CD'],
    InstanceNumber: 1,
    KVP: 60,
    ImagerPixelSpacing: [imagerPixelSpacingMm, imagerPixelSpacingMm],
    SamplesPerPixel: 1,
    PhotometricInterpretation: photometricInterpretation,
    Rows: rows,
    Columns: columns,
    BitsAllocated: 16,
    BitsStored: 12,
    HighBit: 11,
    PixelRepresentation: 0,
    BurnedInAnnotation: 'NO',
    PixelIntensityRelationship: 'LOG',
    PixelIntensityRelationshipSign: photometricInterpretation === 'MONOCHROME1' ? 1 : -1,
    RescaleIntercept: 0,
    RescaleSlope: 1,
    RescaleType: 'US',
    PresentationLUTShape: photometricInterpretation === 'MONOCHROME1' ? 'INVERSE' : 'IDENTITY',
    LossyImageCompression: '00',
    WindowCenter: 2048,
    WindowWidth: 4096,
    PixelData: pixels(photometricInterpretation === 'MONOCHROME1'),
  }
}

const FULL = 4095

/** Thickness of what the rays cross, in mm of water, to a film-like curve: more is brighter. */
function pixels(inverted: boolean): Uint16Array {
  const shadow = new Shadow(XRAY_PHANTOM.rows, XRAY_PHANTOM.columns, XRAY_PHANTOM.imagerPixelSpacingMm)
  drawChest(shadow)
  const lead = leadMask()
  const noise = noiseTile(65_521, 14, 3)
  const stored = new Uint16Array(shadow.waterMm.length)
  for (let index = 0; index < stored.length; index++) {
    const tissue = FULL * (1 - Math.exp(-Math.max(0, shadow.waterMm[index] ?? 0) / 85))
    const value =
      lead[index] === 1 ? FULL : Math.min(FULL - 40, Math.max(0, 60 + tissue + (noise[index % noise.length] ?? 0)))
    stored[index] = inverted ? FULL - value : value
  }
  return stored
}

/** Millimetres from the middle of the detector; y to the tail. */
function drawChest(shadow: Shadow): void {
  shadow.ellipsoid(0, 0, 62, 118, 46)
  shadow.ellipsoid(0, 112, 58, 84, 40, 0.55)
  shadow.ellipsoid(0, -108, 32, 46, 26, 0.5)
  for (const side of [-1, 1]) {
    shadow.tube(
      [
        [side * 44, -84],
        [side * 62, -30],
        [side * 66, 6],
      ],
      13,
      0.9,
    )
    shadow.tube(
      [
        [side * 40, -88],
        [side * 58, -44],
      ],
      4.6,
      1.5,
    )
    shadow.tube(
      [
        [side * 58, -42],
        [side * 65, 10],
      ],
      4,
      1.5,
    )
    shadow.tube(
      [
        [side * 26, -98],
        [side * 39, -76],
      ],
      5.5,
      0.9,
    )
    shadow.ellipsoid(side * 27, 0, 23, 66, 38, -0.86)
  }
  shadow.ellipsoid(6, 6, 20, 31, 24, 0.9)
  shadow.ellipsoid(0, -30, 10, 34, 16, 0.5)
  shadow.ellipsoid(-2, 70, 46, 26, 30, 0.45)
  shadow.ellipsoid(24, 92, 18, 13, 14, -0.7)
  for (const side of [-1, 1])
    for (let branch = 0; branch < 16; branch++) {
      const lean = (branch - 7.5) / 8
      const reach = 27 + 8 * Math.cos(branch * 2.1)
      const bend: [number, number] = [side * (10 + reach * 0.45), lean * 22 - 2]
      shadow.tube(
        [[side * 7, lean * 8 - 4], bend, [side * (9 + reach), lean * 48 + 4]],
        0.9 + 0.7 * Math.abs(Math.cos(branch)),
        1.3,
      )
    }
  shadow.tube(
    [
      [0, -118],
      [-1, -40],
      [-2, -16],
    ],
    4.2,
    -0.85,
  )
  drawSkeleton(shadow)
}

function drawSkeleton(shadow: Shadow): void {
  for (let vertebra = 0; vertebra < 17; vertebra++) {
    const y = -112 + vertebra * 14
    shadow.ellipsoid(0, y, 7.2, 6.1, 7, 2.2)
    shadow.ellipsoid(0, y, 2, 5.2, 5, 1.6)
    for (const side of [-1, 1]) shadow.ellipsoid(side * 7.5, y - 2.5, 4, 2, 3, 1.4)
  }
  for (let rib = 0; rib < 12; rib++) {
    const y = -84 + rib * 13.4
    const reach = 25 + 24 * Math.sin(((rib + 2) / 14) * Math.PI * 0.72)
    for (const side of [-1, 1]) {
      const wall: [number, number] = [side * reach, y + 6]
      shadow.tube(
        [
          [side * 6, y],
          [side * reach * 0.62, y - 6],
          wall,
          [side * reach * 0.93, y + 19],
          [side * reach * 0.62, y + 33],
        ],
        1.45,
        2.6,
      )
    }
  }
  for (let piece = 0; piece < 8; piece++) shadow.ellipsoid(1.5, -70 + piece * 16, 2.8, 6.5, 4, 1.2)
}

function leadMask(): Uint8Array {
  const { rows, columns, imagerPixelSpacingMm, ruler, disc } = XRAY_PHANTOM
  const mask = new Uint8Array(rows * columns)
  for (let mark = 0; mark < ruler.marks; mark++) {
    const row = ruler.firstRow + Math.round((mark * ruler.distanceMm) / imagerPixelSpacingMm)
    const length = mark % 5 === 0 ? 44 : 26
    for (const line of [row, row + 1])
      mask.fill(1, line * columns + ruler.column, line * columns + ruler.column + length)
  }
  const radius = disc.diameterMm / 2 / imagerPixelSpacingMm
  for (let row = Math.ceil(disc.row - radius); row <= disc.row + radius; row++) {
    const half = Math.sqrt(Math.max(0, radius ** 2 - (row - disc.row) ** 2))
    mask.fill(1, row * columns + Math.ceil(disc.column - half), row * columns + Math.floor(disc.column + half) + 1)
  }
  drawGlyph('R', 9, (x, y) => {
    mask[(120 + y) * columns + 120 + x] = 1
  })
  return mask
}
