import type { SeriesRow, StudyRow } from '#shared/contract/studies.ts'
import { frameBytes } from '#shared/imaging/frameOf.ts'
import { queryClient } from '../api/queryClient.ts'
import { onAim } from '../app/aim.ts'
import { useNavigation } from '../app/navigation.ts'
import { bringFirst } from './bringFirst.ts'
import { fetchOpening, openingImage } from './fetchOpening.ts'
import { toBeHung } from './hangStudy.ts'
import { firstToShow } from './openOnLightBox.ts'
import { setsOf } from './openSeries.ts'
import { loadAhead } from './session.ts'

let looked: number | undefined

/** Of the pictures that hang first; the very first one always. */
const AHEAD_BYTES = 32 * 2 ** 20

/**
 * The study that a hand goes down on, and the one that the list shows the series of, is the one most likely opened next:
 * what its first pictures need is fetched while the person still looks at the list. Once a study: one that is just being
 * received changes all the time.
 */
export function prepareSelected(): void {
  onAim(look)
  queryClient.getQueryCache().subscribe(({ type, query }) => {
    if (type === 'observerAdded' && useNavigation.getState().page === 'studies')
      look(studyOfSeriesQuery(query.queryKey))
  })
}

function look(studyId: number | undefined): void {
  if (studyId === undefined || studyId === looked) return
  looked = studyId
  // What fails here fails again, and is said, when the study is opened.
  prepare(studyId).catch(() => {})
}

async function prepare(studyId: number): Promise<void> {
  bringFirst(studyId)
  const { study, series } = await fetchOpening(studyId)
  if (!study || looked !== studyId) return
  const shown = await shownFirst(study, series)
  if (looked !== studyId) return
  let room = AHEAD_BYTES
  loadAhead(
    shown.flatMap(({ series: own, instanceId }, at) => {
      const found = openingImage(own, instanceId)
      if (!found || found.image.obstacle !== null) return []
      const bytes = frameBytes(found.image)
      room -= bytes
      return at === 0 || room >= 0 ? { instanceId: found.instanceId, frame: 0, bytes } : []
    }),
  )
  await idle()
  const [first] = shown
  if (first && looked === studyId) await setsOf(first.series)
}

async function shownFirst(
  study: StudyRow,
  series: readonly SeriesRow[],
): Promise<{ series: SeriesRow; instanceId?: number | undefined }[]> {
  const items = await toBeHung(study, series)
  if (items.length > 0) return items.map(({ series: own, choose }) => ({ series: own, instanceId: choose.instanceId }))
  const first = firstToShow(series)
  return first ? [{ series: first }] : []
}

/** What the other images are can wait until the list is drawn. */
function idle(): Promise<void> {
  return new Promise((resolve) => requestIdleCallback(() => resolve(), { timeout: 300 }))
}

function studyOfSeriesQuery([feature, verb, input]: readonly unknown[]): number | undefined {
  if (feature !== 'studies' || verb !== 'series' || typeof input !== 'object' || input === null) return undefined
  return 'studyId' in input && typeof input.studyId === 'number' ? input.studyId : undefined
}
