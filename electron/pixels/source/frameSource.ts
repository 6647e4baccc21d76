import { encodingOf } from '#electron/dicom/part10/encoding.ts'
import type { Part10Header } from '#electron/dicom/part10/readHeader.ts'
import { type PixelCodec, TRANSFER_SYNTAXES } from '#shared/dicom/transferSyntax.ts'
import { bytesPerSample } from '#shared/imaging/frameOf.ts'
import type { InstanceImage } from '#shared/imaging/instanceImage.ts'
import { codecOf } from '../canDecode.ts'
import { isSubsampled } from '../decode/native.ts'
import { obstacleSentence } from '../describe/obstacle.ts'
import { describeImage } from '../describeImage.ts'
import { isMonochrome, modalityLutItem, type PixelFormat, pixelFormat } from '../pixelFormat.ts'

/** Everything about the frames of one file except their bytes. */
export interface FrameSource {
  path: string
  image: InstanceImage
  format: PixelFormat
  codec: PixelCodec
  /** Offset of the native pixel data, or of the first item of encapsulated ones; in the inflated stream when deflated. */
  pixelOffset: number
  pixelLength: number | undefined
  encapsulated: boolean
  deflated: boolean
  dataSetOffset: number
  /** Bytes of the words that are to swap; 1 when none. */
  swapBytes: number
  subsampled: boolean
  /** Bytes of a frame as delivered. */
  frameBytes: number
  /** The bytes of the file are the samples, but for bits above the stored ones. */
  direct: boolean
  /** Puts SOP class, transfer syntax and photometric interpretation behind a sentence (R168). */
  sentence(reason: string): string
}

export function frameSource(header: Part10Header, path: string): FrameSource {
  const format = pixelFormat(header)
  const image = describeImage(header)
  const { pixelData, transferSyntaxUID } = header
  const codec = codecOf(transferSyntaxUID) ?? 'other'
  const { bigEndian } = encodingOf(transferSyntaxUID)
  const encapsulated = pixelData?.encapsulated === true
  const deflated = TRANSFER_SYNTAXES.get(transferSyntaxUID)?.deflated === true
  const pixelLength = pixelData?.length
  const photometricInterpretation = format.photometricInterpretation
  return {
    path,
    image,
    format,
    codec,
    pixelOffset: pixelData?.offset ?? 0,
    pixelLength,
    encapsulated,
    deflated,
    dataSetOffset: header.dataSetOffset,
    swapBytes: bigEndian ? swapBytes(format, pixelData?.vr) : 1,
    subsampled: !encapsulated && isSubsampled(format, pixelLength ?? 0),
    frameBytes: format.rows * format.columns * bytesPerSample[image.samples.type],
    direct:
      image.obstacle === null &&
      codec === 'none' &&
      !encapsulated &&
      !deflated &&
      !bigEndian &&
      samplesAsDelivered(format) &&
      modalityLutItem(header.dataSet) === undefined,
    sentence: (reason) => obstacleSentence(reason, header, photometricInterpretation),
  }
}

function samplesAsDelivered(format: PixelFormat): boolean {
  if (format.keyword !== 'PixelData') return true
  if (isMonochrome(format)) return format.bitsAllocated >= 8
  const { photometricInterpretation, bitsAllocated, bitsStored, planar } = format
  return photometricInterpretation === 'RGB' && bitsAllocated === 8 && bitsStored === 8 && !planar
}

/** OW is written in 16-bit words (PS3.5 7.3), also where two 8-bit samples share one; wider samples swap as a whole. */
function swapBytes(format: PixelFormat, vr: string | undefined): number {
  if (format.bitsAllocated > 16) return format.bitsAllocated / 8
  return format.bitsAllocated === 16 || vr !== 'OB' ? 2 : 1
}
