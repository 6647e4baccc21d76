import { X } from 'lucide-react'
import { sopClassName } from '#shared/dicom/sopClass.ts'
import { transferSyntaxName } from '#shared/dicom/transferSyntax.ts'
import { frameOf } from '#shared/imaging/frameOf.ts'
import { measurementText, number } from '#shared/imaging/measurementText.ts'
import { pointSpacing } from '#shared/imaging/pointSpacing.ts'
import { IconButton } from '../../ui/IconButton.tsx'
import { frameKey } from '../../viewer/frameStore.ts'
import { jumpTo } from '../../viewer/jumpTo.ts'
import { type Measurement, useMeasurements } from '../../viewer/measurements.ts'
import { tileAt, useSession } from '../../viewer/session.ts'
import { deleteWithUndo } from './deleteWithUndo.ts'
import { seriesTitle } from './overlayText.ts'
import css from './SidePanel.module.css'
import { measuringTools } from './toolEntries.ts'
import { useTile, useTileParts } from './useTile.ts'

/** Evidence: what was measured, and what the image of the active tile is. */
export function SidePanel() {
  return (
    <aside className={css.panel} aria-label="Measurements and facts" data-region="">
      <div className={css.scroll}>
        <MeasurementList />
        <ImageFacts />
      </div>
      <p className={css.foot}>Measurement aid. Not for primary diagnosis.</p>
    </aside>
  )
}

function MeasurementList() {
  const tile = tileAt(useSession((state) => state.active))
  const source = useTile(tile, (state) => state.source)
  const { items, selected } = useMeasurements()
  const own = items.filter(({ seriesId }) => seriesId === source?.series.seriesId)
  const others = items.length - own.length
  return (
    <section>
      <h2 className={css.heading}>
        <span>{source ? `Measured in ${seriesTitle(source.series)}` : 'Measurements'}</span>
        <span>{own.length}</span>
      </h2>
      {own.length === 0 && (
        <p className={css.hint}>
          Nothing measured yet.
          {measuringTools.map(({ tool, label, keyHint }) => (
            <span key={tool}>
              <kbd>{keyHint}</kbd> {label.toLowerCase()}
            </span>
          ))}
        </p>
      )}
      <ul>
        {own.map((item) => (
          <MeasurementRow key={item.id} item={item} chosen={item.id === selected} />
        ))}
      </ul>
      {others > 0 && <p className={css.hint}>{others} more in other series. They are kept until this window closes.</p>}
    </section>
  )
}

function MeasurementRow({ item, chosen }: { item: Measurement; chosen: boolean }) {
  const tile = tileAt(useSession((state) => state.active))
  const stack = useTile(tile, (state) => state.stack)
  const entry = measuringTools.find(({ tool }) => tool === item.kind)
  const { value, details } = measurementText(item.measured)
  const at = stack.findIndex((each) => frameKey(each) === item.key)
  const Icon = entry?.icon
  return (
    <li className={css.row} data-chosen={chosen}>
      <button type="button" className={css.jump} onClick={() => jumpTo(tile, item)}>
        {Icon && <Icon size={16} strokeWidth={1.75} aria-hidden="true" />}
        <span className={css.what}>
          <span className={css.first}>
            {entry?.label}
            <b>{value}</b>
          </span>
          {[
            [at >= 0 ? `Image ${at + 1}` : 'Other stack', details[0]].filter(Boolean).join(', '),
            ...details.slice(1),
          ].map((line) => (
            <small key={line}>{line}</small>
          ))}
        </span>
      </button>
      <IconButton
        label={`Delete ${entry?.label.toLowerCase() ?? 'measurement'} ${value}`}
        icon={X}
        size="small"
        onClick={() => deleteWithUndo(item.id)}
      />
    </li>
  )
}

function ImageFacts() {
  const tile = tileAt(useSession((state) => state.active))
  const { stack, index, window } = useTileParts(tile, ({ stack, index, window }) => ({ stack, index, window }))
  const item = stack[index]
  if (!item) return null
  const { image, frame } = item
  const { slope, intercept } = frameOf(image, frame)
  const spacing = pointSpacing(image, frame, [[image.columns / 2, image.rows / 2]])
  const facts: [string, string][] = [
    ['SOP class', sopClassName(image.sopClassUID)],
    ['Transfer syntax', transferSyntaxName(image.transferSyntaxUID)],
    ['Photometric interpretation', image.photometricInterpretation || 'not given'],
    ['Size', image.rows > 0 ? `${image.columns} × ${image.rows}, ${image.bitsStored} bits` : ''],
    ['Frames', image.frames > 1 ? `${frame + 1} of ${image.frames}` : ''],
    [
      'Spacing',
      image.rows === 0
        ? ''
        : spacing.unit === 'mm'
          ? `${number(spacing.y)} × ${number(spacing.x)} mm, ${spacing.source}`
          : spacing.source,
    ],
    [
      'Rescale',
      slope === 1 && intercept === 0
        ? ''
        : `× ${number(slope)} ${intercept < 0 ? '−' : '+'} ${number(Math.abs(intercept))}`,
    ],
    [
      'Window',
      image.samples.type === 'rgb8' || image.obstacle !== null
        ? ''
        : `W ${number(window.width)} L ${number(window.center)}`,
    ],
    ['Image number', image.instanceNumber === null ? '' : String(image.instanceNumber)],
  ]
  return (
    <section>
      <h2 className={css.heading}>
        <span>This image</span>
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
