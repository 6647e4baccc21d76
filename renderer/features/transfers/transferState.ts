import type { TransferItem, TransferRow } from '#shared/contract/transfers.ts'
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

/** The status language: what is true, in one word or a count. */
export function stateWord(row: Pick<TransferRow, 'kind' | 'state' | 'failed' | 'done'>): StateWord {
  switch (row.state) {
    case 'waiting':
      return { status: 'waiting', word: 'Waiting' }
    case 'running':
      return running[row.kind]
    case 'done':
      return finished[row.kind]
    case 'partial':
      return { status: 'attention', word: row.failed > 0 ? `${row.failed} failed` : 'Not complete' }
    case 'failed':
      return { status: 'failed', word: 'Failed' }
    case 'refused':
      return { status: 'refused', word: 'Refused' }
    case 'cancelled':
      return { status: 'cancelled', word: 'Cancelled' }
  }
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

export function groupOf({ state, endedAt }: Pick<TransferRow, 'state' | 'endedAt'>, now: number): GroupName {
  if (state === 'partial' || state === 'failed' || state === 'refused') return 'Needs attention'
  if (state === 'running') return 'Running'
  if (state === 'waiting') return 'Waiting'
  return (endedAt ?? now) >= new Date(now).setHours(0, 0, 0, 0) ? 'Done today' : 'Earlier'
}

/** For the proof strip: what is where it should be is stored, 10 px; nothing here is proved yet. */
export function proofCounts(row: TransferRow): ProofCounts {
  const differing = row.kind === 'import' ? row.warnings : 0
  const rest = (row.total ?? 0) - row.done - row.failed - differing
  return { stored: row.done, refused: row.failed, waiting: Math.max(0, rest) }
}

/** What became of the images, each counted once; what there is none of is not mentioned, except what it is all about. */
export function legendOf(row: TransferRow, items: readonly TransferItem[]): { word: string; count: number }[] {
  const isImport = row.kind === 'import'
  return [
    { word: isImport ? 'Imported' : 'Stored', count: row.done - row.duplicates - (isImport ? 0 : row.warnings) },
    { word: 'Here already', count: row.duplicates },
    { word: isImport ? 'Differ' : 'With a warning', count: row.warnings },
    { word: isImport ? 'Could not be read' : 'Failed', count: row.failed },
    { word: 'Left out', count: items.filter(({ state }) => state === 'left-out').length },
    { word: 'Waiting', count: proofCounts(row).waiting ?? 0 },
  ].filter(({ count }, index) => count > 0 || index === 0)
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
const date = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short' })

/** `11 s left`, `since 10:39`, `10:13`, `20 Nov 14:52`. */
export function timeText(row: TransferRow, now: number): string {
  if (row.state === 'waiting') return ''
  if (row.endedAt === null) return secondsLeft(row, now) ?? `since ${clock.format(row.startedAt)}`
  const isToday = row.endedAt >= new Date(now).setHours(0, 0, 0, 0)
  return isToday ? clock.format(row.endedAt) : `${date.format(row.endedAt)} ${clock.format(row.endedAt)}`
}

function secondsLeft({ total, done, failed, startedAt }: TransferRow, now: number): string | undefined {
  const elapsedMs = now - startedAt
  const did = done + failed
  if (total === null || did === 0 || elapsedMs < 1000 || total <= did) return undefined
  const seconds = Math.ceil(((total - did) * elapsedMs) / did / 1000)
  return seconds < 100 ? `${seconds} s left` : `${Math.ceil(seconds / 60)} min left`
}
