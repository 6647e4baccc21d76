import { Pause, Play } from 'lucide-react'
import { IconButton } from '../../ui/IconButton.tsx'
import { Menu } from '../../ui/Menu.tsx'
import { CINE_SPEEDS } from '../../viewer/cine.ts'
import type { Tile } from '../../viewer/tile.ts'
import css from './CineControls.module.css'
import { useTileParts } from './useTile.ts'

/** On every clip, and on any stack that plays. */
export function CineControls({ tile }: { tile: Tile }) {
  const { clip, playing, speed, frameTimeMs, several } = useTileParts(tile, ({ source, playing, speed, stack }) => ({
    clip: source?.set.clip ?? false,
    playing,
    speed,
    frameTimeMs: stack[0]?.image.frameTimeMs ?? null,
    several: stack.some(({ image }) => image.obstacle === null) && stack.length > 1,
  }))
  if (!several || !(clip || playing)) return null
  const rate = frameTimeMs ? `${Number((1000 / frameTimeMs).toFixed(1))} frames/s` : undefined
  return (
    <div className={css.controls}>
      <IconButton
        label={playing ? 'Pause' : 'Play'}
        keyHint="Space"
        icon={playing ? Pause : Play}
        size="small"
        tooltipSide="top"
        onClick={() => tile.cine.toggle()}
      />
      <Menu
        minWidth={140}
        trigger={
          <button type="button" className={css.speed} aria-label={`Speed ${speed} times`}>
            {speed}×
          </button>
        }
        items={CINE_SPEEDS.map((each) => ({
          label: `${each}×`,
          note: each === 1 ? rate : undefined,
          checked: each === speed,
          onSelect: () => tile.cine.setSpeed(each),
        }))}
      />
    </div>
  )
}
