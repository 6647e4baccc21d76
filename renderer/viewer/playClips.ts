import { tiles, useSession } from './session.ts'

/** Clips that a person has just put up play by themselves; not for whoever wants nothing to move. */
export function playClips(positions?: readonly number[]): void {
  if (matchMedia('(prefers-reduced-motion: reduce)').matches) return
  const { layout } = useSession.getState()
  for (const [position, tile] of tiles.slice(0, layout.rows * layout.columns).entries()) {
    if (positions && !positions.includes(position)) continue
    if (tile.state.source?.set.clip && !tile.state.playing) tile.cine.play()
  }
}
