import type { SeriesRow, StudyRow } from '#shared/contract/studies.ts'
import { queryClient } from '../api/queryClient.ts'
import { callQuery } from '../api/useQueryOperation.ts'
import { fetchAgain } from './fetchAgain.ts'
import { openSeries, setsOf } from './openSeries.ts'
import { openStudies, tiles, useSession } from './session.ts'

export function fetchStudies(studyIds: readonly number[]): Promise<StudyRow[]> {
  const input = { studyIds: [...studyIds] }
  return fetchAgain(['studies', 'get', input], (signal) => callQuery('studies', 'get', input, signal))
}

export function fetchSeries(studyId: number): Promise<SeriesRow[]> {
  return fetchAgain(['studies', 'series', { studyId }], (signal) => callQuery('studies', 'series', { studyId }, signal))
}

/** The first with a picture. */
export function firstToShow(series: readonly SeriesRow[]): SeriesRow | undefined {
  return series.find((each) => each.thumbnailInstanceId !== null) ?? series[0]
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
      const chosen = ofStudy.find((each) => each.seriesId === seriesId) ?? firstToShow(ofStudy)
      if (study && chosen) await openSeries(place, study, chosen)
    }),
  )
  useSession.setState({ active: 0 })
}

/** Something came into these studies: lists are asked anew, and stacks on the light box grow. */
export async function refreshStudies(studyIds: readonly number[]): Promise<void> {
  const open = new Set(useSession.getState().studyIds)
  if (!studyIds.some((studyId) => open.has(studyId))) return
  await queryClient.invalidateQueries({ queryKey: ['studies'] })
  await Promise.all(
    tiles.map(async (tile) => {
      const { source } = tile.state
      if (!source || !studyIds.includes(source.study.studyId)) return
      const series = (await fetchSeries(source.study.studyId)).find((each) => each.seriesId === source.series.seriesId)
      if (!series || series.instances === source.series.instances) return
      const set = (await setsOf(series)).find(({ key }) => key === source.set.key)
      if (set && tile.state.source === source) tile.grow({ ...source, series, set })
    }),
  )
}
