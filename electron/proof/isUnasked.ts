import type { TransferRow } from '#shared/contract/transfers.ts'

/** What was sent so long ago nobody waits for; before there were proofs there were none. */
const ASKED_WITHIN_MS = 86_400_000

/** A send that was not asked after: the program ended between the last image and the first question. */
export function isUnasked({ kind, state, endedAt, done, proof, commitment }: TransferRow, now: number): boolean {
  const isSent = kind === 'send' && (state === 'done' || state === 'partial') && done > 0
  return isSent && !proof && !commitment && endedAt !== null && now - endedAt < ASKED_WITHIN_MS
}
