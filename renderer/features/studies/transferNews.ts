import { CircleX, type LucideIcon, TriangleAlert } from 'lucide-react'
import type { TransferRow } from '#shared/contract/transfers.ts'
import { followTransfers } from '../../api/workstation.ts'
import { formatCount } from '../../app/formatAmount.ts'
import { useNavigation } from '../../app/navigation.ts'
import { showToast, type Toast, useToast } from '../../ui/toast.ts'
import { type Ended, transferOutcome } from './transferOutcome.ts'

export interface Announced {
  kind: Ended['kind']
  /** `Bella`, `3 studies`, `60 images`. */
  what: string
  /** Where a send goes. */
  peer?: string
  icon: LucideIcon
}

/** Says that jobs run and leads to them; once they are over the same place says how they ended. */
export function announceTransfers(announced: Announced, transferIds: readonly string[]): void {
  const { kind, what, peer = '', icon } = announced
  const message = kind === 'send' ? `Sending ${what} to ${peer}.` : `Retrieving ${what}.`
  const toastId = showToast({ message, icon, action: { label: 'Show', onAct: () => show(transferIds[0]) } })
  let saidToWait = false
  const stop = followTransfers((rows) => {
    const own = rows.filter((row) => transferIds.includes(row.transferId))
    const late = own.find(({ state, attempts }) => state === 'waiting' && attempts > 0)
    if (late && !saidToWait) {
      saidToWait = true
      const again = 'It is tried again by itself; nobody needs to wait for it.'
      showToast({ message: `${late.message} ${again}`, ...faceOf({ kind, tone: 'warn', message: '' }, [late], icon) })
    }
    if (own.some(({ endedAt }) => endedAt === null)) return
    // Not in the list yet, or cleared from it by a person.
    if (own.length < transferIds.length && own.length === 0) return
    queueMicrotask(() => stop())
    const outcome = transferOutcome(own, { kind, what, peer })
    const isShown = useToast.getState().current?.id === toastId
    if (outcome.tone === 'ok' && !isShown) return
    if (outcome.message === '') return isShown ? useToast.getState().dismiss(toastId) : undefined
    showToast({ message: outcome.message, ...faceOf(outcome, own, icon) })
  })
}

function faceOf(outcome: Ended, rows: readonly TransferRow[], icon: LucideIcon): Omit<Toast, 'message'> {
  if (outcome.tone === 'ok') {
    const studyIds = outcome.kind === 'retrieve' ? [...new Set(rows.flatMap((row) => row.studyIds))] : []
    const open = () => useNavigation.getState().openStudies(studyIds)
    const label = studyIds.length > 1 ? `Open ${formatCount(studyIds.length, 'study', 'studies')}` : 'Open'
    return { icon, tone: 'ok', ...(studyIds.length > 0 ? { action: { label, onAct: open } } : {}) }
  }
  const worst = rows.find(({ state }) => state !== 'done') ?? rows[0]
  return {
    icon: outcome.tone === 'bad' ? CircleX : TriangleAlert,
    tone: outcome.tone,
    action: { label: 'Show', onAct: () => show(worst?.transferId) },
  }
}

function show(transferId: string | undefined): void {
  const { go, showTransfer } = useNavigation.getState()
  if (transferId) showTransfer(transferId)
  else go('transfers')
}
