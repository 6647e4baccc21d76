import type { ReactNode } from 'react'
import { DateFilter } from './DateFilter.tsx'
import { ExtraFieldMenu, ExtraFields } from './ExtraFields.tsx'
import css from './FilterBar.module.css'
import { ModalityFilter } from './ModalityFilter.tsx'
import { SearchBox } from './SearchBox.tsx'

interface FilterBarProps {
  /** Enter in a field, where that means something. */
  onEnter?: (() => void) | undefined
  /** At the right: counts and what changes the table. */
  children: ReactNode
}

export function FilterBar({ onEnter, children }: FilterBarProps) {
  return (
    <search data-region="filters">
      <div className={css.bar}>
        <SearchBox onEnter={onEnter} />
        <DateFilter />
        <ModalityFilter />
        <ExtraFieldMenu />
        <span className={css.space} />
        {children}
      </div>
      <ExtraFields onEnter={onEnter} />
    </search>
  )
}
