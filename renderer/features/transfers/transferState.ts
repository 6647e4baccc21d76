import type { TransferItem, TransferRow } from '#shared/contract/transfers.ts'
import { timeOf } from '#shared/routing/sendHours.ts'
import type { ProofCounts } from '../../ui/proofTicks.ts'
import type { StatusName } from '../../ui/StatusWord.tsx'

export interface StateWord {
  status: StatusName
  word: string
}

const running = {
  receive: { status: 'receiving', word: 'Receiving' },
  send: { status: 'sending', word: 'Sending' },
  retrieve: { status: 'retrieving', word: 'Retrieving' },
  import: { status: 'importing', word: 'Importing' },
} as const

const finished = {
  receive: { status: 'received', word: 'Received' },
  send: { status: 'stored', word: 'Stored' },
  retrieve: { status: 'received', word: 'Retrieved' },
  import: { status: 'received', word: 'Imported' },
} as const

type Stated = Pick<
  TransferRow,
  'kind' | 'state' | 'failed' | 'warnings' | 'done' | 'attempts' | 'nextAttemptAt' | 'opensAt' | 'hold' | 'proof'
>

/** The status language: what is true, in one word or a count. */
export function stateWord(row: Stated, now = Date.now()): StateWord {
  switch (row.state) {
    case 'waiting':
      if (row.opensAt !== null && row.opensAt >= (row.nextAttemptAt ?? 0))
        return { status: 'waiting', word: `Waits until ${timeOf(row.opensAt)}` }
      if (row.nextAttemptAt === null) return { status: 'waiting', word: 'Waiting' }
      // What was not tried yet gathers what is still to come.
      return { status: 'waiting', word: dueText(row.attempts > 0 ? 'Retry' : 'Starts', row.nextAttemptAt - now) }
    case 'running':
      return running[row.kind]
    case 'paused':
      if (row.hold === 'listener') return { status: 'attention', word: 'Not listening' }
      return row.hold === 'space'
        ? { status: 'attention', word: 'No space left' }
        : { status: 'paused', word: 'Paused' }
    case 'done':
      if (row.kind === 'receive' && row.warnings > 0)
        return { status: 'warn', word: `Received, ${row.warnings.toLocaleString('en')} with a note` }
      if (row.proof?.differs) return { status: 'attention', word: 'Other patient' }
      return row.proof?.state === 'proved' ? { status: 'proved', word: 'Proved' } : finished[row.kind]
    case 'partial':
      return { status: 'attention', word: partialWord(row) }
    case 'failed':
      return { status: 'failed', word: 'Failed' }
    case 'refused':
      return { status: 'refused', word: 'Refused' }
    case 'cancelled':
      return { status: 'cancelled', word: 'Cancelled' }
  }
}

function partialWord({ failed, proof }: Stated): string {
  if (failed === 0) return 'Not complete'
  return `${failed} ${proof?.state === 'missing' ? 'missing there' : 'failed'}`
}

/** `Retry in 4 min`: waiting is nothing that a person must act on. */
function dueText(verb: 'Retry' | 'Starts', leftMs: number): string {
  if (leftMs <= 1000) return `${verb} now`
  return leftMs < 90_000 ? `${verb} in ${Math.ceil(leftMs / 1000)} s` : `${verb} in ${Math.round(leftMs / 60_000)} min`
}

const itemWords: Record<TransferItem['state'], Record<'send' | 'other', StateWord>> = {
  waiting: { send: { status: 'waiting', word: 'Waiting' }, other: { status: 'waiting', word: 'Waiting' } },
  done: { send: { status: 'stored', word: 'Stored' }, other: { status: 'stored', word: 'Stored' } },
  duplicate: { send: { status: 'stored', word: 'Stored' }, other: { status: 'stored', word: 'Here already' } },
  warning: { send: { status: 'warn', word: 'With a warning' }, other: { status: 'warn', word: 'With a note' } },
  failed: { send: { status: 'refused', word: 'Not taken' }, other: { status: 'refused', word: 'Not stored' } },
  'left-out': { send: { status: 'none', word: 'Left out' }, other: { status: 'none', word: 'Left out' } },
}

export function itemWord(item: TransferItem, kind: TransferRow['kind']): StateWord {
  if (kind === 'import' && item.state === 'warning') return { status: 'warn', word: 'Differs' }
  return itemWords[item.state][kind === 'send' ? 'send' : 'other']
}

export type GroupName = 'Needs attention' | 'Running' | 'Waiting' | 'Done today' | 'Earlier'

export function groupOf(
  {
    kind,
    state,
    endedAt,
    hold,
    proof,
  }: Pick<TransferRow, 'kind' | 'state' | 'endedAt' | 'hold'> & Partial<Pick<TransferRow, 'proof'>>,
  now: number,
): GroupName {
  // A refused caller waits for a person under Devices, where its card is.
  const isRefused = state === 'refused' && kind !== 'receive'
  if (
    state === 'partial' ||
    state === 'failed' ||
    isRefused ||
    hold === 'space' ||
    hold === 'listener' ||
    proof?.differs
  )
    return 'Needs attention'
  if (state === 'running') return 'Running'
  if (state === 'waiting' || state === 'paused') return 'Waiting'
  return (endedAt ?? now) >= new Date(now).setHours(0, 0, 0, 0) ? 'Done today' : 'Earlier'
}

/** For the proof strip: what the other side said that it stored is 10 px high, and 14 px once it was found there. */
export function proofCounts(row: TransferRow): ProofCounts {
  const differing = row.kind === 'import' ? row.warnings : 0
  const rest = (row.total ?? 0) - row.done - row.failed - differing
  const proved = row.proof?.counted ?? 0
  return { proved, stored: Math.max(0, row.done - proved), refused: row.failed, waiting: Math.max(0, rest) }
}

/**
 * What became of the images, each counted once; what there is none of is not mentioned, except what it is all about. What
 * was taken with a warning may be proved, too: then it is told apart from neither.
 */
export function legendOf(row: TransferRow, items: readonly TransferItem[]): { word: string; count: number }[] {
  const isImport = row.kind === 'import'
  const counted = row.proof?.counted ?? 0
  const stored = row.proof ? row.done - counted : row.done - row.duplicates - (isImport ? 0 : row.warnings)
  return [
    ...(row.proof ? [{ word: 'Proved', count: counted }] : []),
    { word: isImport ? 'Imported' : 'Stored', count: stored },
    { word: 'Here already', count: row.proof ? 0 : row.duplicates },
    { word: isImport ? 'Differ' : row.proof ? 'Of these with a warning' : 'With a warning', count: row.warnings },
    { word: isImport ? 'Could not be read' : 'Failed', count: row.failed },
    { word: 'Left out', count: items.filter(({ state }) => state === 'left-out').length },
    { word: row.endedAt === null ? 'Waiting' : 'Missing', count: proofCounts(row).waiting ?? 0 },
  ].filter(({ count }, index) => count > 0 || index === 0)
}

/** Why one waits that was not tried yet: what is before it at the same place. '' where nothing is. */
export function waitingText(row: TransferRow, all: readonly TransferRow[]): string {
  if (row.state !== 'waiting' || row.nextAttemptAt !== null || row.opensAt !== null || row.message !== '') return ''
  const before = all.find(
    ({ transferId, kind, peer, state, nextAttemptAt }) =>
      transferId !== row.transferId &&
      kind === row.kind &&
      peer === row.peer &&
      (state === 'running' || (state === 'waiting' && nextAttemptAt !== null)),
  )
  if (!before) return ''
  const whose = before.title || 'another transfer'
  return before.state === 'running'
    ? `Goes after ${whose}: one at a time goes to or from ${row.peer}.`
    : `Goes after ${whose}, which is tried again at ${clockSeconds.format(before.nextAttemptAt ?? 0)}.`
}

/** `385 of 388`, `34 so far`, `627`. */
export function countText(row: TransferRow): string {
  const done = row.done.toLocaleString('en')
  if (row.state === 'refused' || row.total === 0) return ''
  if (row.total !== null && (row.total !== row.done || row.kind !== 'receive'))
    return `${done} of ${row.total.toLocaleString('en')}`
  return row.endedAt === null ? `${done} so far` : done
}

const clock = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit' })
const clockSeconds = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', second: '2-digit' })
const date = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short' })

/** `11 s left`, `since 10:39`, `10:13`, `20 Nov 14:52`. */
export function timeText(row: TransferRow, now: number): string {
  if (row.state === 'waiting')
    return row.attempts > 0 ? `tried ${row.attempts === 1 ? 'once' : `${row.attempts} times`}` : ''
  if (row.state === 'paused') return ''
  if (row.endedAt === null) return secondsLeft(row, now) ?? `since ${clock.format(row.startedAt)}`
  const isToday = row.endedAt >= new Date(now).setHours(0, 0, 0, 0)
  return isToday ? clock.format(row.endedAt) : `${date.format(row.endedAt)} ${clock.format(row.endedAt)}`
}

function secondsLeft({ total, done, failed, startedAt, run }: TransferRow, now: number): string | undefined {
  const elapsedMs = now - (run?.at ?? startedAt)
  const did = done + failed - (run?.did ?? 0)
  if (total === null || did <= 0 || elapsedMs < 1000 || total <= done + failed) return undefined
  const seconds = Math.ceil(((total - done - failed) * elapsedMs) / did / 1000)
  return seconds < 100 ? `${seconds} s left` : `${Math.ceil(seconds / 60)} min left`
}
