import type { ReactNode } from 'react'
import type { StudyColumn } from '#shared/contract/studies.ts'

export interface Column<Row> {
  id: string
  header: string
  /** CSS px; the flexible column takes what is left and has this as its least width. */
  width: number
  flexible?: boolean
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
