import type { ReactNode } from 'react'
import css from './SeriesStrip.module.css'

/**
 * The strip's room before anything is selected. Were it not there, the first click of a double click would bring the strip
 * up under the pointer, and the second would land on it.
 */
export function EmptyStrip({ children }: { children: ReactNode }) {
  return (
    <section className={css.strip} aria-label="Selected study">
      <p className={css.note}>{children}</p>
    </section>
  )
}
