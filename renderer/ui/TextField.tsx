import type { LucideIcon } from 'lucide-react'
import { type ComponentProps, type ReactNode, useId } from 'react'
import { classNames } from './classNames.ts'
import css from './Field.module.css'
import { Field } from './Field.tsx'

export interface TextFieldProps extends Omit<ComponentProps<'input'>, 'onChange' | 'value' | 'size'> {
  label: string
  value: string
  onChange: (value: string) => void
  hideLabel?: boolean | undefined
  error?: string | undefined
  help?: ReactNode
  /** Exact text: AE titles, hosts, IDs. */
  mono?: boolean | undefined
  icon?: LucideIcon | undefined
  /** Inside the field at the right: a unit, a key, a state. */
  trailing?: ReactNode
  /** Shows "9 of 16" and marks what is too long, without cutting what is typed. */
  counter?: number | undefined
  size?: 'small' | 'normal' | 'large'
}

export function TextField(props: TextFieldProps) {
  const { label, value, onChange, hideLabel, error, help, mono, icon: Icon, ...more } = props
  const { trailing, counter, size = 'normal', className, ...input } = more
  const ownId = useId()
  const id = input.id ?? ownId
  return (
    <Field id={id} label={label} hideLabel={hideLabel} error={error} help={help} className={className}>
      <div className={css.well} data-size={size} data-invalid={error !== undefined}>
        {Icon && <Icon size={14} strokeWidth={1.75} aria-hidden="true" />}
        <input
          type="text"
          autoComplete="off"
          spellCheck={false}
          {...input}
          id={id}
          value={value}
          onChange={(event) => onChange(event.target.value)}
          aria-invalid={error !== undefined}
          aria-describedby={error || help ? `${id}-note` : undefined}
          className={classNames(css.input, mono && 'mono')}
        />
        {counter !== undefined && (
          <span className={classNames(css.trailing, value.length > counter && css.tooLong)}>
            {value.length} of {counter}
          </span>
        )}
        {trailing && <span className={css.trailing}>{trailing}</span>}
      </div>
    </Field>
  )
}
