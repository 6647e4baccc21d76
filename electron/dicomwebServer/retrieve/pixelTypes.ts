import { codecOf } from '#electron/pixels/canDecode.ts'
import { type PixelCodec, TRANSFER_SYNTAXES } from '#shared/dicom/transferSyntax.ts'
import type { MediaRange } from '../http/accept.ts'

export const OCTETS = 'application/octet-stream'

/** PS3.18 8.7.3.3: what a frame is called as it is stored. */
const MEDIA_TYPES: Partial<Record<PixelCodec, string>> = {
  none: OCTETS,
  jpeg: 'image/jpeg',
  'jpeg-lossless': 'image/jpeg',
  'jpeg-ls': 'image/jls',
  'jpeg-2000': 'image/jp2',
  htj2k: 'image/jphc',
  'jpeg-xl': 'image/jxl',
  rle: 'image/dicom-rle',
  mpeg2: 'video/mpeg',
  h264: 'video/mp4',
  h265: 'video/mp4',
}

export function mediaTypeOf(transferSyntaxUID: string): string {
  return MEDIA_TYPES[TRANSFER_SYNTAXES.get(transferSyntaxUID)?.codec ?? 'other'] ?? OCTETS
}

export interface FrameForm {
  /** By itself, not as a part of a message. */
  single: boolean
  /** `native`: decoded samples. */
  how: 'stored' | 'native'
}

/** How frames that are stored so are given; undefined where the caller takes them in no such way. */
export function frameFormOf(
  ranges: readonly MediaRange[],
  transferSyntaxUID: string,
  mayBeSingle: boolean,
): FrameForm | undefined {
  const stored = mediaTypeOf(transferSyntaxUID)
  const syntax = TRANSFER_SYNTAXES.get(transferSyntaxUID)
  const isNative = syntax?.encapsulated === false
  const canDecode = codecOf(transferSyntaxUID) !== undefined
  for (const { type, inner, transferSyntax } of ranges) {
    const single = type !== 'multipart/related' && type !== 'multipart/*' && type !== '*/*'
    if (single && !mayBeSingle) continue
    const wanted = single ? type : inner || '*/*'
    const anySyntax = transferSyntax === '*' || transferSyntax === transferSyntaxUID
    if (wanted === stored && !isNative && (transferSyntax === '' || anySyntax)) return { single, how: 'stored' }
    if (wanted !== OCTETS && wanted !== '*/*' && wanted !== 'application/*') continue
    // Whoever takes any transfer syntax reads from the part what it is; nothing said means native samples.
    if (anySyntax && !isNative) return { single, how: 'stored' }
    if (canDecode) return { single, how: 'native' }
  }
  return undefined
}
