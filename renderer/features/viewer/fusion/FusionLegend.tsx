import { useEffect, useRef } from 'react'
import { colourTable } from '#shared/imaging/colourMaps.ts'
import { number } from '#shared/imaging/measurementText.ts'
import { useFusion } from '../../../viewer/mpr/fusionState.ts'
import type { Tile } from '../../../viewer/tile.ts'
import { useTile } from '../useTile.ts'
import css from './Fusion.module.css'

/** What the colours over the picture stand for. */
export function FusionLegend({ tile }: { tile: Tile }) {
  const { state, upper, unit, colours, name } = useFusion()
  const isPlane = useTile(tile, ({ stack, index }) => stack[index]?.image.reformat !== undefined)
  const canvas = useRef<HTMLCanvasElement>(null)
  const isShown = state !== 'off' && isPlane
  useEffect(() => {
    const context = isShown ? canvas.current?.getContext('2d') : undefined
    if (!context) return
    const strip = new ImageData(1, 256)
    new Uint32Array(strip.data.buffer).set([...colourTable(colours)].reverse())
    context.putImageData(strip, 0, 0)
  }, [isShown, colours])
  if (!isShown) return null
  return (
    <div className={css.legend}>
      <span className={css.over}>{name}</span>
      <span>
        {unit} {number(upper)}
      </span>
      <canvas ref={canvas} width={1} height={256} role="img" aria-label="Colours of the PET" />
      <span>{state === 'building' ? 'PET comes' : '0'}</span>
    </div>
  )
}
