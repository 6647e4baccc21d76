import type { TransferRow } from '#shared/contract/transfers.ts'
import { formatNumber } from '../../../app/formatAmount.ts'
import type { StatusName } from '../../../ui/StatusWord.tsx'

export interface StudyStatus {
  status: StatusName
  /** One phrase: where the study stands. */
  text: string
  transferId: string
}

/**
 * Where each study stands, told from the transfers that are kept. What moves now wins over what needs a person, and that
 * over what is finished; of several finished sends the count is given. A study is *at* a server only once that proved to
 * have it; before it was sent there, no more.
 */
export function studyStatuses(transfers: readonly TransferRow[]): Map<number, StudyStatus> {
  const byStudy = groupByStudy(transfers)
  const statuses = new Map<number, StudyStatus>()
  for (const [studyId, rows] of byStudy) {
    const status = statusOf(rows)
    if (status) statuses.set(studyId, status)
  }
  return statuses
}

/** Studies of which a part is missing, with the counts as far as they are known; nothing while more is coming. */
export function missingParts(transfers: readonly TransferRow[]): Map<number, string> {
  const parts = new Map<number, string>()
  for (const [studyId, rows] of groupByStudy(transfers)) {
    if (rows.some(({ state }) => state === 'running' || state === 'waiting' || state === 'paused')) continue
    const missing = incomplete(rows.toSorted((a, b) => b.startedAt - a.startedAt))
    if (missing) parts.set(studyId, missing.text)
  }
  return parts
}

function groupByStudy(transfers: readonly TransferRow[]): Map<number, TransferRow[]> {
  const byStudy = new Map<number, TransferRow[]>()
  for (const row of transfers) {
    for (const studyId of row.studyIds) byStudy.set(studyId, [...(byStudy.get(studyId) ?? []), row])
  }
  return byStudy
}

function statusOf(rows: readonly TransferRow[]): StudyStatus | undefined {
  const latest = [...rows].sort((a, b) => b.startedAt - a.startedAt)
  const running = latest.find((row) => row.state === 'running')
  if (running) return moving(running)
  const waiting = latest.find((row) => row.state === 'waiting')
  const paused = latest.find((row) => row.state === 'paused')
  if (paused) return { status: 'paused', text: `Paused, ${paused.peer}`, transferId: paused.transferId }
  if (waiting) return { status: 'waiting', text: `Waits for ${waiting.peer}`, transferId: waiting.transferId }
  const missing = incomplete(latest)
  if (missing) return missing
  // Only the last word to each server counts: a failure that was tried again with success is over.
  const sends = lastOfEachPeer(latest.filter((row) => row.kind === 'send' && row.state !== 'cancelled'))
  const bad = sends.find((row) => row.state !== 'done')
  if (bad) {
    // What is wrong comes first: a narrow column cuts the name, not the news.
    const text =
      bad.state === 'partial' ? `${formatNumber(bad.failed)} not sent to ${bad.peer}` : `Not sent to ${bad.peer}`
    return { status: bad.state === 'partial' ? 'attention' : 'failed', text, transferId: bad.transferId }
  }
  const [first] = sends
  if (!first) return undefined
  const isProved = sends.every(({ proof }) => proof?.state === 'proved')
  const verb = isProved ? 'At' : 'Sent to'
  const text = sends.length === 1 ? `${verb} ${first.peer}` : `${verb} ${sends.length} servers`
  return { status: isProved ? 'proved' : 'stored', text, transferId: first.transferId }
}

/** What came in last is a part only: nobody must take it for the whole study. */
function incomplete(latestFirst: readonly TransferRow[]): StudyStatus | undefined {
  const last = latestFirst.find(({ kind }) => kind === 'retrieve' || kind === 'receive')
  if (!last || last.state === 'done' || last.state === 'refused' || last.studyIds.length !== 1) return undefined
  const { done, total, transferId } = last
  const counts = total !== null && total > done ? `${formatNumber(done)} of ${formatNumber(total)}, ` : ''
  return { status: 'attention', text: `${counts}not complete`.replace(/^n/, 'N'), transferId }
}

function moving(row: TransferRow): StudyStatus {
  const { transferId, kind, total, done, peer } = row
  if (kind === 'send') {
    return { status: 'sending', text: total === null ? peer : `${peer}, ${done} of ${total}`, transferId }
  }
  if (kind === 'receive') return { status: 'arriving', text: 'Arriving now', transferId }
  const text = total === null ? `${done} so far` : `${done} of ${total}`
  return { status: kind === 'import' ? 'importing' : 'retrieving', text, transferId }
}

function lastOfEachPeer(latestFirst: readonly TransferRow[]): TransferRow[] {
  const seen = new Set<string>()
  return latestFirst.filter((row) => !seen.has(row.peer) && seen.add(row.peer))
}
