import type { SeriesRow, StudyRow } from '#shared/contract/studies.ts'
import { type DisplaySet, displaySets } from '#shared/imaging/displaySets.ts'
import { callQuery } from '../api/useQueryOperation.ts'
import { fetchAgain } from './fetchAgain.ts'
import { showIn, tileAt } from './session.ts'

/** More frames than instances, in several instances: clips among them, each a stack of its own. */
export function isSplit({ frames, instances }: SeriesRow): boolean {
  return frames > instances && instances > 1
}

export async function setsOf(series: SeriesRow): Promise<DisplaySet[]> {
  const { seriesId, instances } = series
  // Images of a series change only when more arrive: `instances` in the key asks anew then.
  const images = await fetchAgain(['studies', 'images', seriesId, instances], (signal) =>
    callQuery('studies', 'images', { seriesId }, signal),
  )
  return displaySets(seriesId, images)
}

const turns = new Map<number, number>()

/** Shows a series in a tile: its first stack, or the one named. The last call for a tile wins. */
export async function openSeries(
  position: number,
  study: StudyRow,
  series: SeriesRow,
  choose: { setKey?: string; instanceId?: number; frame?: number } = {},
): Promise<void> {
  const turn = (turns.get(position) ?? 0) + 1
  turns.set(position, turn)
  const sets = await setsOf(series)
  if (turns.get(position) !== turn) return
  const set =
    sets.find(({ key, images }) =>
      choose.instanceId === undefined
        ? key === choose.setKey
        : images.some(({ instanceId }) => instanceId === choose.instanceId),
    ) ?? sets[0]
  if (!set) {
    tileAt(position).close()
    return
  }
  showIn(position, { study, series, set })
  const { stack } = tileAt(position).state
  const index = stack.findIndex(
    ({ instanceId, frame }) => instanceId === choose.instanceId && frame === (choose.frame ?? 0),
  )
  if (index > 0) tileAt(position).goTo(index)
}
