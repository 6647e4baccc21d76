import { Plus, X } from 'lucide-react'
import { Button } from '../../../ui/Button.tsx'
import { IconButton } from '../../../ui/IconButton.tsx'
import { Menu } from '../../../ui/Menu.tsx'
import { TextField } from '../../../ui/TextField.tsx'
import { birthDateProblem } from './birthDate.ts'
import { type ExtraField, extraFields, useBrowser } from './browserState.ts'
import css from './FilterBar.module.css'

const labels: Record<ExtraField, string> = {
  patientName: 'Patient name',
  patientId: 'Patient ID',
  birthDate: 'Birth date',
  owner: 'Owner',
  species: 'Species',
  accessionNumber: 'Accession number',
  description: 'Description',
}

/** Adds fields that ask for one thing only. */
export function ExtraFieldMenu() {
  const extra = useBrowser((state) => state.criteria.extra)
  const change = useBrowser((state) => state.change)
  return (
    <Menu
      items={extraFields.map((field) => ({
        label: labels[field],
        checked: extra[field] !== undefined,
        onSelect: () => change({ extra: toggled(extra, field) }),
      }))}
      trigger={
        <Button variant="plain" icon={Plus}>
          Field
        </Button>
      }
    />
  )
}

export function ExtraFields({ onEnter }: { onEnter?: (() => void) | undefined }) {
  const extra = useBrowser((state) => state.criteria.extra)
  const change = useBrowser((state) => state.change)
  const shown = extraFields.filter((field) => extra[field] !== undefined)
  if (shown.length === 0) return null
  return (
    <div className={css.extra}>
      {shown.map((field) => (
        <div key={field} className={css.extraField}>
          <TextField
            label={labels[field]}
            value={extra[field] ?? ''}
            maxLength={256}
            placeholder={field === 'birthDate' ? '2018, 2018-04 or 2018-04-12' : undefined}
            error={field === 'birthDate' ? birthDateProblem(extra.birthDate ?? '') : undefined}
            onChange={(value) => change({ extra: { ...extra, [field]: value } })}
            onKeyDown={(event) => event.key === 'Enter' && onEnter?.()}
          />
          <IconButton
            label={`Remove ${labels[field].toLowerCase()}`}
            icon={X}
            onClick={() => change({ extra: toggled(extra, field) })}
          />
        </div>
      ))}
    </div>
  )
}

function toggled(extra: Partial<Record<ExtraField, string>>, field: ExtraField): Partial<Record<ExtraField, string>> {
  if (extra[field] === undefined) return { ...extra, [field]: '' }
  const { [field]: _, ...others } = extra
  return others
}
