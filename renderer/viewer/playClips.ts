import { tiles, useSession } from './session.ts'

/** Asked once: a browser keeps each question as long as the page. */
let stillness: MediaQueryList | undefined

/** Clips that a person has just put up play by themselves; not for whoever wants nothing to move. */
export function playClips(positions?: readonly number[]): void {
  stillness ??= matchMedia('(prefers-reduced-motion: reduce)')
  if (stillness.matches) return
  const { layout } = useSession.getState()
  for (const [position, tile] of tiles.slice(0, layout.rows * layout.columns).entries()) {
    if (positions && !positions.includes(position)) continue
    if (tile.state.source?.set.clip && !tile.state.playing) tile.cine.play()
  }
}
