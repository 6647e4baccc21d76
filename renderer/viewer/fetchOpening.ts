import type { SeriesRow } from '#shared/contract/studies.ts'
import type { StudyOpening } from '#shared/contract/viewer.ts'
import type { SeriesImage } from '#shared/imaging/displaySets.ts'
import { queryClient } from '../api/queryClient.ts'
import { callQuery } from '../api/useQueryOperation.ts'
import { fetchAgain } from './fetchAgain.ts'
import { earlierKey, imagesKey } from './fetchStudies.ts'

const openingKey = (studyId: number) => ['studies', 'opening', { studyId }] as const

/** All that the first picture of a study needs, in one question. What asks for parts of it finds them answered. */
export function fetchOpening(studyId: number): Promise<StudyOpening> {
  return fetchAgain(openingKey(studyId), async (signal) => {
    const opening = await callQuery('viewer', 'opening', { studyId }, signal)
    // News that came meanwhile have cancelled this: it may be old already.
    signal.throwIfAborted()
    spread(studyId, opening)
    return opening
  })
}

function spread(studyId: number, { study, series, earlier, images }: StudyOpening): void {
  if (!study) return
  queryClient.setQueryData(['studies', 'get', { studyIds: [studyId] }], [study])
  queryClient.setQueryData(['studies', 'series', { studyId }], series)
  queryClient.setQueryData(earlierKey(studyId), earlier)
  for (const { seriesId, whole, images: all } of images) {
    const own = series.find((each) => each.seriesId === seriesId)
    if (own && whole) queryClient.setQueryData(imagesKey(own), all)
  }
}

/** An image of a series as far as its opening told of it: the first, or the one named. */
export function openingImage(series: SeriesRow, instanceId?: number): SeriesImage | undefined {
  const state = queryClient.getQueryState<StudyOpening>(openingKey(series.studyId))
  if (!state?.data || state.isInvalidated) return undefined
  const begun = state.data.images.find(({ seriesId }) => seriesId === series.seriesId)?.images
  return instanceId === undefined ? begun?.[0] : begun?.find((each) => each.instanceId === instanceId)
}
