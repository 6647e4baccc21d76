import { ChevronRight } from 'lucide-react'
import type { ReactNode } from 'react'
import css from './Fold.module.css'

interface FoldProps {
  title: string
  /** What stands in it, said while it is closed. */
  value: string
  children: ReactNode
}

/** A rarely used block: a closed row that states its value. */
export function Fold({ title, value, children }: FoldProps) {
  return (
    <details className={css.fold}>
      <summary className={css.row}>
        <ChevronRight size={14} strokeWidth={1.75} aria-hidden="true" className={css.arrow} />
        <span className={css.title}>{title}</span>
        <span className={css.value}>{value}</span>
      </summary>
      <div className={css.body}>{children}</div>
    </details>
  )
}
