import type { StudyState } from '#shared/contract/studies.ts'
import type { TransferRow } from '#shared/contract/transfers.ts'
import { formatNumber } from '../../../app/formatAmount.ts'
import type { StatusName } from '../../../ui/StatusWord.tsx'
import { stateStatus } from './stateText.ts'

export interface StudyStatus {
  status: StatusName
  /** One phrase: where the study stands. */
  text: string
  /** How many images each server took, and whether that is proved; only where it can be told for this study alone. */
  sent?: readonly SentTo[]
}

interface SentTo {
  peer: string
  images: number
  isProved: boolean
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

/** Statuses that a study's own state does not change: it moves, or a person has to act. */
const strong = new Set<StatusName>([
  ...(['sending', 'arriving', 'retrieving', 'importing', 'waiting', 'paused', 'failed', 'attention'] as const),
])

/** With what is known of the images themselves, long after the transfers that brought them are forgotten. */
export function withStates(
  statuses: ReadonlyMap<number, StudyStatus>,
  states: ReadonlyMap<number, StudyState>,
): Map<number, StudyStatus> {
  const all = new Map(statuses)
  for (const [studyId, state] of states) {
    const known = all.get(studyId)
    const own = stateStatus(state)
    if (known && strong.has(known.status)) continue
    if (own && (!known || own.status !== 'received')) all.set(studyId, own)
    else if (known) all.set(studyId, asFarAsSent(known, state))
  }
  return all
}

/** One image that was sent, or images that came after a send, are not the study: nobody must delete the rest for it. */
function asFarAsSent(known: StudyStatus, { received, made }: StudyState): StudyStatus {
  const images = received - made
  const part = known.sent?.find((one) => one.images < images)
  if (!part) return known
  const where = `${part.isProved ? 'at' : 'sent to'} ${part.peer}`
  return { status: 'stored', text: `${formatNumber(part.images)} of ${formatNumber(images)} ${where}` }
}

/** Studies of which a part is missing, with the counts as far as they are known; nothing while more is coming. */
export function missingParts(
  transfers: readonly TransferRow[],
  states: ReadonlyMap<number, StudyState> = new Map(),
): Map<number, string> {
  const parts = new Map<number, string>()
  for (const [studyId, state] of states) {
    const own = stateStatus(state)
    if (state.expected !== null && own?.status === 'attention') parts.set(studyId, own.text)
  }
  for (const [studyId, rows] of groupByStudy(transfers)) {
    if (
      rows.some(
        ({ kind, state }) => kind !== 'send' && (state === 'running' || state === 'waiting' || state === 'paused'),
      )
    ) {
      parts.delete(studyId)
      continue
    }
    if (parts.has(studyId) || states.get(studyId)?.state === 'complete') continue
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
  if (paused) return { status: 'paused', text: `Paused, ${paused.peer}` }
  if (waiting) return { status: 'waiting', text: `Waits for ${waiting.peer}` }
  const missing = incomplete(latest)
  if (missing) return missing
  // Only the last word to each server counts: a failure that was tried again with success is over.
  const sends = lastOfEachPeer(latest.filter((row) => row.kind === 'send' && row.state !== 'cancelled'))
  const bad = sends.find((row) => row.state !== 'done')
  if (bad) {
    // What is wrong comes first: a narrow column cuts the name, not the news.
    const text =
      bad.state === 'partial' ? `${formatNumber(bad.failed)} not sent to ${bad.peer}` : `Not sent to ${bad.peer}`
    return { status: bad.state === 'partial' ? 'attention' : 'failed', text }
  }
  const [first] = sends
  if (!first) return undefined
  const astray = sends.find(({ proof }) => proof?.differs)
  if (astray) return { status: 'attention', text: `Other patient at ${astray.peer}` }
  const isProved = sends.every(({ proof }) => proof?.state === 'proved')
  const verb = isProved ? 'At' : 'Sent to'
  const text = sends.length === 1 ? `${verb} ${first.peer}` : `${verb} ${sends.length} servers`
  const done = latest.filter(({ kind, state }) => kind === 'send' && state === 'done')
  return { status: isProved ? 'proved' : 'stored', text, sent: sentTo(done) }
}

/** All that went to each server, be it in several sends. */
function sentTo(done: readonly TransferRow[]): SentTo[] {
  return [...Map.groupBy(done, ({ peer }) => peer)].flatMap(([peer, rows]): SentTo[] => {
    // Of several studies sent at once nobody kept how many images were of which.
    if (rows.some(({ studyIds }) => studyIds.length > 1)) return []
    const proved = rows.filter(({ proof }) => proof?.state === 'proved')
    const isProved = proved.length > 0 && rows[0]?.proof?.state === 'proved'
    const images = (isProved ? proved : rows).reduce((sum, row) => sum + row.done, 0)
    return [{ peer, images, isProved }]
  })
}

/** What came in last is a part only: nobody must take it for the whole study. */
function incomplete(latestFirst: readonly TransferRow[]): StudyStatus | undefined {
  const last = latestFirst.find(({ kind }) => kind === 'retrieve' || kind === 'receive')
  if (!last || last.state === 'done' || last.state === 'refused' || last.studyIds.length !== 1) return undefined
  const { done, total } = last
  const counts = total !== null && total > done ? `${formatNumber(done)} of ${formatNumber(total)}, ` : ''
  return { status: 'attention', text: `${counts}not complete`.replace(/^n/, 'N') }
}

function moving(row: TransferRow): StudyStatus {
  const { kind, total, done, peer } = row
  if (kind === 'send') {
    return { status: 'sending', text: total === null ? peer : `${peer}, ${done} of ${total}` }
  }
  if (kind === 'receive') return { status: 'arriving', text: 'Arriving now' }
  const text = total === null ? `${done} so far` : `${done} of ${total}`
  return { status: kind === 'import' ? 'importing' : 'retrieving', text }
}

function lastOfEachPeer(latestFirst: readonly TransferRow[]): TransferRow[] {
  const seen = new Set<string>()
  return latestFirst.filter((row) => !seen.has(row.peer) && seen.add(row.peer))
}
