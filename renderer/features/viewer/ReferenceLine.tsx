import { useStore } from 'zustand'
import { apply } from '../../viewer/camera.ts'
import { crossing, placed } from '../../viewer/planes.ts'
import { tileAt, useSession } from '../../viewer/session.ts'
import type { Tile } from '../../viewer/tile.ts'
import css from './ReferenceLine.module.css'
import { useTileParts } from './useTile.ts'

/** Where the slice of the active tile cuts this one. */
export function ReferenceLine({ tile }: { tile: Tile }) {
  const { active, referenceLines } = useSession()
  const leader = tileAt(active)
  const other = useStore(leader.store, ({ stack, index }) => stack[index])
  const { imageToCanvas, stack, index } = useTileParts(tile, ({ imageToCanvas, stack, index }) => ({
    imageToCanvas,
    stack,
    index,
  }))
  const own = stack[index]
  if (!referenceLines || leader === tile || !imageToCanvas || !own || !other) return null
  const [on, by] = [placed(own), placed(other)]
  const line = on && by && crossing(on, by)
  if (!line) return null
  const [[x1, y1], [x2, y2]] = [apply(imageToCanvas, line[0]), apply(imageToCanvas, line[1])]
  return (
    <svg className={css.layer} aria-hidden="true" data-reference-line="">
      <path className={css.halo} d={`M${x1} ${y1}L${x2} ${y2}`} />
      <path className={css.line} d={`M${x1} ${y1}L${x2} ${y2}`} />
    </svg>
  )
}
