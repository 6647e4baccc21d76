import type { ReactNode } from 'react'
import css from './TopBar.module.css'

export interface TopBarProps {
  title: string
  /** Page switch and page actions; */
  children?: ReactNode
}

/** The first thing of every page: 40 px, the title at its left. */
export function TopBar({ title, children }: TopBarProps) {
  return (
    <header className={css.bar}>
      <h1 className={css.title}>{title}</h1>
      {children}
    </header>
  )
}
