import type { ReactNode } from 'react'
import type { StudyColumn } from '#shared/contract/studies.ts'

export interface Column<Row> {
  id: string
  header: string
  /** CSS px, where there is room. */
  width: number
  /** How far it may be narrowed; without it, not at all. */
  least?: number
  /** Its share of what is left over. */
  grow?: number
  /** Gives way altogether where there is no room, the lowest number first; without it, never. */
  yields?: number
  align?: 'right'
  tone?: 'strong' | 'normal' | 'quiet'
  mono?: boolean
  /** What the workstation sorts by; a column without it cannot be sorted. */
  sort?: StudyColumn
  /** Cannot be hidden and has no header text of its own. */
  fixed?: boolean
  hiddenAtFirst?: boolean
  text: (row: Row) => string
  /** In place of the text, where more than text is drawn. */
  render?: (row: Row) => ReactNode
}
