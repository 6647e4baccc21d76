import type { SeriesRow, StudyRow } from '#shared/contract/studies.ts'
import type { SeriesImage } from '#shared/imaging/displaySets.ts'
import { callQuery } from '../api/useQueryOperation.ts'
import { fetchAgain } from './fetchAgain.ts'

export function fetchStudies(studyIds: readonly number[]): Promise<StudyRow[]> {
  const input = { studyIds: [...studyIds] }
  return fetchAgain(['studies', 'get', input], (signal) => callQuery('studies', 'get', input, signal))
}

export function fetchSeries(studyId: number): Promise<SeriesRow[]> {
  return fetchAgain(['studies', 'series', { studyId }], (signal) => callQuery('studies', 'series', { studyId }, signal))
}

/** Images of a series change only when more arrive: then they are asked for anew. */
export const imagesKey = ({ seriesId, instances }: SeriesRow) => ['studies', 'images', seriesId, instances] as const

export function fetchImages(series: SeriesRow): Promise<SeriesImage[]> {
  const { seriesId } = series
  return fetchAgain(imagesKey(series), (signal) => callQuery('studies', 'images', { seriesId }, signal))
}

/** Among the lists of studies: asked anew when these change. */
export const earlierKey = (studyId: number) => ['studies', 'earlier', { studyId }] as const

/** Studies of the same patient that were made before, the newest first. */
export function fetchEarlier(studyId: number): Promise<StudyRow[]> {
  return fetchAgain(earlierKey(studyId), (signal) => callQuery('viewer', 'earlier', { studyId }, signal))
}
