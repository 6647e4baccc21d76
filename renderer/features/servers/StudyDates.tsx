import { dayText } from '../../app/dayText.ts'
import { DateField } from '../../ui/DateField.tsx'
import { NumberField } from '../../ui/NumberField.tsx'
import { Select } from '../../ui/Select.tsx'
import { Fold } from './Fold.tsx'
import type { Problems } from './fieldProblems.ts'
import type { Draft, FormField } from './fields.ts'
import css from './StudyDates.module.css'

interface StudyDatesProps {
  values: Pick<Draft, 'queryDates'>
  problems: Problems
  onChange(change: Partial<Draft>): void
  onLeave(field: FormField): void
}

const kinds = [
  { value: 'all', label: 'All studies' },
  { value: 'since', label: 'Only from a day on' },
  { value: 'last', label: 'Only of the last time' },
] as const
const units = [
  { value: 'days', label: 'days' },
  { value: 'months', label: 'months' },
  { value: 'years', label: 'years' },
] as const

/** R032, R033. */
export function StudyDates({ values, problems, onChange, onLeave }: StudyDatesProps) {
  const { queryDates: dates } = values
  const choose = (kind: Draft['queryDates']['kind']) =>
    onChange({
      queryDates:
        kind === 'all'
          ? { kind }
          : kind === 'since'
            ? { kind, date: `${new Date().getFullYear()}0101` }
            : { kind, count: 24, unit: 'months' },
    })
  return (
    <Fold title="Filter by date" value={datesText(dates)}>
      <Select
        label="Studies shown"
        value={dates.kind}
        options={kinds}
        onChange={choose}
        help={
          dates.kind === 'all'
            ? 'Searches see everything there.'
            : 'Older ones stay unseen here; the list of studies says so.'
        }
      />
      {dates.kind === 'since' && (
        <DateField
          label="From"
          value={dates.date}
          onChange={(date) => onChange({ queryDates: { kind: 'since', date: date ?? '' } })}
          onBlur={() => onLeave('queryDates.date')}
          error={problems['queryDates.date']}
        />
      )}
      {dates.kind === 'last' && (
        <div className={css.last}>
          <NumberField
            label="Last"
            value={dates.count}
            onChange={(count) => onChange({ queryDates: { ...dates, count } })}
            onBlur={() => onLeave('queryDates.count')}
            error={problems['queryDates.count']}
          />
          <Select
            label="Unit"
            value={dates.unit}
            options={units}
            onChange={(unit) => onChange({ queryDates: { ...dates, unit } })}
          />
        </div>
      )}
    </Fold>
  )
}

function datesText(dates: Draft['queryDates']): string {
  if (dates.kind === 'all') return 'All dates'
  if (dates.kind === 'last') return `Last ${dates.count ?? ''} ${dates.unit}`
  return dates.date.length === 8 ? `From ${dayText(dates.date)}` : 'From a day on'
}
