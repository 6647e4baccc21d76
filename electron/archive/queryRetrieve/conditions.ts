import { levelOfKey } from './keys.ts'
import { matcherOf } from './matcher.ts'
import type { Query, QueryLevel } from './query.ts'
import { combinedMatcher } from './ranges.ts'
import type { Candidate } from './subject.ts'
import type { ValueOf } from './values.ts'

export type Condition = (candidate: Candidate) => boolean

/** Tests that a candidate passes, by the level at which they can be told: what fails early is not walked into. */
export type Conditions = Record<'STUDY' | 'SERIES' | 'IMAGE', Condition>

/** Pairs that one range may span (PS3.4 C.5.1.1). */
const PAIRS: Record<string, string> = {
  StudyDate: 'StudyTime',
  SeriesDate: 'SeriesTime',
  AcquisitionDate: 'AcquisitionTime',
  ContentDate: 'ContentTime',
  PatientBirthDate: 'PatientBirthTime',
  PerformedProcedureStepStartDate: 'PerformedProcedureStepStartTime',
}

export function conditionsOf(query: Query, valueFor: (keyword: string) => ValueOf): Conditions {
  const tests: Record<QueryLevel, Condition[]> = { PATIENT: [], STUDY: [], SERIES: [], IMAGE: [] }
  const keys = new Map(query.keys.map((key) => [key.keyword, key]))
  const done = new Set<string>()
  for (const [date, time] of query.combinedDateTime ? Object.entries(PAIRS) : []) {
    const [dateKey, timeKey] = [keys.get(date)?.value ?? '', keys.get(time)?.value ?? '']
    const test = dateKey && timeKey ? combinedMatcher(dateKey, timeKey) : null
    if (!test) continue
    const [dateOf, timeOf] = [valueFor(date), valueFor(time)]
    tests[levelOfKey(date) ?? 'STUDY'].push((candidate) => test(dateOf(candidate), timeOf(candidate)))
    done.add(date).add(time)
  }
  for (const key of query.keys) {
    const test = done.has(key.keyword) ? undefined : matcherOf(key)
    if (!test) continue
    const value = valueFor(key.keyword)
    tests[levelOfKey(key.keyword) ?? 'STUDY'].push((candidate) => test(value(candidate)))
  }
  return {
    STUDY: all([...tests.PATIENT, ...tests.STUDY]),
    SERIES: all(tests.SERIES),
    IMAGE: all(tests.IMAGE),
  }
}

function all(tests: readonly Condition[]): Condition {
  return (candidate) => tests.every((test) => test(candidate))
}
