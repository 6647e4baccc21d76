import { type ComponentProps, type ReactNode, useId } from 'react'
import { classNames } from './classNames.ts'
import css from './Field.module.css'
import { Field } from './Field.tsx'

export interface TextAreaProps extends Omit<ComponentProps<'textarea'>, 'onChange' | 'value'> {
  label: string
  value: string
  onChange: (value: string) => void
  error?: string | undefined
  help?: ReactNode
}

export function TextArea({ label, value, onChange, error, help, className, ...area }: TextAreaProps) {
  const id = useId()
  return (
    <Field id={id} label={label} error={error} help={help} className={className}>
      <div className={classNames(css.well, css.area)} data-invalid={error !== undefined}>
        <textarea
          {...area}
          id={id}
          value={value}
          onChange={(event) => onChange(event.target.value)}
          aria-invalid={error !== undefined}
          aria-describedby={error || help ? `${id}-note` : undefined}
          className={css.input}
        />
      </div>
    </Field>
  )
}
