import { hoursText } from '#shared/routing/sendHours.ts'
import { Checkbox } from '../../ui/Checkbox.tsx'
import { TextField } from '../../ui/TextField.tsx'
import { Fold } from './Fold.tsx'
import type { Problems } from './fieldProblems.ts'
import type { Draft, FormField } from './fields.ts'

interface SendHoursProps {
  values: Pick<Draft, 'sendHours'>
  problems: Problems
  onChange(change: Partial<Draft>): void
  onLeave(field: FormField): void
}

const NIGHT = { from: '20:00', to: '06:00' }

/** A slow line belongs to the clinic by day, and to its images by night. */
export function SendHours({ values: { sendHours: hours }, problems, onChange, onLeave }: SendHoursProps) {
  const field = (name: 'from' | 'to') => ({
    mono: true,
    maxLength: 5,
    placeholder: '20:00',
    value: hours?.[name] ?? '',
    error: problems[`sendHours.${name}`],
    onBlur: () => onLeave(`sendHours.${name}`),
    onChange: (value: string) => hours && onChange({ sendHours: { ...hours, [name]: value } }),
  })
  return (
    <Fold title="Hours of sending" value={hours ? `Only ${hoursText(hours)}` : 'At any time'}>
      <div data-wide>
        <Checkbox
          label="Images are sent only at certain hours"
          checked={hours !== null}
          onChange={(on) => onChange({ sendHours: on ? NIGHT : null })}
          help="Outside them sends wait, and say until when; one that is under way stops at their end and goes on with the rest. Urgent ones go at once."
        />
      </div>
      {hours && (
        <>
          <TextField {...field('from')} label="From" />
          <TextField {...field('to')} label="To" />
        </>
      )}
    </Fold>
  )
}
