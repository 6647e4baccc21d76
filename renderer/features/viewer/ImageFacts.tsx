import { Copy, Download, Tags } from 'lucide-react'
import { sopClassName } from '#shared/dicom/sopClass.ts'
import { transferSyntaxName } from '#shared/dicom/transferSyntax.ts'
import { frameOf } from '#shared/imaging/frameOf.ts'
import type { InstanceImage } from '#shared/imaging/instanceImage.ts'
import { number } from '#shared/imaging/measurementText.ts'
import { pointSpacing } from '#shared/imaging/pointSpacing.ts'
import { exposureText, lossyText, techniqueLines } from '#shared/imaging/technique.ts'
import { valueUnit } from '#shared/imaging/valueUnit.ts'
import { Button } from '../../ui/Button.tsx'
import { IconButton } from '../../ui/IconButton.tsx'
import { scaledImage, useMeasurements } from '../../viewer/measurements.ts'
import { tileAt, useSession } from '../../viewer/session.ts'
import { useKeyOf } from './habits/keyOf.ts'
import { copyPicture, savePicture } from './picture/takePicture.ts'
import css from './SidePanel.module.css'
import { showTags } from './shownTags.ts'
import { useTileParts } from './useTile.ts'

/** What the image of the active tile is. */
export function ImageFacts() {
  const tile = tileAt(useSession((state) => state.active))
  const { stack, index, window } = useTileParts(tile, ({ stack, index, window }) => ({ stack, index, window }))
  const keyOf = useKeyOf()
  // A scale that somebody sets changes what is told here.
  useMeasurements((state) => state.items)
  const item = stack[index]
  if (!item) return null
  const { image, frame, instanceId } = item
  const { slope, intercept } = frameOf(image, frame)
  const facts: [string, string][] = [
    ['SOP class', sopClassName(image.sopClassUID)],
    ['Transfer syntax', transferSyntaxName(image.transferSyntaxUID)],
    ['Photometric interpretation', image.photometricInterpretation || 'not given'],
    ['Size', image.rows > 0 ? `${image.columns} × ${image.rows}, ${image.bitsStored} bits` : ''],
    ['Frames', image.frames > 1 ? `${frame + 1} of ${image.frames}` : ''],
    ['Spacing', spacingText(scaledImage(image, instanceId), frame)],
    [
      'Rescale',
      slope === 1 && intercept === 0
        ? ''
        : `× ${number(slope)} ${intercept < 0 ? '−' : '+'} ${number(Math.abs(intercept))}`,
    ],
    ['Unit of values', image.obstacle === null ? valueUnit(image) : ''],
    ['Standardised uptake', suvText(image)],
    [
      'Window',
      image.samples.type === 'rgb8' || image.obstacle !== null
        ? ''
        : `W ${number(window.width)} L ${number(window.center)}${image.voiFunction === 'SIGMOID' ? ', sigmoid' : ''}`,
    ],
    ['Technique', techniqueLines(image).join('; ')],
    ['Exposure', image.technique ? exposureText(image.technique) : ''],
    ['Compression', lossyText(image).replace('Lossy compression', 'lossy')],
    ['Image number', image.instanceNumber === null ? '' : String(image.instanceNumber)],
  ]
  return (
    <section>
      <h2 className={css.heading}>
        <span className={css.grows}>This image</span>
        {image.obstacle === null && (
          <>
            <IconButton
              label="Copy this picture"
              keyHint={keyOf('copyPicture', 'Shift C')}
              icon={Copy}
              size="small"
              onClick={() => void copyPicture(tile)}
            />
            <IconButton
              label="Save this picture"
              keyHint={keyOf('savePicture', 'Shift S')}
              icon={Download}
              size="small"
              onClick={() => void savePicture(tile)}
            />
          </>
        )}
        <Button
          size="small"
          variant="plain"
          icon={Tags}
          onClick={() => showTags(image.reformat?.sourceInstanceId ?? instanceId)}
        >
          All tags
        </Button>
      </h2>
      <dl className={css.facts} data-selectable="">
        {facts
          .filter(([, value]) => value !== '')
          .map(([name, value]) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ))}
      </dl>
    </section>
  )
}

function spacingText(image: InstanceImage, frame: number): string {
  if (image.rows === 0) return ''
  const spacing = pointSpacing(image, frame, [[image.columns / 2, image.rows / 2]])
  return spacing.unit === 'mm' ? `${number(spacing.y)} × ${number(spacing.x)} mm, ${spacing.source}` : spacing.source
}

/** Which uptakes values are told in, and why not in the others. */
function suvText({ suv, obstacle }: InstanceImage): string {
  if (!suv || obstacle !== null) return ''
  const ways = [
    suv.bodyWeight !== null && 'body weight',
    suv.leanBody !== null && 'lean body mass (Janmahasatian)',
    suv.bodySurface !== null && 'body surface (Du Bois)',
  ].filter(Boolean)
  return ways.length === 0 ? `None. ${suv.why}` : `By ${ways.join(', ')}. ${suv.why}`.trim()
}
