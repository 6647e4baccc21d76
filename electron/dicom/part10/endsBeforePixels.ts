import { sopClassName } from '#shared/dicom/sopClass.ts'
import type { Part10Header } from './readHeader.ts'

/**
 * A file that was cut exactly in front of its pixel data is a well-formed data set: only its Image Pixel Module
 * (PS3.3 C.7.6.3) tells that pixels were to follow. They may be kept elsewhere: Pixel Data Provider URL.
 */
export function endsBeforePixels({ dataSet, pixelData, complete }: Part10Header): boolean {
  if (pixelData !== undefined || !complete) return false
  const { elements } = dataSet
  const describesPixels = ['x00280010', 'x00280011', 'x00280100'].every((tag) => (elements[tag]?.length ?? 0) > 0)
  const isImage = /Image|Segmentation|Parametric|RT Dose/.test(sopClassName(dataSet.string('x00080016')?.trim() ?? ''))
  return describesPixels && isImage && elements.x00287fe0 === undefined
}
