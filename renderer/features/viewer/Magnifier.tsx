import { useEffect, useRef } from 'react'
import type { Tile } from '../../viewer/tile.ts'
import css from './Magnifier.module.css'
import { useGlass } from './magnify.ts'

const GLASS_PX = 220
const TIMES = 3

/** Three times what the tile shows, from the pixels of the image itself, under the pointer while the button is held. */
export function Magnifier({ tile }: { tile: Tile }) {
  const at = useGlass((state) => (state.tile === tile ? state.at : undefined))
  const canvas = useRef<HTMLCanvasElement>(null)
  useEffect(() => {
    const context = canvas.current?.getContext('2d')
    const { view } = tile
    const { imageToCanvas } = tile.state
    if (!at || !context || !view || !imageToCanvas) return
    const ratio = window.devicePixelRatio || 1
    const zoom = TIMES * ratio
    const [a, b, c, d, e, f] = imageToCanvas
    const middle = (GLASS_PX * ratio) / 2
    context.setTransform(1, 0, 0, 1, 0, 0)
    context.fillStyle = '#000'
    context.fillRect(0, 0, GLASS_PX * ratio, GLASS_PX * ratio)
    context.setTransform(
      zoom * a,
      zoom * b,
      zoom * c,
      zoom * d,
      middle + zoom * (e - at[0]),
      middle + zoom * (f - at[1]),
    )
    view.paint(context)
  }, [at, tile])
  if (!at) return null
  const ratio = window.devicePixelRatio || 1
  return (
    <canvas
      ref={canvas}
      className={css.glass}
      width={GLASS_PX * ratio}
      height={GLASS_PX * ratio}
      aria-label={`Magnified ${TIMES} times`}
      role="img"
      style={{ left: at[0] - GLASS_PX / 2, top: at[1] - GLASS_PX / 2, width: GLASS_PX, height: GLASS_PX }}
    />
  )
}
