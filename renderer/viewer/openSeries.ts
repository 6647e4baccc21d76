import type { SeriesRow, StudyRow } from '#shared/contract/studies.ts'
import { type DisplaySet, displaySets } from '#shared/imaging/displaySets.ts'
import { queryClient } from '../api/queryClient.ts'
import { openingImage } from './fetchOpening.ts'
import { fetchImages, imagesKey } from './fetchStudies.ts'
import { nextPaint } from './nextPaint.ts'
import { showIn, tileAt } from './session.ts'
import type { TileSource } from './tile.ts'

/** More frames than instances, in several instances: clips among them, each a stack of its own. */
export function isSplit({ frames, instances }: SeriesRow): boolean {
  return frames > instances && instances > 1
}

export async function setsOf(series: SeriesRow): Promise<DisplaySet[]> {
  return displaySets(series.seriesId, await fetchImages(series))
}

const turns = new Map<number, number>()

/**
 * As `openSeries`, but does not wait for what the other images of a long stack are: its first one is shown where that is
 * known, and the stack grows once it is on the screen. `whole` says when.
 */
export async function beginSeries(
  position: number,
  study: StudyRow,
  series: SeriesRow,
  choose: { setKey?: string; instanceId?: number } = {},
): Promise<{ whole: Promise<void> }> {
  const begun = choose.setKey === undefined && choose.instanceId === undefined ? beginningOf(study, series) : undefined
  if (!begun) {
    await openSeries(position, study, series, choose)
    return { whole: Promise.resolve() }
  }
  const turn = nextTurn(position)
  showIn(position, begun)
  const grow = async () => {
    await nextPaint()
    const set = (await setsOf(series)).find(({ key }) => key === begun.set.key)
    const tile = tileAt(position)
    if (set && turns.get(position) === turn && tile.state.source === begun) tile.grow({ study, series, set })
  }
  return { whole: grow() }
}

/** The first image alone, where no more is known of a stack that has more. */
function beginningOf(study: StudyRow, series: SeriesRow): TileSource | undefined {
  if (series.instances < 2 || isSplit(series) || queryClient.getQueryData(imagesKey(series))) return undefined
  const first = openingImage(series)
  const [set] = first ? displaySets(series.seriesId, [first]) : []
  return set && { study, series, set, total: series.frames }
}

function nextTurn(position: number): number {
  const turn = (turns.get(position) ?? 0) + 1
  turns.set(position, turn)
  return turn
}

/** Shows a series in a tile: its first stack, or the one named. The last call for a tile wins. */
export async function openSeries(
  position: number,
  study: StudyRow,
  series: SeriesRow,
  choose: { setKey?: string; instanceId?: number; frame?: number } = {},
): Promise<void> {
  const turn = nextTurn(position)
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
