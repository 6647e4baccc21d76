import { Send, Trash2, Undo2 } from 'lucide-react'
import { useEffect, useState } from 'react'
import type { StudyRow } from '#shared/contract/studies.ts'
import { callQuery, useQueryOperation } from '../../api/useQueryOperation.ts'
import { useSettings } from '../../api/workstation.ts'
import { aimAt } from '../../app/aim.ts'
import { useShortcuts } from '../../app/shortcuts.ts'
import { showFailure } from '../../app/showFailure.ts'
import { useAfterPaint } from '../../app/useAfterPaint.ts'
import { ContextMenu } from '../../ui/ContextMenu.tsx'
import type { MenuItem } from '../../ui/menuItem.ts'
import { EmptyStudies } from './EmptyStudies.tsx'
import { useBrowser } from './filter/browserState.ts'
import type { StudyFilterInput } from './filter/toStudyFilter.ts'
import css from './StudiesPage.module.css'
import { SendDialog } from './send/SendDialog.tsx'
import { EmptyStrip } from './strip/EmptyStrip.tsx'
import { SeriesStrip } from './strip/SeriesStrip.tsx'
import { deleteStudies, openElsewhere, openInViewer, restoreStudies } from './studyActions.ts'
import type { ColumnSettings } from './table/columnSettings.ts'
import { gridKeyHelp } from './table/gridKeyHelp.ts'
import { StudyTable } from './table/StudyTable.tsx'
import { noSelection } from './table/selection.ts'
import type { StudyRows } from './table/useStudyRows.ts'

/** As many as one command takes at once and a person can mean. */
const SELECT_ALL_MAX = 1000

interface StudyListProps {
  rows: StudyRows
  /** What they are the answer to. */
  filter: StudyFilterInput
  columns: ColumnSettings<StudyRow>
  inTrash: boolean
}

/** The list with what is selected in it. A selection draws this alone, and not the filters above. */
export function StudyList({ rows, filter, columns, inTrash }: StudyListProps) {
  const criteria = useBrowser((state) => state.criteria)
  const [selection, setSelection] = useState(noSelection)
  const [sending, setSending] = useState<{ studies: readonly StudyRow[]; seriesIds: number[] }>()
  const [stripShown, setStripShown] = useState(true)
  const trashDays = useSettings()?.settings.trashDays
  const selected = useSelectedStudies(selection.keys, rows.find)
  // The row is marked first. What the strip offers is done with what it shows.
  const described = useSelectedStudies(useAfterPaint(selection).keys, rows.find)
  // biome-ignore lint/correctness/useExhaustiveDependencies: another list, another selection
  useEffect(() => setSelection(noSelection), [inTrash, criteria])

  const open = (row: StudyRow) => {
    if (inTrash) return
    // Enter means what is selected, as the button does; a double click has just selected its row alone.
    openInViewer(selected.some(({ studyId }) => studyId === row.studyId) ? selected : [row])
  }
  const remove = (studies: readonly StudyRow[]) => {
    if (inTrash || studies.length === 0) return
    setSelection(noSelection)
    void deleteStudies(studies, trashDays)
  }
  const restore = (studies: readonly StudyRow[]) => {
    if (!inTrash || studies.length === 0) return
    setSelection(noSelection)
    void restoreStudies(studies.map(({ studyId }) => studyId))
  }
  const send = (studies: readonly StudyRow[], seriesIds: number[] = []) =>
    studies.length > 0 && setSending({ studies, seriesIds })
  const selectAll = async () => {
    try {
      const page = await callQuery('studies', 'list', { ...filter, offset: 0, limit: SELECT_ALL_MAX })
      setSelection({ keys: new Set(page.rows.map((row) => row.studyId)), cursor: 0, anchor: 0 })
    } catch (error) {
      showFailure(error)
    }
  }
  useShortcuts('Studies', [
    { keys: 'Enter', label: 'Open', run: () => !inTrash && openInViewer(selected) },
    {
      keys: 'Shift Enter',
      label: inTrash ? undefined : 'Open in another window',
      run: () => !inTrash && openElsewhere(selected),
    },
    { keys: 'Delete', label: inTrash ? undefined : 'Delete', run: () => remove(selected) },
    { keys: 'Ctrl E', label: 'Send', run: () => !inTrash && send(selected) },
    { keys: 'Ctrl A', label: 'Select all', run: () => void selectAll() },
    { keys: 'Space', label: 'Show or hide the series', run: () => setStripShown((shown) => !shown) },
    ...gridKeyHelp,
  ])
  const menuOf = (studies: readonly StudyRow[]): MenuItem[] =>
    inTrash
      ? [{ label: 'Restore', icon: Undo2, onSelect: () => restore(studies) }]
      : [
          { label: 'Open', note: 'Enter', onSelect: () => openInViewer(studies) },
          { label: 'Open in another window', note: 'Shift Enter', onSelect: () => openElsewhere(studies) },
          { label: 'Send', icon: Send, note: 'Ctrl E', onSelect: () => send(studies) },
          'separator',
          { label: 'Delete', icon: Trash2, note: 'Del', danger: true, onSelect: () => remove(studies) },
        ]
  return (
    <>
      <ContextMenu items={selected.length > 0 ? menuOf(selected) : []}>
        <div className={css.list}>
          <StudyTable
            rows={rows}
            columns={columns}
            selection={selection}
            onSelection={setSelection}
            onOpen={open}
            onAim={({ studyId }) => !inTrash && aimAt(studyId)}
            onSelectAll={() => void selectAll()}
            empty={<EmptyStudies inTrash={inTrash} />}
          />
        </div>
      </ContextMenu>
      {stripShown && described.length > 0 && (
        <SeriesStrip
          studies={described}
          inTrash={inTrash}
          onOpen={(seriesId) => openInViewer(described, seriesId)}
          onSend={(seriesIds) => send(described, seriesIds)}
          onRestore={() => restore(described)}
          menu={menuOf(described)}
        />
      )}
      {stripShown && described.length === 0 && (rows.total ?? 0) > 0 && (
        <EmptyStrip>Select a study to see its series. Space hides this part.</EmptyStrip>
      )}
      {sending && (
        <SendDialog studies={sending.studies} seriesIds={sending.seriesIds} onClose={() => setSending(undefined)} />
      )}
    </>
  )
}

/** The selected studies themselves. Most are on a page that is loaded; the others are asked for. */
function useSelectedStudies(keys: ReadonlySet<number>, find: StudyRows['find']): readonly StudyRow[] {
  const studyIds = [...keys]
  const missing = studyIds.filter((studyId) => !find(studyId))
  const { data } = useQueryOperation(
    'studies',
    'get',
    { studyIds: missing },
    { enabled: missing.length > 0, keepPrevious: true },
  )
  const asked = new Map(data?.map((row) => [row.studyId, row]))
  return studyIds.flatMap((studyId) => find(studyId) ?? asked.get(studyId) ?? [])
}
