import { ArrowUpDown, ListX } from 'lucide-react'
import { useEffect, useState } from 'react'
import { useTransfers } from '../../api/workstation.ts'
import { useNavigation } from '../../app/navigation.ts'
import { useShortcuts } from '../../app/shortcuts.ts'
import { Bars } from '../../ui/Bars.tsx'
import { Button } from '../../ui/Button.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { SegmentedControl } from '../../ui/SegmentedControl.tsx'
import { TopBar } from '../../ui/TopBar.tsx'
import { QuarantineButton } from '../quarantine/QuarantineButton.tsx'
import { type Filter, listRows } from './listRows.ts'
import { TransferDetails } from './TransferDetails.tsx'
import css from './TransfersPage.module.css'
import { TransferTable } from './TransferTable.tsx'
import { cancelTransfer, clearTransfers, retryTransfer } from './transferActions.ts'
import { useNow } from './useNow.ts'
import { noteOf, useStudyNotes } from './useStudyNotes.ts'

const filters: readonly { value: Filter; label: string }[] = [
  { value: 'all', label: 'All' },
  { value: 'send', label: 'Send' },
  { value: 'receive', label: 'Receive' },
  { value: 'retrieve', label: 'Retrieve' },
  { value: 'import', label: 'Import' },
]

export function TransfersPage() {
  const transfers = useTransfers()
  const [filter, setFilter] = useState<Filter>('all')
  const [selectedId, setSelectedId] = useState<string>()
  const wanted = useNavigation((state) => state.transferId)
  const now = useNow(1000)
  const rows = listRows(transfers ?? [], filter, now)
  const selected = transfers?.find((row) => row.transferId === selectedId)
  const notes = useStudyNotes(transfers ?? [])
  const finished = (transfers ?? []).filter(({ state }) => state === 'done' || state === 'cancelled')
  useEffect(() => {
    if (wanted === undefined) return
    setFilter('all')
    setSelectedId(wanted)
    useNavigation.setState({ transferId: undefined })
  }, [wanted])
  useShortcuts('Transfers', [
    {
      keys: 'r',
      label: 'Retry the selected transfer',
      run: () => {
        if (selected?.canRetry) void retryTransfer(selected.transferId)
      },
    },
    {
      keys: 'Delete',
      label: 'Take the selected transfer off the list, or stop it',
      run: () => {
        if (!selected) return
        if (selected.endedAt !== null) void clearTransfers([selected.transferId])
        else void cancelTransfer(selected.transferId)
      },
    },
  ])
  return (
    <>
      <TopBar title="Transfers">
        <SegmentedControl label="Kind" value={filter} options={filters} onChange={setFilter} />
        <span className={css.grow} />
        <QuarantineButton />
        <Button
          variant="plain"
          icon={ListX}
          disabled={finished.length === 0}
          onClick={() => void clearTransfers(finished.map(({ transferId }) => transferId))}
        >
          Clear finished
        </Button>
      </TopBar>
      <div className={css.page}>
        {!transfers ? (
          <Bars />
        ) : rows.length === 0 ? (
          <Nothing filter={filter} />
        ) : (
          <TransferTable rows={rows} notes={notes} now={now} selectedId={selectedId} onSelect={setSelectedId} />
        )}
        {selected && <TransferDetails key={selected.transferId} row={selected} note={noteOf(selected, notes)} />}
      </div>
    </>
  )
}

function Nothing({ filter }: { filter: Filter }) {
  const go = useNavigation((state) => state.go)
  const word = filter === 'all' ? 'transfer' : filter
  return (
    <EmptyState
      icon={ArrowUpDown}
      title={`No ${word} yet`}
      actions={
        <>
          <Button onClick={() => go('studies')}>Go to Studies</Button>
          <Button variant="plain" onClick={() => go('servers')}>
            Set up a server
          </Button>
        </>
      }
    >
      Everything that comes in or goes out stands here, image by image: what devices send, what you send, retrieve and
      import.
    </EmptyState>
  )
}
