import { useId } from 'react'
import { Field } from './Field.tsx'
import css from './TextArea.module.css'

export interface TextAreaProps {
  label: string
  value: string
  onChange: (value: string) => void
  rows?: number
  error?: string | undefined
}

/** Text of several lines. */
export function TextArea({ label, value, onChange, rows = 3, error }: TextAreaProps) {
  const id = useId()
  return (
    <Field id={id} label={label} error={error}>
      <textarea
        id={id}
        rows={rows}
        className={css.area}
        value={value}
        aria-invalid={error !== undefined}
        onChange={(event) => onChange(event.target.value)}
      />
    </Field>
  )
}
