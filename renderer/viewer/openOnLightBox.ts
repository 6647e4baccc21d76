import type { SeriesRow } from '#shared/contract/studies.ts'
import { queryClient } from '../api/queryClient.ts'
import { useNavigation } from '../app/navigation.ts'
import { bringFirst } from './bringFirst.ts'
import { fetchOpening } from './fetchOpening.ts'
import { fetchSeries, fetchStudies } from './fetchStudies.ts'
import { hangStudy } from './hangStudy.ts'
import { loadMeasurements } from './keepMeasurements.ts'
import { beginSeries, setsOf } from './openSeries.ts'
import { playClips } from './playClips.ts'
import { frames, openStudies, tiles, useSession } from './session.ts'

/** A picture that takes longer comes after what is known of it. */
const PICTURE_MS = 60

/** The first with a picture. */
export function firstToShow(series: readonly SeriesRow[]): SeriesRow | undefined {
  return series.find((each) => each.thumbnailInstanceId !== null) ?? series[0]
}

/**
 * Takes the light box for these studies: one alone as its hanging protocol says; several, or where a series is named, each
 * with its first series that has a picture, or the one named.
 */
export async function openOnLightBox(studyIds: readonly number[], seriesId?: number): Promise<void> {
  openStudies(studyIds)
  const places = useSession.getState().layout.columns
  const [single, another] = studyIds
  if (single !== undefined && another === undefined) {
    if (seriesId === undefined) bringFirst(single)
    // What fails is asked for again below, and says why.
    await fetchOpening(single).catch(() => {})
    // What stands over the picture is set up with it: set up before, the picture would wait for that.
    if (seriesId === undefined) await frames.brought(PICTURE_MS)
  }
  if (useSession.getState().studyIds !== studyIds) return
  const [rows, ...series] = await Promise.all([
    fetchStudies(studyIds),
    ...studyIds.slice(0, places).map((studyId) => fetchSeries(studyId)),
  ])
  if (useSession.getState().studyIds !== studyIds) return
  const [only] = rows
  if (only && another === undefined && seriesId === undefined) {
    const stillWanted = () => useSession.getState().studyIds[0] === only.studyId
    if (await hangStudy(only, series[0] ?? [], stillWanted)) {
      playClips()
      return
    }
    if (!stillWanted()) return
  }
  const begun = await Promise.all(
    series.map(async (ofStudy, place) => {
      const study = rows.find((row) => row.studyId === studyIds[place])
      const chosen = ofStudy.find((each) => each.seriesId === seriesId) ?? firstToShow(ofStudy)
      return study && chosen ? beginSeries(place, study, chosen) : undefined
    }),
  )
  useSession.setState({ active: 0 })
  await Promise.all(begun.map((each) => each?.whole))
  playClips()
}

/** As if the open studies were opened for the first time. */
export async function hangAnew(): Promise<void> {
  const { studyIds } = useNavigation.getState().viewer
  await openOnLightBox([...studyIds])
  await loadMeasurements(useSession.getState().studyIds)
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
