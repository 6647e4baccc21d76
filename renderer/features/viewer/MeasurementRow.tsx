import { Eye, EyeOff, Pencil, X } from 'lucide-react'
import { measurementText } from '#shared/imaging/measurementText.ts'
import { showFailure } from '../../app/showFailure.ts'
import { IconButton } from '../../ui/IconButton.tsx'
import { jumpTo } from '../../viewer/jumpTo.ts'
import { lieKeyOf } from '../../viewer/liesOn.ts'
import { amendMeasurement, type Measurement } from '../../viewer/measurements.ts'
import { tileAt, useSession } from '../../viewer/session.ts'
import { deleteWithUndo } from './deleteWithUndo.ts'
import { ask } from './question.ts'
import css from './SidePanel.module.css'
import { entryOf } from './toolEntries.ts'
import { useTile } from './useTile.ts'

export function MeasurementRow({ item, chosen }: { item: Measurement; chosen: boolean }) {
  const tile = tileAt(useSession((state) => state.active))
  const stack = useTile(tile, (state) => state.stack)
  const entry = entryOf(item.kind)
  const label = entry?.label ?? 'Measurement'
  const { value, details } = measurementText(item.measured)
  const at = stack.findIndex((each) => lieKeyOf(each) === item.key)
  const Icon = entry?.icon
  const named = `${item.name || label.toLowerCase()} ${value}`.trim()
  return (
    <li className={css.row} data-chosen={chosen} data-hidden={item.hidden}>
      <button type="button" className={css.jump} onClick={() => void jumpTo(tile, item).catch(showFailure)}>
        {Icon && <Icon size={16} strokeWidth={1.75} aria-hidden="true" />}
        <span className={css.what}>
          <span className={css.first}>
            {item.name || label}
            <b>{value}</b>
          </span>
          {[
            [at >= 0 ? `Image ${at + 1}` : item.reformat ? 'A plane of the volume' : 'Another stack', details[0]]
              .filter(Boolean)
              .join(', '),
            ...details.slice(1),
          ].map((line, row) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: lines keep their places
            <small key={row}>{line}</small>
          ))}
        </span>
      </button>
      <span className={css.actions}>
        <IconButton
          label={`${item.hidden ? 'Show' : 'Hide'} ${named}`}
          icon={item.hidden ? EyeOff : Eye}
          size="small"
          pressed={item.hidden}
          onClick={() => amendMeasurement(item.id, { hidden: !item.hidden })}
        />
        <IconButton label={`Rename ${named}`} icon={Pencil} size="small" onClick={() => rename(item, label)} />
        <IconButton
          label={`Delete ${named}`}
          icon={X}
          size="small"
          onClick={() => void deleteWithUndo(item.id).catch(showFailure)}
        />
      </span>
    </li>
  )
}

function rename({ id, kind, name }: Measurement, label: string): void {
  const title = kind === 'text' ? 'Text' : `Name of ${label.toLowerCase()}`
  ask({
    kind: 'words',
    title,
    value: name,
    optional: kind !== 'text',
    onAnswer: (words) => amendMeasurement(id, { name: words }),
  })
}
