import type { InputOf } from '#shared/contract/operation.ts'
import type { studies } from '#shared/contract/studies.ts'
import { toBirthDate } from './birthDate.ts'
import type { Criteria } from './browserState.ts'
import { dateRangeOf } from './datePresets.ts'

export type StudyFilterInput = InputOf<typeof studies.list>

/** What the criteria ask the workstation, without the fields that ask for nothing. */
export function toStudyFilter(criteria: Criteria, now: Date): StudyFilterInput {
  const { dateFrom, dateTo } = dateRangeOf(criteria.datePreset, criteria.range, now)
  const text = criteria.text.trim()
  const extra = Object.entries(criteria.extra)
    .map(([field, value]) => [field, field === 'birthDate' ? (toBirthDate(value) ?? '') : value.trim()])
    .filter(([, value]) => value !== '')
  return {
    ...(text ? { text } : {}),
    ...Object.fromEntries(extra),
    ...(criteria.modalities.length > 0 ? { modalities: [...criteria.modalities] } : {}),
    ...(dateFrom ? { dateFrom } : {}),
    ...(dateTo ? { dateTo } : {}),
  }
}

/** Whether anything narrows the list. */
export function narrows(criteria: Criteria): boolean {
  return Object.keys(toStudyFilter(criteria, new Date())).length > 0
}
