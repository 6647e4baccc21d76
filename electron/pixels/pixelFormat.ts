import type { DataSet } from 'dicom-parser'
import type { Part10Header } from '#electron/dicom/part10/readHeader.ts'
import { items, string, strings, unsigned16 } from './attributes.ts'

/** The Image Pixel Module (PS3.3 C.7.6.3) as written; 0 or '' where a value is missing. */
export interface PixelFormat {
  rows: number
  columns: number
  /** NaN when Number of Frames is not a number. */
  frames: number
  samplesPerPixel: number
  photometricInterpretation: string
  bitsAllocated: number
  bitsStored: number
  highBit: number
  signed: boolean
  planar: boolean
  /** The frames are tiles of one large image (PS3.3 C.8.12.4), cut smaller at its edges by some writers. */
  tiled: boolean
  keyword: 'PixelData' | 'FloatPixelData' | 'DoubleFloatPixelData'
}

export function pixelFormat(header: Part10Header): PixelFormat {
  const { dataSet, pixelData } = header
  const frames = string(dataSet, 'x00280008')
  const bitsAllocated = unsigned16(dataSet, 'x00280100') ?? 0
  const bitsStored = unsigned16(dataSet, 'x00280101') ?? bitsAllocated
  return {
    rows: unsigned16(dataSet, 'x00280010') ?? 0,
    columns: unsigned16(dataSet, 'x00280011') ?? 0,
    frames: frames === '' ? 1 : /^\+?\d{1,9}$/.test(frames) ? Math.max(1, Number(frames)) : Number.NaN,
    samplesPerPixel: unsigned16(dataSet, 'x00280002') ?? 1,
    photometricInterpretation: strings(dataSet, 'x00280004')[0] ?? '',
    bitsAllocated,
    bitsStored,
    highBit: unsigned16(dataSet, 'x00280102') ?? bitsStored - 1,
    signed: unsigned16(dataSet, 'x00280103') === 1,
    planar: unsigned16(dataSet, 'x00280006') === 1,
    tiled: dataSet.elements.x00480006 !== undefined,
    keyword: pixelData?.keyword ?? 'PixelData',
  }
}

export type SampleType = 'uint8' | 'int8' | 'uint16' | 'int16' | 'uint32' | 'int32' | 'float32' | 'float64' | 'rgb8'

const colour = new Set(['RGB', 'YBR_FULL', 'YBR_FULL_422', 'YBR_PARTIAL_422', 'YBR_PARTIAL_420', 'YBR_ICT', 'YBR_RCT'])

export const isMonochrome = (format: PixelFormat) => format.photometricInterpretation.startsWith('MONOCHROME')
export const isPalette = (format: PixelFormat) => format.photometricInterpretation === 'PALETTE COLOR'
export const isColour = (format: PixelFormat) => colour.has(format.photometricInterpretation)

/** The item of the Modality LUT Sequence (PS3.3 C.11.1); it takes the place of slope and intercept. */
export function modalityLutItem(dataSet: DataSet): DataSet | undefined {
  return items(dataSet, 'x00283000')[0]
}

/** Bits of each entry of a LUT: the third value of its descriptor (0028,3002). */
export function lutEntryBits(item: DataSet): number {
  return unsigned16(item, 'x00283002', 2) ?? 0
}

/** The form in which the samples are delivered; undefined for a combination that the standard does not have. */
export function sampleType(format: PixelFormat, modalityLutBits: number | undefined): SampleType | undefined {
  if (format.keyword === 'FloatPixelData') return 'float32'
  if (format.keyword === 'DoubleFloatPixelData') return 'float64'
  if (isPalette(format) || isColour(format)) return 'rgb8'
  if (!isMonochrome(format)) return undefined
  if (modalityLutBits !== undefined) return modalityLutBits <= 8 ? 'uint8' : 'uint16'
  switch (format.bitsAllocated) {
    case 1:
      return 'uint8'
    case 8:
      return format.signed ? 'int8' : 'uint8'
    case 16:
      return format.signed ? 'int16' : 'uint16'
    case 32:
      return format.signed ? 'int32' : 'uint32'
    default:
      return undefined
  }
}

/** Bytes of all frames of native pixel data; one-bit frames follow each other without padding (PS3.5 8.1.1). */
export function nativeBytes(format: PixelFormat): number {
  const subsampled = format.photometricInterpretation === 'YBR_FULL_422' ? 2 : format.samplesPerPixel
  const bits = format.rows * format.columns * format.frames * subsampled * format.bitsAllocated
  return Math.ceil(bits / 8)
}
