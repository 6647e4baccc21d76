import type { SeriesRow, StudyRow } from '#shared/contract/studies.ts'
import { callQuery } from '../api/useQueryOperation.ts'
import { fetchAgain } from './fetchAgain.ts'

export function fetchStudies(studyIds: readonly number[]): Promise<StudyRow[]> {
  const input = { studyIds: [...studyIds] }
  return fetchAgain(['studies', 'get', input], (signal) => callQuery('studies', 'get', input, signal))
}

export function fetchSeries(studyId: number): Promise<SeriesRow[]> {
  return fetchAgain(['studies', 'series', { studyId }], (signal) => callQuery('studies', 'series', { studyId }, signal))
}
