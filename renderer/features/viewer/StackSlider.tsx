import { useRef } from 'react'
import type { Tile } from '../../viewer/tile.ts'
import css from './StackSlider.module.css'
import { useTileParts } from './useTile.ts'

/** Where in the stack this image is, and how much of the stack is here. Dragging goes through it. */
export function StackSlider({ tile }: { tile: Tile }) {
  const { index, total, loadedFrames } = useTileParts(tile, ({ index, stack, loadedFrames }) => ({
    index,
    // Frames of what cannot be shown are not gone through.
    total: stack.some(({ image }) => image.obstacle === null) ? stack.length : 0,
    loadedFrames,
  }))
  const track = useRef<HTMLDivElement>(null)
  if (total < 2) return null
  const goTo = (event: React.PointerEvent) => {
    const box = track.current?.getBoundingClientRect()
    if (!box || event.buttons !== 1) return
    tile.stopAt(((event.clientY - box.top) / box.height) * (total - 1))
  }
  return (
    <div
      ref={track}
      className={css.slider}
      role="slider"
      tabIndex={-1}
      aria-label="Image"
      aria-orientation="vertical"
      aria-valuemin={1}
      aria-valuemax={total}
      aria-valuenow={index + 1}
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId)
        goTo(event)
      }}
      onPointerMove={goTo}
    >
      <i className={css.track} />
      {loadedFrames < total && <i className={css.loaded} style={{ height: `${(loadedFrames / total) * 100}%` }} />}
      <i className={css.thumb} style={{ top: `${(index / (total - 1)) * 100}%` }} />
    </div>
  )
}
