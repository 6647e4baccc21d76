import type { DataSet } from 'dicom-parser'
import { firstDecimal, items, string, strings } from '../attributes.ts'
import type { Text } from './frames.ts'

/** The unit of values behind slope and intercept; '' where the object does not say it of all its frames. */
export function rescaleType(dataSet: DataSet, lutItem: DataSet | undefined, text: Text): string {
  if (lutItem !== undefined) return text(lutItem, '00283004')
  const given = text(dataSet, 'RescaleType') || functionalGroupsType(dataSet, text)
  if (given !== '') return given
  if (firstDecimal(dataSet, 'x3004000e') !== undefined) return string(dataSet, 'x30040002')
  const modality = string(dataSet, 'x00080060')
  if (modality === 'PT') return string(dataSet, 'x00541001')
  return modality === 'CT' && isMeasuredCt(dataSet) && firstDecimal(dataSet, 'x00281052') !== undefined ? 'HU' : ''
}

/**
 * PS3.3 C.8.2.1.1.2: a CT image without type is in Hounsfield units. Derived maps often forget theirs; but lossy
 * compression alone makes a slice DERIVED, too (C.7.6.1.1.2).
 */
function isMeasuredCt(dataSet: DataSet): boolean {
  const [first, second, third] = strings(dataSet, 'x00080008')
  if (first === 'ORIGINAL') return third !== 'LOCALIZER'
  return second === 'PRIMARY' && third === 'AXIAL' && string(dataSet, 'x00282110') === '01'
}

/** Pixel Value Transformation (PS3.3 C.7.6.16.2.9), shared or of each frame. */
function functionalGroupsType(dataSet: DataSet, text: Text): string {
  const groups = [...items(dataSet, 'x52009229'), ...items(dataSet, 'x52009230')]
  const types = new Set(
    groups.flatMap((group) => items(group, 'x00289145')).map((transformation) => text(transformation, 'RescaleType')),
  )
  const [only = ''] = types
  return types.size === 1 ? only : ''
}
