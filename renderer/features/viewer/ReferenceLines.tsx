import { useStore } from 'zustand'
import type { ReformatAxis } from '#shared/imaging/reformatPlanes.ts'
import { apply } from '../../viewer/camera.ts'
import { useMpr } from '../../viewer/mpr/mprState.ts'
import { crossing, type Placed, placed } from '../../viewer/planes.ts'
import { tileAt, tiles, useSession } from '../../viewer/session.ts'
import type { Tile } from '../../viewer/tile.ts'
import { useWindows } from '../../viewer/windows/windows.ts'
import css from './ReferenceLines.module.css'
import { useTileParts } from './useTile.ts'

/** Where the slice of the active tile, here and in other windows, cuts this one; of a volume, where its other planes do. */
export function ReferenceLines({ tile }: { tile: Tile }) {
  const { active, referenceLines, layout } = useSession()
  const others = useWindows((windows) => windows.others)
  const isPlane = useTileParts(tile, ({ stack, index }) => ({ is: stack[index]?.image.reformat !== undefined })).is
  const isCut = useMpr(({ state }) => state !== 'off')
  if (!referenceLines) return null
  const visible = tiles.slice(0, layout.rows * layout.columns)
  const planes = isCut ? visible.filter((each) => each.current?.image.reformat) : []
  // Beside planes a stack, or the PET, shows where all of them are: the point that they meet in.
  const own = isPlane || planes.includes(tileAt(active)) ? [] : [tileAt(active)]
  const leaders = [...planes, ...own]
  return (
    <>
      {leaders.map((leader) =>
        leader === tile ? null : <LineOfTile key={visible.indexOf(leader)} tile={tile} leader={leader} />,
      )}
      {[...others].map(([from, { slice }]) =>
        slice ? <ReferenceLine key={from} tile={tile} by={slice} plane={undefined} elsewhere /> : null,
      )}
    </>
  )
}

function LineOfTile({ tile, leader }: { tile: Tile; leader: Tile }) {
  const other = useStore(leader.store, ({ stack, index }) => stack[index])
  const by = other && placed(other)
  return by ? <ReferenceLine tile={tile} by={by} plane={other.image.reformat?.axis} /> : null
}

interface ReferenceLineProps {
  tile: Tile
  by: Placed
  plane: ReformatAxis | undefined
  /** Of another window. */
  elsewhere?: boolean
}

function ReferenceLine({ tile, by, plane, elsewhere = false }: ReferenceLineProps) {
  const { imageToCanvas, stack, index } = useTileParts(tile, ({ imageToCanvas, stack, index }) => ({
    imageToCanvas,
    stack,
    index,
  }))
  const own = stack[index]
  if (!imageToCanvas || !own) return null
  const on = placed(own)
  const line = on && crossing(on, by)
  if (!line) return null
  const [[x1, y1], [x2, y2]] = [apply(imageToCanvas, line[0]), apply(imageToCanvas, line[1])]
  return (
    <svg className={css.layer} aria-hidden="true" data-reference-line="" data-plane={plane} data-elsewhere={elsewhere}>
      <path className={css.halo} d={`M${x1} ${y1}L${x2} ${y2}`} />
      <path className={css.line} d={`M${x1} ${y1}L${x2} ${y2}`} />
    </svg>
  )
}
