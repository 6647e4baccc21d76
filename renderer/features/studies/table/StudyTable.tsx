import type { ReactNode } from 'react'
import type { StudyRow } from '#shared/contract/studies.ts'
import { formatCount } from '../../../app/formatAmount.ts'
import { Bars } from '../../../ui/Bars.tsx'
import { Button } from '../../../ui/Button.tsx'
import { ErrorState } from '../../../ui/ErrorState.tsx'
import { useBrowser } from '../filter/browserState.ts'
import type { ColumnSettings } from './columnSettings.ts'
import { dayTitle } from './dayTitle.ts'
import { Grid } from './Grid.tsx'
import type { Selection } from './selection.ts'
import type { StudyRows } from './useStudyRows.ts'

export interface StudyTableProps {
  rows: StudyRows
  columns: ColumnSettings<StudyRow>
  selection: Selection
  onSelection: (selection: Selection) => void
  onOpen: (row: StudyRow) => void
  onAim: (row: StudyRow) => void
  onSelectAll: () => void
  /** In place of rows, where there are none. */
  empty: ReactNode
}

const keyOf = (row: StudyRow) => row.studyId

export function StudyTable({
  rows,
  columns,
  selection,
  onSelection,
  onOpen,
  onAim,
  onSelectAll,
  empty,
}: StudyTableProps) {
  const { sort, setSort } = useBrowser()
  const now = new Date()
  if (rows.total === undefined) {
    if (!rows.error) return <Bars rows={16} label="Loading studies" />
    return (
      <ErrorState title="The study list cannot be read" actions={<Button onClick={rows.retry}>Try again</Button>}>
        {rows.error.message}
      </ErrorState>
    )
  }
  return (
    <Grid
      label="Studies"
      columns={columns.columns}
      onResize={columns.resize}
      onWidth={columns.fit}
      layout={rows.layout}
      rowCount={rows.total}
      rowAt={rows.rowAt}
      keyOf={keyOf}
      selection={selection}
      onSelection={onSelection}
      onOpen={onOpen}
      onAim={onAim}
      onSelectAll={onSelectAll}
      onRange={rows.showRange}
      sort={sort}
      onSort={setSort}
      fresh={rows.fresh}
      question={rows.question}
      empty={rows.total === 0 ? empty : undefined}
      group={(date, count) => (
        <>
          {dayTitle(date, now)}
          <span>{formatCount(count, 'study', 'studies')}</span>
        </>
      )}
    />
  )
}
