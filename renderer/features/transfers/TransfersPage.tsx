import { ArrowUpDown, ListX, Pause, Play, Waypoints } from 'lucide-react'
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
import { RulesPage } from './rules/RulesPage.tsx'
import { TransferDetails } from './TransferDetails.tsx'
import css from './TransfersPage.module.css'
import { TransferTable } from './TransferTable.tsx'
import { cancelTransfer, clearTransfers, pauseTransfers, resumeTransfers, retryTransfer } from './transferActions.ts'
import { canPause, canTryNow } from './transferButtons.ts'
import { useNow } from './useNow.ts'
import { noteOf, useStudyNotes } from './useStudyNotes.ts'
import { useTransferHistory } from './useTransferHistory.ts'

const filters: readonly { value: Filter; label: string }[] = [
  { value: 'all', label: 'All' },
  { value: 'send', label: 'Send' },
  { value: 'receive', label: 'Receive' },
  { value: 'retrieve', label: 'Retrieve' },
  { value: 'import', label: 'Import' },
]

export function TransfersPage() {
  const [rulesShown, setRulesShown] = useState(false)
  const wanted = useNavigation((state) => state.transferId)
  useEffect(() => {
    if (wanted !== undefined) setRulesShown(false)
  }, [wanted])
  return rulesShown ? (
    <RulesPage onBack={() => setRulesShown(false)} />
  ) : (
    <AllTransfers onRules={() => setRulesShown(true)} />
  )
}

function AllTransfers({ onRules }: { onRules(): void }) {
  const transfers = useTransfers()
  const [filter, setFilter] = useState<Filter>('all')
  const [selectedId, setSelectedId] = useState<string>()
  const wanted = useNavigation((state) => state.transferId)
  const now = useNow(1000)
  const { all, more } = useTransferHistory(transfers ?? [], filter)
  const rows = listRows(all, filter, now)
  // What the filter leaves out is not looked at either.
  const selected = all.find((row) => row.transferId === selectedId && (filter === 'all' || row.kind === filter))
  const notes = useStudyNotes(all)
  const pausable = all.filter(canPause).map(({ transferId }) => transferId)
  const paused = all.filter(({ state, hold }) => state === 'paused' && hold === 'person')
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
      label: 'Retry the selected transfer, or try it now',
      run: () => {
        if (selected && (selected.canRetry || canTryNow(selected))) void retryTransfer(selected.transferId)
      },
    },
    {
      keys: 'p',
      label: 'Pause the selected transfer, or resume it',
      run: () => {
        if (!selected) return
        if (canPause(selected)) void pauseTransfers([selected.transferId])
        else if (selected.state === 'paused') void resumeTransfers([selected.transferId])
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
        <Button variant="plain" icon={Waypoints} onClick={onRules}>
          Rules
        </Button>
        <PauseAll pausable={pausable} paused={paused.map(({ transferId }) => transferId)} />
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
          <TransferTable
            rows={rows}
            notes={notes}
            now={now}
            selectedId={selectedId}
            onSelect={setSelectedId}
            onEnd={more}
          />
        )}
        {selected && (
          <TransferDetails
            key={selected.transferId}
            row={selected}
            all={all}
            note={noteOf(selected, notes)}
            now={now}
          />
        )}
      </div>
    </>
  )
}

function PauseAll({ pausable, paused }: { pausable: string[]; paused: string[] }) {
  if (pausable.length === 0 && paused.length > 0)
    return (
      <Button variant="plain" icon={Play} onClick={() => void resumeTransfers(paused)}>
        Resume all
      </Button>
    )
  return (
    <Button
      variant="plain"
      icon={Pause}
      disabled={pausable.length === 0}
      title="Sends and retrieves stand still until you resume them"
      onClick={() => void pauseTransfers(pausable)}
    >
      Pause all
    </Button>
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
