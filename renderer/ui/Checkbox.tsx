import { type ReactNode, useId } from 'react'
import css from './Checkbox.module.css'

export interface CheckboxProps {
  label: string
  checked: boolean
  onChange: (checked: boolean) => void
  disabled?: boolean | undefined
  help?: ReactNode
  hideLabel?: boolean | undefined
}

export function Checkbox({ label, checked, onChange, disabled, help, hideLabel }: CheckboxProps) {
  const id = useId()
  return (
    <div className={css.row}>
      <input
        id={id}
        type="checkbox"
        className={css.box}
        checked={checked}
        disabled={disabled}
        onChange={(event) => onChange(event.target.checked)}
        aria-describedby={help ? `${id}-note` : undefined}
      />
      <label htmlFor={id} className={hideLabel ? 'visuallyHidden' : css.label}>
        {label}
      </label>
      {help && (
        <div id={`${id}-note`} className={css.help}>
          {help}
        </div>
      )}
    </div>
  )
}
