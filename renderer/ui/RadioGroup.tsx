import { useId } from 'react'
import css from './Checkbox.module.css'
import { useRadioName } from './useRadioName.ts'

export interface RadioGroupProps<Value extends string> {
  label: string
  value: Value
  options: readonly {
    value: Value
    label: string /** Follows on the same line, quieter. */
    note?: string | undefined
  }[]
  onChange: (value: Value) => void
  disabled?: boolean | undefined
}

export function RadioGroup<Value extends string>({
  label,
  value,
  options,
  onChange,
  disabled,
}: RadioGroupProps<Value>) {
  const id = useId()
  const name = useRadioName()
  return (
    <fieldset className={css.group} disabled={disabled}>
      <legend className={css.legend}>{label}</legend>
      {options.map((option) => (
        <div className={css.row} key={option.value}>
          <input
            id={`${id}-${option.value}`}
            type="radio"
            name={name}
            className={css.box}
            checked={option.value === value}
            onChange={() => onChange(option.value)}
            aria-describedby={option.note ? `${id}-${option.value}-note` : undefined}
          />
          <span className={css.label}>
            <label htmlFor={`${id}-${option.value}`}>{option.label}</label>
            {option.note && (
              <span className={css.aside} id={`${id}-${option.value}-note`}>
                {' '}
                {option.note}
              </span>
            )}
          </span>
        </div>
      ))}
    </fieldset>
  )
}
