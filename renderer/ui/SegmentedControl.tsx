import type { LucideIcon } from 'lucide-react'
import css from './SegmentedControl.module.css'
import { useRadioName } from './useRadioName.ts'

export interface SegmentedControlProps<Value extends string> {
  /** Accessible name of the group. */
  label: string
  value: Value
  options: readonly { value: Value; label: string; icon?: LucideIcon | undefined }[]
  onChange: (value: Value) => void
  /** Told also when the chosen segment is pressed again, for segments that open something. */
  onPress?: ((value: Value) => void) | undefined
}

/** One of a few, always visible. Radio buttons underneath: arrow keys move, the group is one tab stop. */
export function SegmentedControl<Value extends string>(props: SegmentedControlProps<Value>) {
  const { label, value, options, onChange, onPress } = props
  const name = useRadioName()
  return (
    <div role="radiogroup" aria-label={label} className={css.segments}>
      {options.map(({ value: own, label: text, icon: Icon }) => (
        <label key={own} className={css.segment} data-on={own === value}>
          <input
            type="radio"
            name={name}
            className={css.input}
            checked={own === value}
            onChange={() => onChange(own)}
            onClick={() => onPress?.(own)}
          />
          {Icon && <Icon size={14} strokeWidth={1.75} aria-hidden="true" />}
          {text}
        </label>
      ))}
    </div>
  )
}
