import { GE_PRIVATE_BIG_ENDIAN_PIXELS } from '#electron/dicom/part10/encoding.ts'
import { type PixelCodec, TRANSFER_SYNTAXES } from '#shared/dicom/transferSyntax.ts'
import type { PixelFormat } from './pixelFormat.ts'

/** Retired processes of JPEG that libjpeg reads all the same: spectral selection and full progression, Huffman coded. */
const progressive = new Set(['1.2.840.10008.1.2.4.53', '1.2.840.10008.1.2.4.55'])
const byLibrary = new Set<PixelCodec>(['jpeg', 'jpeg-lossless', 'jpeg-ls', 'jpeg-2000', 'htj2k', 'jpeg-xl'])

/** Whether frames of this codec go through the library, which takes a moment to load. */
export const isByLibrary = (codec: PixelCodec) => byLibrary.has(codec)

/** The codec for a transfer syntax, or undefined when there is none here. */
export function codecOf(transferSyntaxUID: string): PixelCodec | undefined {
  if (progressive.has(transferSyntaxUID)) return 'jpeg'
  const codec = TRANSFER_SYNTAXES.get(transferSyntaxUID)?.codec
  if (codec === undefined || transferSyntaxUID === GE_PRIVATE_BIG_ENDIAN_PIXELS) return undefined
  return codec === 'none' || codec === 'rle' || codec === 'deflated-frame' || byLibrary.has(codec) ? codec : undefined
}

/** Whether frames of this format can be decoded; what only the stream itself says comes out later. */
export function canDecode(transferSyntaxUID: string, format: PixelFormat): boolean {
  const codec = codecOf(transferSyntaxUID)
  if (codec === undefined) return false
  if (codec === 'none' || codec === 'deflated-frame') return true
  if (format.keyword !== 'PixelData') return false
  if (codec === 'rle') return format.bitsAllocated >= 8
  return format.bitsAllocated === 8 || format.bitsAllocated === 16
}
