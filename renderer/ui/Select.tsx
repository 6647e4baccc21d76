import { type ComponentProps, type ReactNode, useId } from 'react'
import { Field } from './Field.tsx'
import css from './Select.module.css'

export interface SelectProps<Value extends string>
  extends Omit<ComponentProps<'select'>, 'onChange' | 'value' | 'size'> {
  label: string
  value: Value
  options: readonly { value: Value; label: string; note?: string | undefined; disabled?: boolean | undefined }[]
  onChange: (value: Value) => void
  hideLabel?: boolean | undefined
  error?: string | undefined
  help?: ReactNode
  size?: 'small' | 'normal' | 'large'
}

/** The browser's own select: its keyboard and its name come for free; the list is drawn with our colours. */
export function Select<Value extends string>(props: SelectProps<Value>) {
  const { label, value, options, onChange, hideLabel, error, help, size = 'normal', className, ...select } = props
  const id = useId()
  return (
    <Field id={id} label={label} hideLabel={hideLabel} error={error} help={help} className={className}>
      <select
        {...select}
        id={id}
        value={value}
        data-size={size}
        className={css.select}
        aria-invalid={error !== undefined}
        aria-describedby={error || help ? `${id}-note` : undefined}
        onChange={(event) => {
          const chosen = options.find((option) => option.value === event.target.value)
          if (chosen) onChange(chosen.value)
        }}
      >
        {options.map((option) => (
          <option key={option.value} value={option.value} disabled={option.disabled}>
            {option.note ? `${option.label}, ${option.note}` : option.label}
          </option>
        ))}
      </select>
    </Field>
  )
}
