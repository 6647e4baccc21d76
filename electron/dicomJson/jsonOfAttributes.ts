import type { AttributeSet } from '#shared/dicom/attributeSet.ts'
import { tagOf, valueRepresentationsOf } from '#shared/dicom/tag.ts'
import { type JsonDataSet, type JsonElement, jsonNumber, jsonTexts } from './jsonModel.ts'

const NUMBERS = new Set(['FD', 'FL', 'SL', 'SS', 'SV', 'UL', 'US', 'UV'])

/** The DICOM JSON model of attributes that are known as text, in the order of their tags; keywords of PS3.6 only. */
export function jsonOfAttributes(set: AttributeSet): JsonDataSet {
  const elements = Object.entries(set).flatMap(([keyword, value]): [string, JsonElement][] => {
    const tag = tagOf(keyword)
    return tag === undefined ? [] : [[tag, elementOf(value, valueRepresentationsOf(tag)[0] ?? 'UN')]]
  })
  return Object.fromEntries(elements.toSorted(([a], [b]) => (a < b ? -1 : 1)))
}

function elementOf(value: string | AttributeSet[], vr: string): JsonElement {
  if (typeof value !== 'string') {
    const items = value.map((item) => jsonOfAttributes(item))
    return items.length > 0 ? { vr: 'SQ', Value: items } : { vr: 'SQ' }
  }
  if (vr === 'SQ' || value === '') return { vr }
  if (NUMBERS.has(vr)) return { vr, Value: value.split('\\').map((each) => (each === '' ? null : jsonNumber(each))) }
  const values = jsonTexts(value, vr)
  return values ? { vr, Value: values } : { vr }
}
