import type { SeriesRow, StudyRow } from '#shared/contract/studies.ts'
import { type DisplaySet, displaySets } from '#shared/imaging/displaySets.ts'
import { queryClient } from '../api/queryClient.ts'
import { callQuery } from '../api/useQueryOperation.ts'
import { showIn, tileAt } from './session.ts'

/** Images of a series change only when more arrive: `instances` in the key asks anew then. */
export function seriesImagesQuery(series: SeriesRow) {
  return {
    queryKey: ['studies', 'images', series.seriesId, series.instances],
    queryFn: ({ signal }: { signal: AbortSignal }) =>
      callQuery('studies', 'images', { seriesId: series.seriesId }, signal),
    staleTime: Number.POSITIVE_INFINITY,
  }
}

/** More frames than instances, in several instances: clips among them, each a stack of its own. */
export function isSplit({ frames, instances }: SeriesRow): boolean {
  return frames > instances && instances > 1
}

export async function setsOf(series: SeriesRow): Promise<DisplaySet[]> {
  return displaySets(series.seriesId, await queryClient.fetchQuery(seriesImagesQuery(series)))
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
