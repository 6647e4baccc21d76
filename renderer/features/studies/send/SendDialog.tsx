import { Send, SlidersHorizontal } from 'lucide-react'
import { useState } from 'react'
import type { StudyRow } from '#shared/contract/studies.ts'
import type { Priority, Selection } from '#shared/contract/transfers.ts'
import { client } from '../../../api/client.ts'
import { useServers } from '../../../api/workstation.ts'
import { formatBytes, formatCount } from '../../../app/formatAmount.ts'
import { useNavigation } from '../../../app/navigation.ts'
import { useShortcuts } from '../../../app/shortcuts.ts'
import { showFailure } from '../../../app/showFailure.ts'
import { Button } from '../../../ui/Button.tsx'
import { Dialog } from '../../../ui/Dialog.tsx'
import { EmptyState } from '../../../ui/EmptyState.tsx'
import { SegmentedControl } from '../../../ui/SegmentedControl.tsx'
import { nameText } from '../table/studyColumns.tsx'
import { announceTransfers } from '../transferNews.ts'
import { Destinations } from './Destinations.tsx'
import css from './SendDialog.module.css'
import { SendFindings } from './SendFindings.tsx'
import { type Scope, scopesOf, selectionOf, type Viewed } from './sendScope.ts'
import { useSendCheck } from './useSendCheck.ts'

export interface SendDialogProps {
  studies: readonly StudyRow[]
  /** Only these series of the one study; empty for all. */
  seriesIds: readonly number[]
  /** What is looked at: its series or image alone can be chosen. */
  viewed?: Viewed | undefined
  onClose: () => void
}

const priorities: readonly { value: Priority; label: string }[] = [
  { value: 'normal', label: 'Routine' },
  { value: 'urgent', label: 'Urgent' },
  { value: 'low', label: 'When idle' },
]

/** What goes where, and whether it is whole; the rest happens in the background. */
export function SendDialog({ studies, seriesIds, viewed, onClose }: SendDialogProps) {
  const servers = useServers() ?? []
  const go = useNavigation((state) => state.go)
  const [chosen, setChosen] = useState<ReadonlySet<number>>()
  const [priority, setPriority] = useState<Priority>('normal')
  const [scope, setScope] = useState<Scope>('study')
  const [onlyNew, setOnlyNew] = useState<readonly number[]>()
  const selected = servers.filter((server) => (chosen ? chosen.has(server.serverId) : server.isDefault))
  const serverIds = selected.map((server) => server.serverId)
  const whole = selectionOf(scope, studies, seriesIds, viewed)
  const selection: Selection = onlyNew ? { instanceIds: [...onlyNew] } : whole
  const check = useSendCheck(serverIds, selection)
  const amount = check.data ? formatCount(check.data.images, 'image') : ''
  const send = async () => {
    if (selected.length === 0) return
    onClose()
    try {
      const { transferIds } = await client.transfers.send({ serverIds, selection, priority })
      const peer = selected.length === 1 ? (selected[0]?.name ?? '') : `${selected.length} servers`
      announceTransfers({ kind: 'send', what: amount || subtitleOf(studies), peer, icon: Send }, transferIds)
    } catch (error) {
      showFailure(error)
    }
  }
  useShortcuts('Send', [{ keys: 'Ctrl Enter', run: () => void send() }], { inDialog: true })
  const editServers = () => {
    onClose()
    go('servers')
  }
  if (servers.length === 0) {
    return (
      <Dialog title="Send" subtitle={subtitleOf(studies)} onClose={onClose}>
        <EmptyState
          icon={Send}
          title="There is no server to send to"
          actions={<Button onClick={editServers}>Add a server</Button>}
        >
          Add the PACS, the viewing station or the teleradiology service that is to get the images.
        </EmptyState>
      </Dialog>
    )
  }
  const scopes = scopesOf(seriesIds, viewed)
  return (
    <Dialog
      title="Send"
      subtitle={subtitleOf(studies)}
      onClose={onClose}
      width={640}
      footer={
        <>
          <span className={css.total}>{totalText(selected.length, check.data?.images)}</span>
          <Button variant="plain" onClick={onClose}>
            Cancel
          </Button>
          <Button
            variant="primary"
            icon={Send}
            keyHint="Ctrl Enter"
            disabled={selected.length === 0 || check.error !== null}
            onClick={() => void send()}
          >
            {selected.length > 1 ? `Send to ${selected.length} servers` : 'Send'}
          </Button>
        </>
      }
    >
      {scopes.length > 1 && (
        <div className={css.scope}>
          <SegmentedControl label="What to send" value={scope} options={scopes} onChange={setScope} />
        </div>
      )}
      <SendFindings
        check={check.data}
        error={check.error?.message}
        summary={check.data && summaryOf(check.data)}
        canChooseNew={selected.length === 1}
        onlyNew={onlyNew !== undefined}
        onOnlyNew={setOnlyNew}
      />
      <Destinations
        servers={servers}
        selected={selected}
        priority={priority}
        onToggle={(serverId, on) => {
          const next = new Set(serverIds)
          if (on) next.add(serverId)
          else next.delete(serverId)
          setChosen(next)
          setOnlyNew(undefined)
        }}
      />
      <div className={css.options}>
        <Button variant="plain" size="small" icon={SlidersHorizontal} onClick={editServers}>
          Edit servers
        </Button>
        <span className={css.grow} />
        <span className={css.label}>Urgency</span>
        <SegmentedControl label="Urgency" value={priority} options={priorities} onChange={setPriority} />
      </div>
    </Dialog>
  )
}

function summaryOf({ studies, series, images, bytes }: Record<'studies' | 'series' | 'images' | 'bytes', number>) {
  const many = studies > 1 ? `${formatCount(studies, 'study', 'studies')}, ` : ''
  return `${many}${formatCount(series, 'series', 'series')}, ${formatCount(images, 'image')}, ${formatBytes(bytes)}`
}

function subtitleOf(studies: readonly StudyRow[]): string {
  const [only] = studies
  if (studies.length !== 1 || !only) return formatCount(studies.length, 'study', 'studies')
  return [nameText(only), only.description].filter(Boolean).join(', ')
}

function totalText(servers: number, images: number | undefined): string {
  if (servers === 0) return 'Choose where to'
  if (images === undefined) return ''
  const each = servers === 1 ? '' : ` to each of ${servers}`
  return `${formatCount(images, 'image')}${each}, in the background`
}
