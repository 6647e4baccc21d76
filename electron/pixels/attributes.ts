import type { DataSet, Element } from 'dicom-parser'

/** dicom-parser's accessors read past the bytes of a damaged file; these answer undefined instead. */
function present(dataSet: DataSet, tag: string, bytes: number): Element | undefined {
  const element = dataSet.elements[tag]
  if (element === undefined || element.items !== undefined || element.length < bytes) return undefined
  return element.dataOffset + element.length <= dataSet.byteArray.length ? element : undefined
}

/** US; of several values the one at `index`. */
export function unsigned16(dataSet: DataSet, tag: string, index = 0): number | undefined {
  return present(dataSet, tag, 2 * index + 2) === undefined ? undefined : dataSet.uint16(tag, index)
}

/** SS; of several values the one at `index`. */
export function integer16(dataSet: DataSet, tag: string, index = 0): number | undefined {
  return present(dataSet, tag, 2 * index + 2) === undefined ? undefined : dataSet.int16(tag, index)
}

export function unsigned32(dataSet: DataSet, tag: string): number | undefined {
  return present(dataSet, tag, 4) === undefined ? undefined : dataSet.uint32(tag)
}

export function double(dataSet: DataSet, tag: string): number | undefined {
  const value = present(dataSet, tag, 8) === undefined ? undefined : dataSet.double(tag)
  return Number.isFinite(value) ? value : undefined
}

/** Code strings, UIDs and the like: no character set applies. */
export function string(dataSet: DataSet, tag: string): string {
  if (present(dataSet, tag, 1) === undefined) return ''
  return (dataSet.string(tag) ?? '').trim()
}

export function strings(dataSet: DataSet, tag: string): string[] {
  const text = string(dataSet, tag)
  return text === '' ? [] : text.split('\\').map((value) => value.trim())
}

const DECIMAL = /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/
const decimal = (text: string) => (DECIMAL.test(text) ? Number(text) : Number.NaN)

/** DS and IS; empty when any value is not a number. */
export function decimals(dataSet: DataSet, tag: string): number[] {
  const values = strings(dataSet, tag).map(decimal)
  return values.every(Number.isFinite) ? values : []
}

export function firstDecimal(dataSet: DataSet, tag: string): number | undefined {
  return decimals(dataSet, tag)[0]
}

export function items(dataSet: DataSet, tag: string): DataSet[] {
  const found: DataSet[] = []
  for (const item of dataSet.elements[tag]?.items ?? []) if (item.dataSet !== undefined) found.push(item.dataSet)
  return found
}

/** The bytes of a value, or undefined when the file ends before it does. */
export function valueBytes(dataSet: DataSet, tag: string): Uint8Array | undefined {
  const element = present(dataSet, tag, 0)
  return element && dataSet.byteArray.subarray(element.dataOffset, element.dataOffset + element.length)
}
