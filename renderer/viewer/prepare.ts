import { frameBytes } from '#shared/imaging/frameOf.ts'
import { queryClient } from '../api/queryClient.ts'
import { useNavigation } from '../app/navigation.ts'
import { fetchEarlier } from './earlierStudies.ts'
import { fetchSeries, fetchStudies } from './fetchStudies.ts'
import { firstToShow } from './openOnLightBox.ts'
import { setsOf } from './openSeries.ts'
import { loadAhead } from './session.ts'

let looked: number | undefined

/**
 * The study that the list shows the series of is the one most likely opened next: what its first image needs is fetched
 * while the person still looks at the list. Once a study: one that is just being received changes all the time.
 */
export function prepareSelected(): void {
  queryClient.getQueryCache().subscribe(({ type, query }) => {
    if (type !== 'observerAdded' || useNavigation.getState().page !== 'studies') return
    const studyId = studyOfSeriesQuery(query.queryKey)
    if (studyId === undefined || studyId === looked) return
    looked = studyId
    // What fails here fails again, and is said, when the study is opened.
    prepare(studyId).catch(() => {})
  })
}

async function prepare(studyId: number): Promise<void> {
  // How it hangs may depend on them.
  void fetchEarlier(studyId).catch(() => {})
  void fetchStudies([studyId]).catch(() => {})
  const series = firstToShow(await fetchSeries(studyId))
  if (!series || looked !== studyId) return
  const [first] = (await setsOf(series))[0]?.images ?? []
  if (!first || first.image.obstacle !== null || looked !== studyId) return
  loadAhead({ instanceId: first.instanceId, frame: 0, bytes: frameBytes(first.image) })
}

function studyOfSeriesQuery([feature, verb, input]: readonly unknown[]): number | undefined {
  if (feature !== 'studies' || verb !== 'series' || typeof input !== 'object' || input === null) return undefined
  return 'studyId' in input && typeof input.studyId === 'number' ? input.studyId : undefined
}
