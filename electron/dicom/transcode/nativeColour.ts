import { partialYccToRgb, yccToRgb } from '#electron/pixels/decode/colour.ts'
import type { PixelFormat } from '#electron/pixels/pixelFormat.ts'
import type { PixelCodec } from '#shared/dicom/transferSyntax.ts'
import type { NativePixels } from './convertDataSet.ts'

type Described = Pick<PixelFormat, 'photometricInterpretation' | 'samplesPerPixel'>

/**
 * What the samples of a compressed image are called once they are decoded. Names of compressed streams (YBR_FULL_422 of
 * JPEG, which is decoded to a Cb and Cr for each pixel, YBR_RCT and YBR_ICT) do not describe them (PS3.3 C.7.6.3.1.2).
 */
export function nativeColour({ photometricInterpretation, samplesPerPixel }: Described, codec: PixelCodec): string {
  const isCoded = codec !== 'none' && codec !== 'deflated-frame'
  if (!isCoded || samplesPerPixel !== 3 || !photometricInterpretation.startsWith('YBR'))
    return photometricInterpretation
  // Streams of these two say themselves what they are, and most decoders hand out RGB whatever the header says.
  if (codec === 'jpeg' || codec === 'jpeg-xl') return 'RGB'
  return /^YBR_FULL(_422)?$/.test(photometricInterpretation) ? 'YBR_FULL' : 'RGB'
}

/** The samples under that name. Throws an Error with a sentence where they cannot be had so. */
export function inNativeColour(native: Omit<NativePixels, 'isLossy'>, format: PixelFormat, codec: PixelCodec) {
  const wanted = nativeColour(format, codec)
  const { photometricInterpretation: is, bytes } = native
  if (is === wanted || !YCC_OR_RGB.has(wanted)) return bytes
  if (is !== 'YBR_FULL' || format.bitsAllocated !== 8)
    throw new Error(`Its colours are ${is}, though its header says ${format.photometricInterpretation}.`)
  if (/^YBR_PARTIAL/.test(format.photometricInterpretation)) partialYccToRgb(bytes)
  else yccToRgb(bytes)
  return bytes
}

const YCC_OR_RGB = new Set(['RGB', 'YBR_FULL'])
