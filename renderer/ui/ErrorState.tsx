import { CircleX } from 'lucide-react'
import type { ReactNode } from 'react'
import css from './EmptyState.module.css'

export interface ErrorStateProps {
  /** What failed, and who. */
  title: string
  /** How it is put right. */
  children?: ReactNode
  actions?: ReactNode
}

/** In place of the content that it concerns, never a modal. */
export function ErrorState({ title, children, actions }: ErrorStateProps) {
  return (
    <div className={css.state} data-tone="bad" role="alert">
      <CircleX size={20} strokeWidth={1.5} aria-hidden="true" />
      <h2 className={css.title}>{title}</h2>
      {children && <div className={css.text}>{children}</div>}
      {actions && <div className={css.actions}>{actions}</div>}
    </div>
  )
}
