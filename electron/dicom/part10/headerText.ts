import type { DataSet, Element } from 'dicom-parser'
import { decodeText } from '#shared/dicom/characterSet.ts'
import { attributeTag } from './attributeTag.ts'

/** VRs that Specific Character Set applies to (PS3.5 6.1.2.3). */
const characterSetVrs = new Set(['LO', 'LT', 'PN', 'SH', 'ST', 'UC', 'UT', 'UN'])
/** Text is for people; nobody reads more, and a hostile value may be gigabytes. */
const MAXIMUM_TEXT_BYTES = 64 * 1024

type ReadNumber = (dataSet: DataSet, tag: string, index: number) => number | undefined
const binary: Record<string, { bytes: number; read: ReadNumber }> = {
  US: { bytes: 2, read: (dataSet, tag, index) => dataSet.uint16(tag, index) },
  SS: { bytes: 2, read: (dataSet, tag, index) => dataSet.int16(tag, index) },
  UL: { bytes: 4, read: (dataSet, tag, index) => dataSet.uint32(tag, index) },
  SL: { bytes: 4, read: (dataSet, tag, index) => dataSet.int32(tag, index) },
  FL: { bytes: 4, read: (dataSet, tag, index) => dataSet.float(tag, index) },
  FD: { bytes: 8, read: (dataSet, tag, index) => dataSet.double(tag, index) },
}

function valueBytes(dataSet: DataSet, element: Element): Uint8Array {
  const length = Math.min(element.length, MAXIMUM_TEXT_BYTES)
  return dataSet.byteArray.subarray(element.dataOffset, element.dataOffset + length)
}

function characterSets(dataSet: DataSet): string[] {
  const element = dataSet.elements.x00080005
  if (element === undefined) return []
  return decodeText(valueBytes(dataSet, element), [], 'CS').split('\\')
}

/** `scope` is the item that an attribute is read from; the outer data set's character set holds where it has none. */
export function headerText(dataSet: DataSet, keywordOrTag: string, scope: DataSet = dataSet): string {
  const { tag, vr: dictionaryVr } = attributeTag(keywordOrTag)
  const element = scope.elements[tag]
  if (element === undefined || element.length === 0 || element.items !== undefined) return ''
  const written = element.vr === undefined || element.vr === 'UN' ? dictionaryVr : element.vr
  const number = binary[written]
  if (number !== undefined) {
    const values: number[] = []
    const count = Math.min(256, Math.floor(element.length / number.bytes))
    if (element.dataOffset + count * number.bytes > scope.byteArray.length) return ''
    for (let index = 0; index < count; index++) values.push(number.read(scope, tag, index) ?? 0)
    return values.join('\\')
  }
  const sets = !characterSetVrs.has(written)
    ? []
    : scope.elements.x00080005 === undefined
      ? characterSets(dataSet)
      : characterSets(scope)
  return decodeText(valueBytes(scope, element), sets, written)
}
