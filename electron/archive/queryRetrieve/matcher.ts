import { tagOf, valueRepresentationsOf } from '#shared/dicom/tag.ts'
import { wildcard } from '#shared/dicom/wildcard.ts'
import { personNameMatcher } from './personName.ts'
import type { QueryKey } from './query.ts'
import { rangeMatcher } from './ranges.ts'

export type Matcher = (value: string) => boolean

/** Their values may hold a backslash, and are never lists (PS3.5 6.2). */
const SINGLE_VALUED = new Set(['LT', 'ST', 'UT'])

/** The test of a key (PS3.4 C.2.2.2); undefined where everything matches. Compiled once for a query. */
export function matcherOf(key: QueryKey): Matcher | undefined {
  if (key.item) return sequenceMatcher(key.item)
  return valueMatcher(valueRepresentation(key.keyword), key.value)
}

function valueRepresentation(keyword: string): string {
  return valueRepresentationsOf(tagOf(keyword) ?? '')[0] ?? 'LO'
}

function valueMatcher(vr: string, key: string): Matcher | undefined {
  // Universal (C.2.2.2.3); a lone star asks for nothing else in any VR.
  if (/^\**$/.test(key)) return undefined
  if (SINGLE_VALUED.has(vr)) return wildcard(key)
  if (vr === 'UI') {
    const uids = new Set(key.split('\\'))
    return anyValue((value) => uids.has(value))
  }
  // A list of keys has a meaning for UIDs only; where a peer sends one nevertheless, one of them has to match.
  const tests = key.split('\\').map((each) => singleMatcher(vr, each))
  const [only] = tests
  return anyValue(tests.length === 1 && only ? only : (value) => tests.some((test) => test(value)))
}

function singleMatcher(vr: string, key: string): Matcher {
  if (vr === 'PN') return personNameMatcher(key)
  if (vr === 'DA' || vr === 'TM' || vr === 'DT') return rangeMatcher(vr, key) ?? wildcard(key)
  if (vr === 'IS' || vr === 'DS' || vr === 'US' || vr === 'UL' || vr === 'SS' || vr === 'SL') {
    const number = key.trim() === '' ? Number.NaN : Number(key)
    if (!Number.isNaN(number)) return (value) => value !== '' && Number(value) === number
  }
  return wildcard(key)
}

/** One of several values has to match. */
function anyValue(test: Matcher): Matcher {
  return (value) => (value.includes('\\') ? value.split('\\').some(test) : test(value))
}

/** C.2.2.2.6: one item in which all keys match. `value` is the items as JSON. */
function sequenceMatcher(keys: readonly QueryKey[]): Matcher | undefined {
  const tests = keys.flatMap((key) => {
    const test = matcherOf(key)
    return test ? [{ keyword: key.keyword, test }] : []
  })
  if (tests.length === 0) return undefined
  return (value) => {
    if (value === '') return false
    const items = JSON.parse(value) as Record<string, string>[]
    return items.some((item) => tests.every(({ keyword, test }) => test(item[keyword] ?? '')))
  }
}
