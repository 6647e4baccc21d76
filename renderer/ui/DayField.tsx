import { CalendarDays } from 'lucide-react'
import { useRef } from 'react'
import { parseDate } from '#shared/dicom/dateTime.ts'
import css from './DayField.module.css'
import { IconButton } from './IconButton.tsx'
import { TextField, type TextFieldProps } from './TextField.tsx'

/**
 * A day as the whole product writes it, 2026-11-21. The browser's own field writes it in the order of its language, and
 * 03/04 is two days; only its calendar is used. Arrow keys go a day on and back. Empty, it tells the form: a day as an example
 * looks like one that is set.
 */
export function DayField({ value, onChange, ...field }: Omit<TextFieldProps, 'type' | 'trailing'>) {
  const calendar = useRef<HTMLInputElement>(null)
  return (
    <TextField
      {...field}
      placeholder="YYYY-MM-DD"
      maxLength={10}
      value={value}
      onChange={onChange}
      onKeyDown={(event) => {
        const days = event.key === 'ArrowUp' ? 1 : event.key === 'ArrowDown' ? -1 : 0
        const moved = days === 0 ? undefined : dayAfter(value, days)
        if (moved === undefined) return
        event.preventDefault()
        onChange(moved)
      }}
      trailing={
        <span className={css.calendar}>
          <input
            ref={calendar}
            type="date"
            tabIndex={-1}
            aria-hidden="true"
            className={css.hidden}
            value={dayAfter(value, 0) ?? ''}
            onChange={(event) => event.target.value !== '' && onChange(event.target.value)}
          />
          <IconButton
            label={`Calendar for ${field.label}`}
            icon={CalendarDays}
            size="small"
            onClick={() => calendar.current?.showPicker()}
          />
        </span>
      }
    />
  )
}

/** As `2026-11-22`; undefined where the text is no day. */
function dayAfter(text: string, days: number): string | undefined {
  const date = parseDate(text.trim().replaceAll('-', ''))
  if (!date) return undefined
  return new Date(Date.UTC(date.year, date.month - 1, date.day + days)).toISOString().slice(0, 10)
}
