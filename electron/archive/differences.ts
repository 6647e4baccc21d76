import type { DataSet } from 'dicom-parser'
import { readHeaderFromFile } from '#electron/dicom/part10/readHeader.ts'
import { formatTag, keywordOf } from '#shared/dicom/tag.ts'

const NAMED_MAX = 10

/**
 * What two objects under one UID do not have in common, by keyword, for a person who has to choose between them. Headers
 * that say the same leave the pixels. Empty when one of them cannot be read.
 */
export function differencesBetween(one: string, other: string): string[] {
  try {
    const [a, b] = [readHeaderFromFile(one), readHeaderFromFile(other)]
    const tags = new Set([...Object.keys(a.dataSet.elements), ...Object.keys(b.dataSet.elements)])
    const names = [...tags]
      .filter((tag) => tag !== 'x7fe00010' && !tag.endsWith('0000'))
      .toSorted()
      .filter((tag) => !isSame(a.dataSet, b.dataSet, tag))
      .map((tag) => keywordOf(tag.slice(1)) ?? formatTag(tag.slice(1).toUpperCase()))
    const hasOtherPixels = a.pixelData?.length !== b.pixelData?.length || names.length === 0
    return [...names.slice(0, hasOtherPixels ? NAMED_MAX - 1 : NAMED_MAX), ...(hasOtherPixels ? ['PixelData'] : [])]
  } catch {
    return []
  }
}

function isSame(a: DataSet, b: DataSet, tag: string): boolean {
  const [one, other] = [a.elements[tag], b.elements[tag]]
  if (!one || !other || one.length !== other.length) return false
  const bytes = a.byteArray.subarray(one.dataOffset, one.dataOffset + one.length)
  return Buffer.compare(bytes, b.byteArray.subarray(other.dataOffset, other.dataOffset + other.length)) === 0
}
