import type { DataSet, Element } from 'dicom-parser'
import { formatTag, keywordOf, valueRepresentationsOf } from '#shared/dicom/tag.ts'
import { headerText } from './headerText.ts'
import type { Part10Header } from './readHeader.ts'

export interface DataElement {
  depth: number
  tag: string
  vr: string
  keyword: string
  value: string
}

const MAX_ROWS = 20_000
const MAX_VALUE = 1024
const MAX_DEPTH = 64
const BYTES = new Set(['OB', 'OW', 'OF', 'OD', 'OL', 'OV', 'UN'])

/** Every data element in front of the pixel data, in order, items indented below their sequence. Bounded in all ways. */
export function dataElements(header: Part10Header): DataElement[] {
  const rows: DataElement[] = []
  const visit = (scope: DataSet, depth: number) => {
    for (const tag of Object.keys(scope.elements).toSorted()) {
      const element = scope.elements[tag]
      if (!element || tag === 'xfffee00d' || rows.length >= MAX_ROWS) continue
      rows.push(rowOf(header.dataSet, scope, tag, element, depth))
      for (const [index, item] of (element.items ?? []).entries()) {
        if (!item.dataSet || depth >= MAX_DEPTH || rows.length >= MAX_ROWS) break
        rows.push({ depth: depth + 1, tag: '(FFFE,E000)', vr: '', keyword: `Item ${index + 1}`, value: '' })
        visit(item.dataSet, depth + 2)
      }
    }
  }
  visit(header.dataSet, 0)
  return rows
}

function rowOf(dataSet: DataSet, scope: DataSet, tag: string, element: Element, depth: number): DataElement {
  const digits = tag.slice(1).toUpperCase()
  const vr = element.items ? 'SQ' : (element.vr ?? valueRepresentationsOf(digits)[0] ?? 'UN')
  const value = textOf(dataSet, scope, tag, element, vr)
  return { depth, tag: formatTag(digits), vr, keyword: keywordOf(digits) ?? '', value }
}

function textOf(dataSet: DataSet, scope: DataSet, tag: string, element: Element, vr: string): string {
  if (element.items) return element.items.length === 1 ? '1 item' : `${element.items.length} items`
  if (BYTES.has(vr) || tag === 'x7fe00010') return element.length > 0 ? `${element.length} bytes` : ''
  const text = headerText(dataSet, tag, scope)
  return text.length > MAX_VALUE ? `${text.slice(0, MAX_VALUE - 1)}…` : text
}
