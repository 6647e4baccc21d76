import { ChevronsUp, Copy, Ellipsis, FolderOpen, LogIn, Pause, Play, RotateCw, Square, X } from 'lucide-react'
import type { Priority, TransferRow } from '#shared/contract/transfers.ts'
import { useServers } from '../../api/workstation.ts'
import { formatCount } from '../../app/formatAmount.ts'
import { useNavigation } from '../../app/navigation.ts'
import { Button } from '../../ui/Button.tsx'
import { IconButton } from '../../ui/IconButton.tsx'
import { Menu } from '../../ui/Menu.tsx'
import { strangerOf } from './letIn.ts'
import {
  cancelTransfer,
  clearTransfers,
  pauseTransfers,
  prioritise,
  resumeTransfers,
  retryTransfer,
} from './transferActions.ts'
import { canPause, canTryNow } from './transferButtons.ts'

/** What a person can do with a transfer as it stands now. */
export function TransferButtons({ row, onCopy }: { row: TransferRow; onCopy(): void }) {
  const { transferId, studyIds, failed, state } = row
  const { openStudies, go } = useNavigation()
  const stranger = strangerOf(row, useServers() ?? [])
  const hasEnded = row.endedAt !== null
  return (
    <>
      <Button variant="plain" icon={Copy} onClick={onCopy}>
        Copy report
      </Button>
      {studyIds.length > 0 && (
        <Button icon={FolderOpen} keyHint="Enter" onClick={() => openStudies(studyIds)}>
          Open {studyIds.length === 1 ? 'study' : formatCount(studyIds.length, 'study', 'studies')}
        </Button>
      )}
      {hasEnded ? (
        <Button icon={X} onClick={() => void clearTransfers([transferId])}>
          Clear
        </Button>
      ) : (
        <Button icon={Square} onClick={() => void cancelTransfer(transferId)}>
          Cancel
        </Button>
      )}
      {canPause(row) && (
        <>
          <PriorityMenu row={row} />
          <Button icon={Pause} keyHint="P" onClick={() => void pauseTransfers([transferId])}>
            Pause
          </Button>
        </>
      )}
      {canTryNow(row) && (
        <Button variant="primary" icon={RotateCw} keyHint="R" onClick={() => void retryTransfer(transferId)}>
          {row.opensAt === null ? 'Try now' : 'Send now'}
        </Button>
      )}
      {state === 'paused' && (
        <Button variant="primary" icon={Play} keyHint="P" onClick={() => void resumeTransfers([transferId])}>
          Resume
        </Button>
      )}
      {stranger && (
        <Button variant="primary" icon={LogIn} onClick={() => go('devices')}>
          Let it in
        </Button>
      )}
      {row.canRetry && (
        <Button variant="primary" icon={RotateCw} keyHint="R" onClick={() => void retryTransfer(transferId)}>
          {failed > 0 ? `Retry ${failed}` : 'Retry'}
        </Button>
      )}
    </>
  )
}

const priorities: readonly { value: Priority; label: string }[] = [
  { value: 'urgent', label: 'Urgent: before all others' },
  { value: 'normal', label: 'Normal' },
  { value: 'low', label: 'Low: when nothing else waits' },
]

function PriorityMenu({ row }: { row: TransferRow }) {
  return (
    <Menu
      align="end"
      trigger={<IconButton label="Priority" icon={row.priority === 'urgent' ? ChevronsUp : Ellipsis} />}
      items={priorities.map(({ value, label }) => ({
        label,
        checked: row.priority === value,
        onSelect: () => void prioritise(row.transferId, value),
      }))}
    />
  )
}
