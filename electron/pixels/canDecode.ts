import { GE_PRIVATE_BIG_ENDIAN_PIXELS } from '#electron/dicom/part10/encoding.ts'
import { TRANSFER_SYNTAXES } from '#shared/dicom/transferSyntax.ts'
import type { PixelFormat } from './pixelFormat.ts'

const supported = new Set(['none', 'rle', 'jpeg', 'jpeg-lossless', 'jpeg-ls', 'jpeg-2000', 'htj2k', 'jpeg-xl'])

/** Whether decodeFrame knows the transfer syntax for pixels of this format. */
export function canDecode(transferSyntaxUID: string, format: PixelFormat): boolean {
  if (transferSyntaxUID === GE_PRIVATE_BIG_ENDIAN_PIXELS) return false
  const codec = TRANSFER_SYNTAXES.get(transferSyntaxUID)?.codec
  if (codec === undefined || !supported.has(codec)) return false
  if (codec === 'none') return true
  return format.bitsAllocated >= 8 && format.keyword === 'PixelData'
}
