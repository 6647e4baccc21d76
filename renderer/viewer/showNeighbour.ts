import type { SeriesRow, StudyRow } from '#shared/contract/studies.ts'
import { fetchSeries, fetchStudies } from './fetchStudies.ts'
import { isSplit, openSeries, setsOf } from './openSeries.ts'
import { playClips } from './playClips.ts'
import { tileAt, useSession } from './session.ts'

interface Stop {
  study: StudyRow
  series: SeriesRow
  /** Where a series is more than one stack. */
  setKey?: string
}

/** Opens the next or previous stack of the open studies in the active tile; stays at the ends. */
export async function showNeighbour(by: 1 | -1): Promise<void> {
  const { active, studyIds } = useSession.getState()
  const { source } = tileAt(active).state
  if (!source) return
  const { studyId } = source.study
  const own = await stopsOf(studyId)
  const at = own.findIndex(({ series, setKey }) =>
    setKey === undefined ? series.seriesId === source.series.seriesId : setKey === source.set.key,
  )
  const nextStudyId = studyIds[studyIds.indexOf(studyId) + by]
  const next =
    own[at + by] ?? (nextStudyId === undefined ? undefined : (await stopsOf(nextStudyId)).at(by > 0 ? 0 : -1))
  if (!next) return
  await openSeries(active, next.study, next.series, next)
  playClips([active])
}

async function stopsOf(studyId: number): Promise<Stop[]> {
  const [[study], series] = await Promise.all([fetchStudies([studyId]), fetchSeries(studyId)])
  if (!study) return []
  const sets = await Promise.all(
    series.map(async (each): Promise<Stop[]> => {
      if (!isSplit(each)) return [{ study, series: each }]
      return (await setsOf(each)).map(({ key }) => ({ study, series: each, setKey: key }))
    }),
  )
  return sets.flat()
}
