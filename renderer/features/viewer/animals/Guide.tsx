import { measurementKind } from '#shared/imaging/measuredValue.ts'
import { useSession } from '../../../viewer/session.ts'
import type { Tile } from '../../../viewer/tile.ts'
import { useDraft } from '../drawing.ts'
import { useTile } from '../useTile.ts'
import css from './Animals.module.css'
import { stepText } from './steps.ts'

/** Which landmark comes next, over the active tile. */
export function Guide({ tile, position }: { tile: Tile; position: number }) {
  const tool = useSession((state) => (state.active === position ? state.tool : undefined))
  const placed = useDraft(({ draft }) => (draft?.tile === tile ? draft.points.length - 1 : 0))
  const shown = useTile(tile, ({ status }) => status === 'shown')
  const kind = measurementKind.safeParse(tool)
  const next = kind.success && shown ? stepText(kind.data, placed) : undefined
  if (!next) return null
  return (
    <div className={css.guide} role="status">
      <b>{next.of}</b>
      <span>{next.step}</span>
      <small>{placed > 0 ? 'Backspace takes one back, Esc stops.' : 'Measurement aid.'}</small>
    </div>
  )
}
