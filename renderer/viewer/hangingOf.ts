import {
  anyMatch,
  anyTile,
  type HangingMatch,
  type HangingProtocol,
  type HangingTile,
} from '#shared/imaging/hangingProtocol.ts'
import { fetchSeries } from './fetchStudies.ts'
import { hangingItems, type OpenableItem } from './hangingItems.ts'
import { tiles, useSession } from './session.ts'
import type { Tile } from './tile.ts'

/** The layout as it stands, ready to be named and kept. Undefined where nothing is shown. */
export async function hangingOf(): Promise<Omit<HangingProtocol, 'protocolId' | 'name' | 'enabled'> | undefined> {
  const { layout, link } = useSession.getState()
  const shown = tiles.slice(0, layout.rows * layout.columns)
  const studies = [
    ...new Map(
      shown.flatMap(({ state: { source } }) => (source ? [[source.study.studyId, source.study]] : [])),
    ).values(),
  ]
  // The newest is the one that is read; the others were made before it.
  const newestFirst = studies.sort((a, b) => (whenOf(a) < whenOf(b) ? 1 : -1))
  const [main] = newestFirst
  if (!main) return undefined
  const items = (
    await Promise.all(
      newestFirst.map(async (study, prior) => hangingItems(study, await fetchSeries(study.studyId), prior)),
    )
  ).flat()
  const described = shown.map((tile) => tileOf(tile, items))
  const own = items.filter((item) => item.prior === 0 && described.some((tile) => tile?.modality === item.modality))
  const shownModalities = [...new Set(described.flatMap((tile) => (tile ? [tile.modality] : [])))]
  const match: HangingMatch = {
    ...anyMatch,
    modality: shownModalities.join(' + '),
    bodyPart: [...new Set(own.map(({ bodyPart }) => bodyPart).filter(Boolean))].join(', '),
    view: [...new Set(described.flatMap((tile) => (tile?.view ? [tile.view] : [])))].join(', '),
    species: main.species || 'person',
    atLeast: Math.max(1, described.filter((tile) => tile?.prior === 0).length),
    priors: Math.min(3, newestFirst.length - 1),
  }
  return { match, layout, tiles: described, link }
}

const whenOf = ({ studyDate, studyTime }: { studyDate: string; studyTime: string }) => `${studyDate}${studyTime}`

function tileOf(tile: Tile, items: readonly OpenableItem[]): HangingTile | null {
  const { source, camera, window, windowChosen, inverted } = tile.state
  const { current } = tile
  if (!source || !current) return null
  const ofSeries = items.filter(({ series }) => series.seriesId === source.series.seriesId)
  const item =
    ofSeries.find(({ choose }) => choose.instanceId === current.instanceId) ??
    ofSeries.find(({ choose }) => choose.setKey === source.set.key) ??
    ofSeries[0]
  if (!item) return null
  const { prior, modality, view } = item
  const laterality = item.laterality === 'L' || item.laterality === 'R' ? item.laterality : ''
  // A view says more than what somebody called the series; without one its name tells stacks apart.
  const description = view === '' ? item.description.replaceAll(',', ' ').slice(0, 200) : ''
  const alike = items.filter(
    (each) =>
      each.prior === prior &&
      each.modality === modality &&
      (view === '' ? each.description === item.description : each.view === view) &&
      (laterality === '' || each.laterality === laterality),
  )
  return {
    ...anyTile,
    ...{ prior, modality, view, laterality, description, nth: Math.max(0, alike.indexOf(item)) },
    window: windowChosen ? { center: window.center, width: Math.max(window.width, Number.MIN_VALUE) } : null,
    inverted,
    rotation: camera.rotation,
    flippedColumns: camera.flippedColumns,
    flippedRows: camera.flippedRows,
  }
}
