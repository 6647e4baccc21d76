import { useMpr } from '../../../viewer/mpr/mprState.ts'
import type { Tile } from '../../../viewer/tile.ts'
import { useTile } from '../useTile.ts'
import { degreesText, isTurned } from './degreesText.ts'
import css from './Mpr.module.css'
import { planeName } from './planeNames.ts'
import { slabText } from './slabText.ts'

/** Which plane this is, how thick, and what was corrected or left out to make it. */
export function MprLabels({ tile }: { tile: Tile }) {
  const { state, loaded, total, slab, turned, lean, notices, animal } = useMpr()
  const axis = useTile(tile, ({ stack, index }) => stack[index]?.image.reformat?.axis)
  if (!axis || state === 'off') return null
  return (
    <div className={css.labels}>
      <span className={css.name} data-plane={axis}>
        <i aria-hidden="true" />
        {planeName(axis, animal)}
        {isTurned(turned[axis]) && `, turned ${degreesText(turned[axis])}`}
        {slab.thickness > 0 && `, ${slabText(slab)}`}
      </span>
      {isTurned(lean[axis]) && <span className={css.angle}>Lines at {degreesText(lean[axis])}</span>}
      {notices.map((notice) => (
        <span key={notice} className={css.notice} role="note">
          {notice}
        </span>
      ))}
      {state === 'building' && (
        <span className={css.building} role="status">
          Building the volume, {loaded} of {total} images
        </span>
      )}
    </div>
  )
}
