import { isSequence, keysOfLevel, QUERY_LEVELS, supportsKey } from '#electron/archive/queryRetrieve/keys.ts'
import type { QueryKey } from '#electron/archive/queryRetrieve/query.ts'
import { sequenceAttributes } from '#electron/archive/storedAttributes.ts'
import { keywordOf, tagOf, valueRepresentationsOf } from '#shared/dicom/tag.ts'
import { WebRefusal } from '../http/webRefusal.ts'

export type SearchLevel = 'STUDY' | 'SERIES' | 'IMAGE'

export interface SearchParameters {
  /** What has to match. */
  matching: QueryKey[]
  /** Wanted beside what is always given. */
  include: string[]
  limit: number
  offset: number
  /** What was asked for and is not done, for the Warning header. */
  warnings: string[]
}

/** One answer holds no more; the rest is asked for with `offset`. */
export const RESULTS_MAX = 5000
const PARAMETERS_MAX = 200
const VALUE_LENGTH_MAX = 4096
/** As for C-FIND: each value of a key costs a look at every study; UIDs do not. */
const VALUES_MAX = 100

/** The query of a search (PS3.18 8.3.4). Throws WebRefusal with 400. */
export function searchParameters(query: URLSearchParams, level: SearchLevel): SearchParameters {
  const found: SearchParameters = { matching: [], include: [], limit: RESULTS_MAX, offset: 0, warnings: [] }
  if (query.size > PARAMETERS_MAX) throw new WebRefusal(400, `A search has at most ${PARAMETERS_MAX} parameters.`)
  for (const [name, value] of query) {
    if (value.length > VALUE_LENGTH_MAX) throw new WebRefusal(400, 'A value of the search is too long.')
    if (name === 'limit') found.limit = Math.min(RESULTS_MAX, count(name, value))
    else if (name === 'offset') found.offset = count(name, value)
    else if (name === 'includefield') include(found, value, level)
    else if (name === 'fuzzymatching') {
      if (value === 'true') found.warnings.push(NO_FUZZY)
    } else if (name !== 'accept') match(found, name, value, level)
  }
  return found
}

const NO_FUZZY = 'The fuzzymatching parameter is not supported. Only literal matching has been performed.'

function count(name: string, value: string): number {
  if (!/^\d{1,9}$/.test(value)) throw new WebRefusal(400, `${name} is a whole number from 0 on.`)
  return Number(value)
}

function include(found: SearchParameters, value: string, level: SearchLevel): void {
  for (const name of value.split(',')) {
    if (name === 'all') {
      for (const each of QUERY_LEVELS)
        if (QUERY_LEVELS.indexOf(each) <= QUERY_LEVELS.indexOf(level)) {
          found.include.push(...keysOfLevel(each))
        }
      continue
    }
    const keyword = keywordOfName(name.split('.', 1)[0] ?? '')
    // What is not in the index is left out of the answer, as an object without it would.
    if (keyword !== undefined && supportsKey(keyword, level)) found.include.push(keyword)
  }
}

const UNKNOWN = 'A parameter that is neither a keyword nor a tag of an attribute is passed over.'

/** What we do not know, or the index does not have, is passed over, and said (PS3.18 8.3): as in C-FIND it matches everything. */
function match(found: SearchParameters, name: string, value: string, level: SearchLevel): void {
  const [first = '', second, ...more] = name.split('.')
  const keyword = keywordOfName(first)
  const inner = second === undefined ? undefined : keywordOfName(second)
  if (keyword === undefined || (second !== undefined && inner === undefined) || more.length > 0) {
    if (!found.warnings.includes(UNKNOWN)) found.warnings.push(UNKNOWN)
    return
  }
  if (keyword === 'SpecificCharacterSet' || keyword === 'TimezoneOffsetFromUTC') return
  const items: readonly string[] = isSequence(keyword)
    ? sequenceAttributes[keyword as keyof typeof sequenceAttributes].items
    : []
  if (
    !supportsKey(keyword, level) ||
    isSequence(keyword) !== (inner !== undefined) ||
    (inner && !items.includes(inner))
  ) {
    found.warnings.push(`${[keyword, inner].filter(Boolean).join('.')} is not matched here.`)
    return
  }
  if (inner === undefined) {
    found.matching.push({ keyword, value: listed(keyword, value) })
    return
  }
  const known = found.matching.find((key) => key.keyword === keyword)
  const item = { keyword: inner, value: listed(inner, value) }
  if (known?.item) known.item.push(item)
  else found.matching.push({ keyword, value: '', item: [item] })
}

/** PS3.4 C.2.2.2.5: one value, or a range that may be open. PS3.18 8.3: what is no value is refused. */
const RANGES: Readonly<Record<string, RegExp>> = {
  DA: /^(?:\d{8}|\d{4}\.\d\d\.\d\d)?(?:-(?:\d{8}|\d{4}\.\d\d\.\d\d)?)?\s*$/,
  TM: /^(?:\d\d[\d:.]{0,14})?(?:-(?:\d\d[\d:.]{0,14})?)?\s*$/,
}
const DATES = 'a date (20260131) or a range of dates (20260101-20260131)'
const TIMES = 'a time (0930) or a range of times (0930-1200)'

/** Lists of UIDs and of codes are separated by commas here (PS3.18 8.3.4.1), which neither can hold. */
function listed(keyword: string, value: string): string {
  const [vr] = valueRepresentationsOf(tagOf(keyword) ?? '')
  const text = vr === 'UI' || vr === 'CS' ? value.replaceAll(',', '\\') : value
  const right = vr === undefined ? undefined : RANGES[vr]
  if (right && !right.test(text)) throw new WebRefusal(400, `${keyword} is ${vr === 'DA' ? DATES : TIMES}.`)
  if (vr !== 'UI' && text.split('\\').length > VALUES_MAX)
    throw new WebRefusal(400, `${keyword} has more than ${VALUES_MAX} values.`)
  return text
}

function keywordOfName(name: string): string | undefined {
  if (/^[0-9A-Fa-f]{8}$/.test(name)) return keywordOf(name)
  return tagOf(name) === undefined ? undefined : name
}
