import type { TransferRow } from '#shared/contract/transfers.ts'
import { formatCount, formatNumber } from '../../app/formatAmount.ts'

export interface Ended {
  kind: 'send' | 'retrieve'
  tone: 'ok' | 'warn' | 'bad'
  /** '' where a person stopped it: there is nothing to say. */
  message: string
}

interface Subject {
  kind: Ended['kind']
  what: string
  /** Where a send goes. */
  peer: string
}

/** How jobs that a person began ended, in one sentence. */
export function transferOutcome(
  rows: readonly Pick<TransferRow, 'state' | 'done' | 'message'>[],
  { kind, what, peer }: Subject,
): Ended {
  const done = rows.reduce((sum, row) => sum + row.done, 0)
  const wrong = rows.filter(({ state }) => state === 'partial' || state === 'failed' || state === 'refused')
  const [only] = wrong
  if (only) {
    const tone = wrong.some(({ state }) => state === 'partial') || wrong.length < rows.length ? 'warn' : 'bad'
    if (wrong.length === 1) return { kind, tone, message: only.message || `${what}: not complete.` }
    const jobs = kind === 'send' ? 'sends' : 'retrieves'
    return { kind, tone, message: `${formatNumber(wrong.length)} of ${rows.length} ${jobs} did not get through.` }
  }
  if (rows.some(({ state }) => state === 'cancelled')) return { kind, tone: 'ok', message: '' }
  const images = formatCount(done, 'image')
  const subject = what === images ? images : `${what}, ${images}`
  return kind === 'send'
    ? { kind, tone: 'ok', message: `Sent ${rows.length > 1 ? what : subject} to ${peer}.` }
    : { kind, tone: 'ok', message: `Retrieved ${subject}.` }
}
