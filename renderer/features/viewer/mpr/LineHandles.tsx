import { useStore } from 'zustand'
import { useMpr } from '../../../viewer/mpr/mprState.ts'
import { tileAt, useSession } from '../../../viewer/session.ts'
import type { Tile } from '../../../viewer/tile.ts'
import { useTileParts } from '../useTile.ts'
import { lineHandles } from './lineHandles.ts'
import css from './Mpr.module.css'

/** Where the lines of the other planes can be taken hold of, to turn those planes. */
export function LineHandles({ tile }: { tile: Tile }) {
  const isOn = useMpr(({ state }) => state !== 'off')
  const shown = useSession((state) => state.referenceLines && state.maximised === undefined)
  const isPlane = useTileParts(tile, ({ stack, index }) => ({ is: stack[index]?.image.reformat !== undefined })).is
  return isOn && shown && isPlane ? <Handles tile={tile} /> : null
}

/** They follow all three planes. */
function Handles({ tile }: { tile: Tile }) {
  useTileParts(tile, ({ imageToCanvas, stack, index }) => ({ imageToCanvas, stack, index }))
  useStore(tileAt(0).store, ({ stack, index }) => stack[index])
  useStore(tileAt(2).store, ({ stack, index }) => stack[index])
  useStore(tileAt(3).store, ({ stack, index }) => stack[index])
  const found = lineHandles(tile)
  if (!found) return null
  return (
    <svg className={css.handles} aria-hidden="true">
      {found.handles.map(({ axis, at: [x, y] }, place) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: two of each line, in one order
        <g key={place} data-plane={axis} data-line-handle="">
          <circle className={css.under} cx={x} cy={y} r={5.5} />
          <circle className={css.handle} cx={x} cy={y} r={5.5} />
        </g>
      ))}
    </svg>
  )
}
