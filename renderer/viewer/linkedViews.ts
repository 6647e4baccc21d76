import { useMpr } from './mpr/mprState.ts'
import { tiles, useSession } from './session.ts'
import type { Tile, TileState } from './tile.ts'

let following = false

/**
 * From now on the planes of a volume, and its stack beside them, have one window; where a person wants it, window, zoom and
 * place of the active tile are those of every tile like it.
 */
export function linkViews(): void {
  for (const tile of tiles) {
    let before = tile.state
    tile.store.subscribe((state) => {
      const changed = state.source === before.source && differs(state, before)
      before = state
      const { active } = useSession.getState()
      if (changed && !following && tiles[active] === tile) takeAlong(tile)
    })
  }
}

const differs = (a: TileState, b: TileState) =>
  a.camera.zoom !== b.camera.zoom ||
  a.camera.center !== b.camera.center ||
  a.inverted !== b.inverted ||
  a.windowChosen !== b.windowChosen ||
  (a.windowChosen && a.window !== b.window)

function takeAlong(leader: Tile): void {
  const { layout, viewsLinked } = useSession.getState()
  const { camera, window, windowChosen, inverted } = leader.state
  following = true
  try {
    for (const tile of tiles.slice(0, layout.rows * layout.columns)) {
      const isLinked = viewsLinked && isLike(tile, leader)
      if (tile === leader || !(isLinked || isOfOneVolume(tile, leader))) continue
      const own = tile.state
      // Each keeps its turns and flips: a share of the image is the same place however it lies.
      if (isLinked && (own.camera.zoom !== camera.zoom || own.camera.center !== camera.center))
        tile.setCamera({ ...own.camera, zoom: camera.zoom, center: camera.center })
      if (own.windowChosen !== windowChosen || (windowChosen && own.window !== window))
        tile.setWindow(windowChosen ? window : undefined)
      if (own.inverted !== inverted) tile.invert()
    }
  } finally {
    following = false
  }
}

/** Cut out of one stack, or the stack itself, while planes of it are there. */
function isOfOneVolume(one: Tile, other: Tile): boolean {
  if (useMpr.getState().state === 'off') return false
  const [series, its] = [one.state.source?.series.seriesId, other.state.source?.series.seriesId]
  return series !== undefined && series === its
}

/** Whose values have the same meaning. */
function isLike({ current: one }: Tile, { current: other }: Tile): boolean {
  if (!one || !other) return false
  return (
    one.image.modality === other.image.modality &&
    (one.image.samples.type === 'rgb8') === (other.image.samples.type === 'rgb8') &&
    one.image.reformat === undefined &&
    other.image.reformat === undefined
  )
}
