import { useEffect, useRef, useState } from 'react'
import { showFailure } from '../../app/showFailure.ts'
import { openDropped, seriesDragType } from '../../viewer/dragSeries.ts'
import { activate, toggleMaximised, useSession } from '../../viewer/session.ts'
import type { Tile } from '../../viewer/tile.ts'
import { Guide } from './animals/Guide.tsx'
import { CineControls } from './CineControls.tsx'
import { FusionLegend } from './fusion/FusionLegend.tsx'
import { Magnifier } from './Magnifier.tsx'
import { MeasurementLayer } from './MeasurementLayer.tsx'
import { LineHandles } from './mpr/LineHandles.tsx'
import { MprLabels } from './mpr/MprLabels.tsx'
import { OverlayFailure } from './OverlayFailure.tsx'
import { Overlays } from './Overlays.tsx'
import { seriesTitle } from './overlayText.ts'
import { bindPointer, isMeasuring } from './pointer.ts'
import { ReferenceLines } from './ReferenceLines.tsx'
import { VolumeView } from './rendering/VolumeView.tsx'
import { KeyMark } from './reports/KeyMark.tsx'
import { ReportLayer } from './reports/ReportLayer.tsx'
import { StackSlider } from './StackSlider.tsx'
import { TileMessage } from './TileMessage.tsx'
import css from './TileView.module.css'
import { useTile } from './useTile.ts'

export function TileView({ tile, position }: { tile: Tile; position: number }) {
  const root = useRef<HTMLElement>(null)
  const picture = useRef<HTMLDivElement>(null)
  const active = useSession((state) => state.active === position)
  const tool = useSession((state) => state.tool)
  const source = useTile(tile, (state) => state.source)
  const [aimed, setAimed] = useState(false)

  useEffect(() => (picture.current ? tile.attach(picture.current) : undefined), [tile])
  useEffect(() => (root.current ? bindPointer(root.current, tile) : undefined), [tile])

  return (
    <section
      ref={root}
      className={css.tile}
      data-region=""
      data-active={active}
      data-aimed={aimed}
      data-tool={tool}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: the picture takes the keys of the viewer
      tabIndex={0}
      aria-label={source ? `Tile ${position + 1}, ${seriesTitle(source.series)}` : `Tile ${position + 1}, empty`}
      onPointerDownCapture={() => activate(position)}
      onFocus={() => activate(position)}
      onDoubleClick={(event) => {
        const control =
          event.target instanceof Element &&
          event.target.closest('button, a, video, [role="slider"], [data-own-pointer]')
        if (!control && !isMeasuring(useSession.getState().tool)) toggleMaximised(position)
      }}
      onDragOver={(event) => {
        if (!event.dataTransfer.types.includes(seriesDragType)) return
        event.preventDefault()
        setAimed(true)
      }}
      onDragLeave={() => setAimed(false)}
      onDrop={(event) => {
        setAimed(false)
        const dropped = event.dataTransfer.getData(seriesDragType)
        if (!dropped) return
        event.preventDefault()
        void openDropped(position, dropped).catch(showFailure)
      }}
    >
      <div ref={picture} className={css.picture} />
      {source ? (
        <>
          <ReferenceLines tile={tile} />
          <LineHandles tile={tile} />
          <ReportLayer tile={tile} />
          <MeasurementLayer tile={tile} />
          <KeyMark tile={tile} />
          <TileMessage tile={tile} />
          <Overlays tile={tile} />
          <MprLabels tile={tile} />
          <FusionLegend tile={tile} />
          <OverlayFailure tile={tile} />
          <Magnifier tile={tile} />
          <StackSlider tile={tile} />
          <CineControls tile={tile} />
          <Guide tile={tile} position={position} />
          <VolumeView tile={tile} position={position} />
        </>
      ) : (
        <p className={css.empty}>Drag a series here</p>
      )}
    </section>
  )
}
