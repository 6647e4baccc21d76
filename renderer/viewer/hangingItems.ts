import type { SeriesRow, StudyRow } from '#shared/contract/studies.ts'
import type { SeriesImage } from '#shared/imaging/displaySets.ts'
import type { HangingItem } from '#shared/imaging/hang.ts'
import { isSplit, setsOf } from './openSeries.ts'

/** What can be hung, and how to open it. */
export interface OpenableItem extends HangingItem {
  study: StudyRow
  series: SeriesRow
  choose: { setKey?: string; instanceId?: number }
}

/** In these each image is a view of its own, also where a device puts all of them into one series. */
const projections = new Set(['CR', 'DX', 'MG', 'IO', 'PX', 'RG'])
const MOST_VIEWS = 64

/** Of one study, in the order of its series. Images are only looked at where the rows of the series do not say enough. */
export async function hangingItems(
  study: StudyRow,
  series: readonly SeriesRow[],
  prior: number,
): Promise<OpenableItem[]> {
  const drawable = series.filter(({ thumbnailInstanceId }) => thumbnailInstanceId !== null)
  const items = await Promise.all(drawable.map((each) => itemsOf(study, each, prior)))
  return items.flat()
}

async function itemsOf(study: StudyRow, series: SeriesRow, prior: number): Promise<OpenableItem[]> {
  const { modality, bodyPart, description, frames } = series
  const of = { study, series, prior, modality, bodyPart, description }
  const byView = projections.has(modality) && series.instances <= MOST_VIEWS
  if (!byView && !isSplit(series)) return [{ ...of, view: '', laterality: '', frames, choose: {} }]
  const sets = await setsOf(series)
  const viewOf = ({ image }: SeriesImage) => ({
    view: image.viewPosition,
    laterality: image.laterality,
    bodyPart: bodyPart || (image.bodyPart ?? ''),
  })
  return sets.flatMap(({ key, images }): OpenableItem[] => {
    const [first] = images
    if (!first) return []
    if (!byView) {
      const total = images.reduce((sum, { image }) => sum + image.frames, 0)
      return [{ ...of, ...viewOf(first), frames: total, choose: { setKey: key } }]
    }
    return images
      .filter(({ image }) => image.obstacle === null)
      .map((each) => ({ ...of, ...viewOf(each), frames: 1, choose: { instanceId: each.instanceId } }))
  })
}
