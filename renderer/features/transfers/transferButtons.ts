import type { TransferRow } from '#shared/contract/transfers.ts'

type Stated = Pick<TransferRow, 'kind' | 'state' | 'nextAttemptAt' | 'opensAt'>

/** What others send to us goes at their pace, not at ours. */
function isJob({ kind }: Stated): boolean {
  return kind === 'send' || kind === 'retrieve'
}

export function canPause(row: Stated): boolean {
  return isJob(row) && (row.state === 'running' || row.state === 'waiting')
}

export function canTryNow({ state, nextAttemptAt, opensAt }: Stated): boolean {
  return state === 'waiting' && (nextAttemptAt !== null || opensAt !== null)
}
