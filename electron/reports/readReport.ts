import type { DataSet } from 'dicom-parser'
import { headerText } from '#electron/dicom/part10/headerText.ts'
import type { Part10Header } from '#electron/dicom/part10/readHeader.ts'
import type { Finding, FindingShape, FindingValue } from '#shared/contract/reports.ts'
import { concepts } from './codes.ts'
import { readShape } from './readShape.ts'

/** Trees of hostile files end here. */
const DEEPEST = 24
const MOST_ITEMS = 20_000
const MOST_FINDINGS = 500
const MOST_SHAPES = 64

export interface ContentItem {
  header: Part10Header
  dataSet: DataSet
  /** Where it stands, as (0040,DB73) counts: 1.2.3. */
  path: string
  valueType: string
  concept: { value: string; meaning: string }
  children: readonly ContentItem[]
}

/** The content tree of a structured report (PS3.3 C.17.3). */
export function contentTree(header: Part10Header): ContentItem {
  const budget = { left: MOST_ITEMS }
  return contentItem(header, header.dataSet, '1', 0, budget)
}

function contentItem(
  header: Part10Header,
  dataSet: DataSet,
  path: string,
  depth: number,
  budget: { left: number },
): ContentItem {
  const items = depth < DEEPEST ? (dataSet.elements.x0040a730?.items ?? []) : []
  const children = items.flatMap(({ dataSet: child }, at) => {
    budget.left -= 1
    return child && budget.left > 0 ? [contentItem(header, child, `${path}.${at + 1}`, depth + 1, budget)] : []
  })
  return {
    ...{ header, dataSet, path, children },
    valueType: headerText(header.dataSet, 'ValueType', dataSet),
    concept: codeOf(header, dataSet, 'x0040a043'),
  }
}

export function codeOf(header: Part10Header, dataSet: DataSet, tag: string): { value: string; meaning: string } {
  const item = dataSet.elements[tag]?.items?.[0]?.dataSet
  if (!item) return { value: '', meaning: '' }
  const text = (keyword: string) => headerText(header.dataSet, keyword, item)
  return { value: text('CodeValue') || text('LongCodeValue'), meaning: text('CodeMeaning') }
}

/**
 * What a report measured: one finding a measurement group (TID 1410, 1411, 1501), and one for each number outside of such
 * groups, which is how older reports and other templates write. Shapes that are only pointed at are looked up.
 */
export function findingsOf(root: ContentItem): Finding[] {
  const byPath = new Map<string, ContentItem>()
  const index = (item: ContentItem) => {
    byPath.set(item.path, item)
    for (const child of item.children) index(child)
  }
  index(root)
  const findings: Finding[] = []
  const walk = (item: ContentItem) => {
    if (findings.length >= MOST_FINDINGS) return
    const isGroup = item.valueType === 'CONTAINER' && item.concept.value === concepts.group.value
    if (isGroup || item.valueType === 'NUM') {
      const finding = findingOf(item, byPath)
      if (finding) findings.push(finding)
      return
    }
    for (const child of item.children) walk(child)
  }
  walk(root)
  return findings
}

function findingOf(group: ContentItem, byPath: ReadonlyMap<string, ContentItem>): Finding | undefined {
  const values: FindingValue[] = []
  const shapes: FindingShape[] = []
  const words: string[] = []
  let name = ''
  let trackingUID = ''
  const seen = new Set<ContentItem>()
  const walk = (item: ContentItem) => {
    if (seen.has(item)) return
    seen.add(item)
    const text = (keyword: string) => headerText(item.header.dataSet, keyword, item.dataSet)
    if (item.valueType === 'NUM') {
      const value = numberOf(item)
      if (value && values.length < 64) values.push(value)
    } else if (item.valueType === 'SCOORD' || item.valueType === 'SCOORD3D') {
      const shape = readShape(item)
      // Two numbers of one line point at the same shape.
      const known = shape && shapes.some((each) => JSON.stringify(each) === JSON.stringify(shape))
      if (shape && !known && shapes.length < MOST_SHAPES) shapes.push(shape)
    } else if (item.concept.value === concepts.trackingIdentifier.value) name = text('TextValue')
    else if (item.concept.value === concepts.trackingUID.value) trackingUID = text('UID')
    else if (item.valueType === 'TEXT') words.push(text('TextValue'))
    else if (item.valueType === 'CODE' && item.concept.meaning !== '')
      words.push(`${item.concept.meaning}: ${codeOf(item.header, item.dataSet, 'x0040a168').meaning}`)
    const target = referencedPath(item)
    const found = target && byPath.get(target)
    if (found) walk(found)
    for (const child of item.children) walk(child)
  }
  walk(group)
  if (values.length === 0 && shapes.length === 0) return undefined
  return {
    findingId: group.path,
    name: (name || group.concept.meaning).slice(0, 256),
    trackingUID: trackingUID.slice(0, 64),
    values,
    words: [...new Set(words)]
      .filter((each) => each !== name && each !== '')
      .slice(0, 8)
      .map((each) => each.slice(0, 1024)),
    shapes,
  }
}

/** (0040,DB73): an item that stands elsewhere. */
function referencedPath({ dataSet }: ContentItem): string | undefined {
  const element = dataSet.elements.x0040db73
  if (!element || element.length < 4 || element.length > 256) return undefined
  const parts = Array.from({ length: element.length >> 2 }, (_, at) => dataSet.uint32('x0040db73', at) ?? 0)
  return parts.join('.')
}

function numberOf({ header, dataSet, concept }: ContentItem): FindingValue | undefined {
  const measured = dataSet.elements.x0040a300?.items?.[0]?.dataSet
  if (!measured) return undefined
  const text = headerText(header.dataSet, 'NumericValue', measured).split('\\')[0] ?? ''
  const exact = measured.elements.x0040a161?.length === 8 ? measured.double('x0040a161') : undefined
  const value = exact ?? (text.trim() === '' ? Number.NaN : Number(text))
  if (!Number.isFinite(value)) return undefined
  const unit = codeOf(header, measured, 'x004008ea')
  return { name: concept.meaning.slice(0, 128), value, unit: (unit.value === '1' ? '' : unit.value).slice(0, 32) }
}
