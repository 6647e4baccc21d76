import { Send, SlidersHorizontal } from 'lucide-react'
import { useState } from 'react'
import type { ServerRow } from '#shared/contract/servers.ts'
import type { StudyRow } from '#shared/contract/studies.ts'
import { client } from '../../../api/client.ts'
import { useServers } from '../../../api/workstation.ts'
import { formatCount, formatNumber } from '../../../app/formatAmount.ts'
import { useNavigation } from '../../../app/navigation.ts'
import { useShortcuts } from '../../../app/shortcuts.ts'
import { showFailure } from '../../../app/showFailure.ts'
import { Button } from '../../../ui/Button.tsx'
import { Checkbox } from '../../../ui/Checkbox.tsx'
import { Dialog } from '../../../ui/Dialog.tsx'
import { EmptyState } from '../../../ui/EmptyState.tsx'
import { StatusWord } from '../../../ui/StatusWord.tsx'
import { answerText } from '../filter/answerText.ts'
import { nameText } from '../table/studyColumns.tsx'
import { announceTransfers } from '../transferNews.ts'
import css from './SendDialog.module.css'

export interface SendDialogProps {
  studies: readonly StudyRow[]
  /** Only these series of the one study; empty for all. */
  seriesIds: readonly number[]
  onClose: () => void
}

export function SendDialog({ studies, seriesIds, onClose }: SendDialogProps) {
  const servers = useServers() ?? []
  const go = useNavigation((state) => state.go)
  const [chosen, setChosen] = useState<ReadonlySet<number>>()
  const selected = servers.filter((server) => (chosen ? chosen.has(server.serverId) : server.isDefault))
  const images = studies.reduce((sum, study) => sum + study.instances, 0)
  const amount = seriesIds.length > 0 ? formatCount(seriesIds.length, 'series', 'series') : formatCount(images, 'image')
  const toggle = (serverId: number, on: boolean) => {
    const next = new Set(selected.map((server) => server.serverId))
    if (on) next.add(serverId)
    else next.delete(serverId)
    setChosen(next)
  }
  const send = async () => {
    if (selected.length === 0) return
    onClose()
    try {
      const { transferIds } = await client.transfers.send({
        serverIds: selected.map((server) => server.serverId),
        selection:
          seriesIds.length > 0 ? { seriesIds: [...seriesIds] } : { studyIds: studies.map((study) => study.studyId) },
      })
      const peer = selected.length === 1 ? (selected[0]?.name ?? '') : `${selected.length} servers`
      announceTransfers({ kind: 'send', what: amount, peer, icon: Send }, transferIds)
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
  return (
    <Dialog
      title="Send"
      subtitle={subtitleOf(studies)}
      onClose={onClose}
      width={600}
      footer={
        <>
          <span className={css.total}>{totalText(selected.length, seriesIds.length, images)}</span>
          <Button variant="plain" onClick={onClose}>
            Cancel
          </Button>
          <Button
            variant="primary"
            icon={Send}
            keyHint="Ctrl Enter"
            disabled={selected.length === 0}
            onClick={() => void send()}
          >
            {selected.length > 1 ? `Send to ${selected.length} servers` : 'Send'}
          </Button>
        </>
      }
    >
      <p className={css.amount}>
        {seriesIds.length > 0
          ? `${amount} of 1 study`
          : `${formatCount(studies.length, 'study', 'studies')}, ${amount}`}
      </p>
      <fieldset className={css.servers}>
        <legend className={css.legend}>To</legend>
        <ul className={css.list}>
          {servers.map((server) => (
            <li key={server.serverId} className={css.server}>
              <Checkbox
                label={server.name}
                checked={selected.includes(server)}
                onChange={(on) => toggle(server.serverId, on)}
              />
              <span className={`mono secondary ${css.title}`}>{server.aeTitle}</span>
              <Answer server={server} />
            </li>
          ))}
        </ul>
      </fieldset>
      <Button variant="plain" size="small" icon={SlidersHorizontal} onClick={editServers}>
        Edit servers
      </Button>
    </Dialog>
  )
}

function Answer({ server }: { server: ServerRow }) {
  const text = answerText(server.lastTest, new Date())
  if (!server.lastTest) return <StatusWord status="none">{text}</StatusWord>
  return <StatusWord status={server.lastTest.ok ? 'pass' : 'attention'}>{text}</StatusWord>
}

function subtitleOf(studies: readonly StudyRow[]): string {
  const [only] = studies
  if (studies.length !== 1 || !only) return formatCount(studies.length, 'study', 'studies')
  return [nameText(only), only.description].filter(Boolean).join(', ')
}

function totalText(servers: number, series: number, images: number): string {
  if (servers === 0) return 'Choose where to'
  if (series > 0 || servers === 1) return formatCount(servers, 'transfer')
  return `${formatNumber(images * servers)} images in ${servers} transfers`
}
