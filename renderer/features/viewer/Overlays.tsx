import type { StudyRow } from '#shared/contract/studies.ts'
import { frameOf } from '#shared/imaging/frameOf.ts'
import { edgeLetters } from '#shared/imaging/orientationLetters.ts'
import { lossyText, techniqueLines, thicknessText } from '#shared/imaging/technique.ts'
import { timeBefore } from '../../viewer/earlierStudies.ts'
import { onePerPatient } from '../../viewer/patientsShown.ts'
import { useSession } from '../../viewer/session.ts'
import type { Tile } from '../../viewer/tile.ts'
import { uptakeOf, useUptake } from '../../viewer/uptake.ts'
import { colourMapEntries } from './colourMapEntries.ts'
import css from './Overlays.module.css'
import {
  dates,
  patientDetails,
  patientName,
  positionText,
  rateText,
  screenAxes,
  seriesLine,
  windowText,
  zoomText,
} from './overlayText.ts'
import { PointerValue } from './PointerValue.tsx'
import { ScaleBar } from './ScaleBar.tsx'
import { useNewestDate } from './useNewestDate.ts'
import { useShownStudies } from './useShownStudies.ts'
import { useTileParts } from './useTile.ts'
import { viewText } from './viewText.ts'

/** What stands over the picture: who, what, where. Also where no picture can be shown. */
export function Overlays({ tile }: { tile: Tile }) {
  const { source, stack, index, window, windowChosen, scale, imageToCanvas, status, ...view } = useTileParts(
    tile,
    ({ loadedFrames: _, message: __, canRetry: ___, playing: ____, speed: _____, made: ______, ...shown }) => shown,
  )
  const { camera, inverted, graphicsShown, colourMap } = view
  useUptake()
  const main = useNewestDate(source?.study)
  const texts = useSession(({ textsShown }) => textsShown)
  const item = stack[index]
  if (!source || !item) return null
  const { study, series } = source
  const uptake = uptakeOf(item.image)
  const letters = imageToCanvas && edgeLetters(item.image, frameOf(item.image, item.frame), screenAxes(imageToCanvas))
  const curve = item.image.voiLut && !windowChosen ? item.image.voiLut.explanation || 'VOI LUT of the file' : ''
  const before = main && main !== study.studyDate ? timeBefore(study.studyDate, main) : ''
  const earlier = before && `Earlier by ${before}`
  const hasGraphics = item.image.shutter !== undefined || item.image.overlayPlanes !== undefined
  return (
    <div className={css.overlays}>
      {texts ? (
        <>
          <Who study={study} />
          <Corner place="topRight">{[...dates(study, item), earlier, study.description]}</Corner>
          <Corner place="bottomLeft" details={[rateText(item.image), ...techniqueLines(item.image)]}>
            {status === 'shown' && <PointerValue key="value" tile={tile} />}
            {seriesLine(series)}
            {`Image ${index + 1} of ${source.total ?? stack.length}`}
            {[positionText(item), thicknessText(item.image)].filter(Boolean).join(', ')}
          </Corner>
        </>
      ) : (
        <WhoAmongOthers study={study} />
      )}
      {status === 'shown' && (
        <Corner place="bottomRight">
          {texts && [
            imageToCanvas && <ScaleBar key="scale" item={item} imageToCanvas={imageToCanvas} />,
            curve || (item.image.samples.type === 'rgb8' && !windowChosen ? '' : windowText(window, uptake)),
            item.image.suv && !uptake ? `No SUV: ${item.image.suv.why}` : '',
            zoomText(scale),
          ]}
          {lossyText(item.image)}
          {viewText(camera, inverted, hasGraphics && !graphicsShown)}
          {colourMap === 'grey' ? '' : (colourMapEntries.find((each) => each.colourMap === colourMap)?.label ?? '')}
        </Corner>
      )}
      {letters && (
        <>
          <span className={css.top} data-edge="top">
            {letters.top}
          </span>
          <span className={css.right} data-edge="right">
            {letters.right}
          </span>
          <span className={css.bottom} data-edge="bottom">
            {letters.bottom}
          </span>
          <span className={css.left} data-edge="left">
            {letters.left}
          </span>
        </>
      )}
    </div>
  )
}

function Who({ study }: { study: StudyRow }) {
  return (
    <Corner place="topLeft">
      <b>{patientName(study)}</b>
      {[study.patientId, patientDetails(study)].filter(Boolean).join(', ')}
    </Corner>
  )
}

/** Of two patients side by side each picture goes on saying whose it is. */
function WhoAmongOthers({ study }: { study: StudyRow }) {
  return onePerPatient(useShownStudies()).length > 1 ? <Who study={study} /> : null
}

interface CornerProps {
  place: string
  /** Lines that small tiles leave out. */
  details?: readonly string[]
  children: React.ReactNode
}

function Corner({ place, details = [], children }: CornerProps) {
  const lines = [children].flat(2)
  return (
    <div className={css[place]}>
      {[...lines, ...details].map((line, row) =>
        line ? (
          // biome-ignore lint/suspicious/noArrayIndexKey: lines keep their places
          <div key={row} data-detail={row >= lines.length || undefined}>
            <span>{line}</span>
          </div>
        ) : null,
      )}
    </div>
  )
}
