import { TriangleAlert } from 'lucide-react'
import { Button } from '../../ui/Button.tsx'
import type { Tile } from '../../viewer/tile.ts'
import css from './OverlayFailure.module.css'
import { useTileParts } from './useTile.ts'

/** An image without its overlay looks whole: what is missing is said on it. */
export function OverlayFailure({ tile }: { tile: Tile }) {
  const { isShown, overlayFailed } = useTileParts(tile, ({ status, overlayFailed }) => ({
    isShown: status === 'shown',
    overlayFailed,
  }))
  if (!isShown || !overlayFailed) return null
  return (
    <div className={css.failure} role="alert">
      <TriangleAlert size={16} strokeWidth={1.75} aria-hidden="true" />
      <span>The overlay of this image cannot be read.</span>
      <Button size="small" onClick={() => tile.retryOverlay()}>
        Try again
      </Button>
    </div>
  )
}
