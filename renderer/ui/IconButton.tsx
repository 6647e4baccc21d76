import type { LucideIcon } from 'lucide-react'
import type { ComponentProps } from 'react'
import { classNames } from './classNames.ts'
import css from './IconButton.module.css'
import { Tooltip } from './Tooltip.tsx'

export interface IconButtonProps extends Omit<ComponentProps<'button'>, 'children'> {
  /** Accessible name and tooltip. */
  label: string
  icon: LucideIcon
  keyHint?: string | undefined
  size?: 'small' | 'normal' | 'large'
  /** For a toggle: on or off. */
  pressed?: boolean | undefined
  tooltipSide?: 'top' | 'right' | 'bottom' | 'left'
  outlined?: boolean
}

export function IconButton(props: IconButtonProps) {
  const { label, icon: Icon, keyHint, size = 'normal', pressed, tooltipSide, outlined, className, ...rest } = props
  return (
    <Tooltip text={label} keyHint={keyHint} side={tooltipSide ?? 'bottom'}>
      <button
        type="button"
        {...rest}
        aria-label={label}
        aria-pressed={pressed}
        className={classNames(css.button, css[size], outlined && css.outlined, className)}
      >
        <Icon size={size === 'large' ? 18 : 16} strokeWidth={1.75} aria-hidden="true" />
      </button>
    </Tooltip>
  )
}
