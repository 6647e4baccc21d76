import { CircleAlert } from 'lucide-react'
import type { ReactNode } from 'react'
import css from './Field.module.css'

interface FieldProps {
  id: string
  label: string
  hideLabel?: boolean | undefined
  error?: string | undefined
  help?: ReactNode
  children: ReactNode
  className?: string | undefined
}

/** Label above, help or error below, for every form control. */
export function Field({ id, label, hideLabel, error, help, children, className }: FieldProps) {
  return (
    <div className={className}>
      <label htmlFor={id} className={hideLabel ? 'visuallyHidden' : css.label}>
        {label}
      </label>
      {children}
      {error ? (
        <p id={`${id}-note`} className={css.error} role="alert">
          <CircleAlert size={14} strokeWidth={1.75} aria-hidden="true" />
          {error}
        </p>
      ) : (
        help && (
          <div id={`${id}-note`} className={css.help}>
            {help}
          </div>
        )
      )}
    </div>
  )
}
