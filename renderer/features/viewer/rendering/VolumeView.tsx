import { useEffect, useRef, useState } from 'react'
import { axisNames } from '#shared/imaging/anatomicalDirections.ts'
import { lettersOfDirection } from '#shared/imaging/orientationLetters.ts'
import { valueUnit } from '#shared/imaging/valueUnit.ts'
import { times } from '#shared/imaging/vector.ts'
import { CanvasPainter } from '../../../viewer/rendering/canvasPainter.ts'
import { askPicture, drawRendering, pictureSize, useRendering } from '../../../viewer/rendering/rendering.ts'
import type { Tile } from '../../../viewer/tile.ts'
import { patientDetails, patientName } from '../overlayText.ts'
import { useTile } from '../useTile.ts'
import { CropLayer } from './CropLayer.tsx'
import { presetsFor } from './presetLabels.ts'
import css from './Rendering.module.css'
import { bindHand } from './turnByHand.ts'
import { VolumeControls } from './VolumeControls.tsx'

/** The stack of the tile in three dimensions, in place of its picture. */
export function VolumeView({ tile, position }: { tile: Tile; position: number }) {
  const isHere = useRendering((state) => state.position === position)
  return isHere ? <Shown tile={tile} /> : null
}

function Shown({ tile }: { tile: Tile }) {
  const root = useRef<HTMLDivElement>(null)
  const canvas = useRef<HTMLCanvasElement>(null)
  const study = useTile(tile, (state) => state.source?.study)
  const { preset, facing, notices, loaded, total, image } = useRendering()
  const [isWhole, setIsWhole] = useState(false)
  useEffect(() => (root.current ? bindHand(root.current) : undefined), [])
  useEffect(() => root.current?.focus({ preventScroll: true }), [])
  useEffect(() => (root.current && canvas.current ? paint(root.current, canvas.current, setIsWhole) : undefined), [])
  const names = image && axisNames(image)
  const letters = (way: readonly [number, number, number], sign: 1 | -1) =>
    names ? lettersOfDirection(times(way, sign), names) : ''
  const label = image && presetsFor(valueUnit(image)).find((each) => each.preset === preset)?.label
  const ready = loaded === total
  return (
    <div
      ref={root}
      className={css.view}
      data-own-pointer=""
      data-drawn={ready && isWhole ? 'whole' : 'coarse'}
      role="application"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: it takes keys of its own
      tabIndex={0}
      aria-label={`3D view, ${label}. Arrows turn it, with Shift they move it, plus and minus zoom, 0 resets, C crops, Esc closes.`}
    >
      <canvas ref={canvas} className={css.canvas} />
      <CropLayer />
      <div className={css.who}>
        <b>{study && patientName(study)}</b>
        <span>{study && [study.patientId, patientDetails(study)].filter(Boolean).join(', ')}</span>
        <span>3D, {label}</span>
        {notices.map((notice) => (
          <span key={notice} className={css.notice} role="note">
            {notice}
          </span>
        ))}
        {!ready && (
          <span role="status">
            Building the volume, {loaded} of {total} images
          </span>
        )}
      </div>
      <span className={css.top}>{letters(facing.down, -1)}</span>
      <span className={css.bottom}>{letters(facing.down, 1)}</span>
      <span className={css.left}>{letters(facing.right, -1)}</span>
      <span className={css.right}>{letters(facing.right, 1)}</span>
      <VolumeControls />
    </div>
  )
}

/** Asks for a picture whenever the view has changed, once for each frame of the screen. */
function paint(root: HTMLElement, canvas: HTMLCanvasElement, onWhole: (isWhole: boolean) => void): () => void {
  let frame = 0
  const workers = drawRendering((part) => {
    if (painter.take(part)) onWhole(true)
  })
  const painter = new CanvasPainter(canvas, workers)
  const ask = () => {
    frame = 0
    const ratio = window.devicePixelRatio || 1
    const size = pictureSize(root.clientWidth * ratio, root.clientHeight * ratio)
    if (canvas.width !== size.width || canvas.height !== size.height) {
      canvas.width = size.width
      canvas.height = size.height
    }
    onWhole(false)
    askPicture(size)
  }
  const later = () => {
    frame ||= requestAnimationFrame(ask)
  }
  const stop = useRendering.subscribe((state, before) => {
    const { preset, facing, zoom, pan, crop } = before
    if ([preset, facing, zoom, pan, crop].some((part, at) => part !== now(state)[at])) later()
  })
  const observer = new ResizeObserver(later)
  observer.observe(root)
  return () => {
    cancelAnimationFrame(frame)
    observer.disconnect()
    stop()
  }
}

const now = ({ preset, facing, zoom, pan, crop }: ReturnType<typeof useRendering.getState>) => [
  ...[preset, facing, zoom, pan, crop],
]
