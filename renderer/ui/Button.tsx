import type { LucideIcon } from 'lucide-react'
import type { ComponentProps } from 'react'
import css from './Button.module.css'
import { classNames } from './classNames.ts'
import { Kbd } from './Kbd.tsx'

export interface ButtonProps extends ComponentProps<'button'> {
  /** At most one `primary` per view or card group. */
  variant?: 'outlined' | 'primary' | 'plain' | 'danger'
  size?: 'small' | 'normal' | 'large'
  icon?: LucideIcon | undefined
  /** The key that presses this button, such as `Ctrl S`. */
  keyHint?: string | undefined
}

export function Button({ variant, size, icon: Icon, keyHint, className, children, ...rest }: ButtonProps) {
  return (
    <button
      type="button"
      {...rest}
      className={classNames(css.button, css[variant ?? 'outlined'], css[size ?? 'normal'], className)}
    >
      {Icon && <Icon size={16} strokeWidth={1.75} aria-hidden="true" />}
      {children}
      {keyHint && <Kbd>{keyHint}</Kbd>}
    </button>
  )
}
