import type { SeriesRow, StudyRow } from '#shared/contract/studies.ts'
import { queryClient } from '../api/queryClient.ts'
import { callQuery } from '../api/useQueryOperation.ts'
import { openSeries } from './openSeries.ts'
import { openStudies, useSession } from './session.ts'

const fresh = { staleTime: 0 }

export function fetchStudies(studyIds: readonly number[]): Promise<StudyRow[]> {
  const input = { studyIds: [...studyIds] }
  return queryClient.fetchQuery({
    ...fresh,
    queryKey: ['studies', 'get', input],
    queryFn: ({ signal }) => callQuery('studies', 'get', input, signal),
  })
}

export function fetchSeries(studyId: number): Promise<SeriesRow[]> {
  return queryClient.fetchQuery({
    ...fresh,
    queryKey: ['studies', 'series', { studyId }],
    queryFn: ({ signal }) => callQuery('studies', 'series', { studyId }, signal),
  })
}

/** Takes the light box for these studies: each shows its first series that has a picture, or the one named. */
export async function openOnLightBox(studyIds: readonly number[], seriesId?: number): Promise<void> {
  openStudies(studyIds)
  const places = useSession.getState().layout.columns
  const [rows, ...series] = await Promise.all([
    fetchStudies(studyIds),
    ...studyIds.slice(0, places).map((studyId) => fetchSeries(studyId)),
  ])
  if (useSession.getState().studyIds !== studyIds) return
  await Promise.all(
    series.map(async (ofStudy, place) => {
      const study = rows.find((row) => row.studyId === studyIds[place])
      const chosen =
        ofStudy.find((each) => each.seriesId === seriesId) ??
        ofStudy.find((each) => each.thumbnailInstanceId !== null) ??
        ofStudy[0]
      if (study && chosen) await openSeries(place, study, chosen)
    }),
  )
  useSession.setState({ active: 0 })
}
