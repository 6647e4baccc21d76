import { RefreshCw } from 'lucide-react'
import { useMemo } from 'react'
import { useTransfers } from '../../api/workstation.ts'
import { formatCount } from '../../app/formatAmount.ts'
import { IconButton } from '../../ui/IconButton.tsx'
import { useBrowser } from './filter/browserState.ts'
import { ColumnMenu } from './filter/ColumnMenu.tsx'
import { datePresetLabel } from './filter/datePresets.ts'
import { FilterBar } from './filter/FilterBar.tsx'
import { toStudyFilter } from './filter/toStudyFilter.ts'
import css from './StudiesPage.module.css'
import { StudyList } from './StudyList.tsx'
import { useColumnSettings } from './table/columnSettings.ts'
import { studyColumns } from './table/studyColumns.tsx'
import { studyStatuses, withStates } from './table/studyStatus.ts'
import { useStudyRows } from './table/useStudyRows.ts'
import { useStudyStates } from './table/useStudyStates.ts'

/** The studies of this workstation, or those in its trash. */
export function LocalBrowser({ inTrash }: { inTrash: boolean }) {
  const { criteria, sort } = useBrowser()
  const today = new Date().toDateString()
  const filter = useMemo(
    () => ({ ...toStudyFilter(criteria, new Date(today)), ...(inTrash ? { trashed: true } : {}), sort }),
    [criteria, sort, inTrash, today],
  )
  const rows = useStudyRows(filter)
  const transfers = useTransfers()
  const states = useStudyStates(inTrash ? [] : rows.loadedIds)
  const statuses = useMemo(() => withStates(studyStatuses(transfers ?? []), states), [transfers, states])
  const { grouped } = rows
  const all = useMemo(() => studyColumns({ grouped, statuses }), [grouped, statuses])
  const columns = useColumnSettings('studies', all)
  return (
    <>
      <FilterBar>
        <span className={css.count} role="status">
          {rows.total !== undefined && countText(rows.total, criteria.datePreset)}
        </span>
        <ColumnMenu all={all} settings={columns} />
        <IconButton label="Refresh" icon={RefreshCw} onClick={rows.retry} />
      </FilterBar>
      <StudyList rows={rows} filter={filter} columns={columns} inTrash={inTrash} />
    </>
  )
}

function countText(total: number, preset: keyof typeof datePresetLabel): string {
  const label = preset === 'all' || preset === 'range' ? '' : `, ${datePresetLabel[preset].toLowerCase()}`
  return `${formatCount(total, 'study', 'studies')}${label}`
}
