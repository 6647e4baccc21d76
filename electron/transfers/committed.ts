import type { Commitment } from '#electron/commitment/openCommitment.ts'
import type { ServerRow } from '#shared/contract/servers.ts'
import type { CommitmentSummary, ItemCommitment, TransferItem } from '#shared/contract/transfers.ts'
import { isStored } from './tally.ts'

export interface SentItem {
  sopClassUID: string
  sopInstanceUID: string
}

/** What the server took and has not yet said to keep. */
export async function toBeCommitted(
  commitment: Commitment,
  transferId: string,
  server: ServerRow,
  items: readonly TransferItem[],
  known: readonly SentItem[],
): Promise<SentItem[]> {
  // What it did not answer for last time is asked about again.
  const there = new Set(items.filter(({ state, proof }) => isStored(state) || proof).map(({ key }) => key))
  const before = await commitment.of(transferId, server.name)
  return known.filter(
    ({ sopInstanceUID }) => there.has(sopInstanceUID) && before.get(sopInstanceUID)?.state !== 'committed',
  )
}

export function withCommitments(
  items: readonly TransferItem[],
  commitments: ReadonlyMap<string, ItemCommitment>,
): TransferItem[] {
  return items.map((item) => {
    const commitment = commitments.get(item.key)
    return commitment ? { ...item, commitment } : item
  })
}

export function summaryOf(commitments: ReadonlyMap<string, ItemCommitment>): CommitmentSummary | undefined {
  if (commitments.size === 0) return undefined
  const count = (state: ItemCommitment['state']) =>
    [...commitments.values()].filter((one) => one.state === state).length
  return {
    ...{ asked: count('asked'), committed: count('committed'), refused: count('refused') },
    notAsked: count('not-asked'),
    askedAt: Math.max(...[...commitments.values()].map(({ askedAt }) => askedAt)),
    note: [...commitments.values()].find(({ state }) => state === 'not-asked')?.note ?? '',
  }
}
