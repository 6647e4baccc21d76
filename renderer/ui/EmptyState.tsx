import type { LucideIcon } from 'lucide-react'
import type { ReactNode } from 'react'
import css from './EmptyState.module.css'

export interface EmptyStateProps {
  icon: LucideIcon
  /** Why it is empty. */
  title: string
  children?: ReactNode
  /** The one or two next steps. */
  actions?: ReactNode
}

export function EmptyState({ icon: Icon, title, children, actions }: EmptyStateProps) {
  return (
    <div className={css.state} role="status">
      <Icon size={20} strokeWidth={1.5} aria-hidden="true" />
      <h2 className={css.title}>{title}</h2>
      {children && <div className={css.text}>{children}</div>}
      {actions && <div className={css.actions}>{actions}</div>}
    </div>
  )
}
