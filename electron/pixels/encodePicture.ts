import type { CodecModule } from './codecs/codecModule.ts'
import type { Picture, PictureRequest } from './picture.ts'
import { encodePng } from './png.ts'

const USUAL_QUALITY = 90

export function encodePicture(picture: Picture, request: PictureRequest, codecs: CodecModule): Uint8Array {
  const { samples, width, height, components } = picture
  if (request.format === 'image/png') return encodePng(samples, width, height, components)
  return codecs.encodeJpeg(samples, { width, height, components, quality: request.quality ?? USUAL_QUALITY })
}
