import type { TransferKind, TransferRow } from '#shared/contract/transfers.ts'
import { type GroupName, groupOf } from './transferState.ts'

export type Filter = 'all' | TransferKind

export type ListRow = { group: GroupName; count: number } | { transfer: TransferRow }

const order: readonly GroupName[] = ['Needs attention', 'Running', 'Waiting', 'Done today', 'Earlier']

/** Groups with their transfers, newest first; a group without any is left out. */
export function listRows(transfers: readonly TransferRow[], filter: Filter, now: number): ListRow[] {
  const groups = Map.groupBy(
    transfers.filter(({ kind }) => filter === 'all' || kind === filter),
    (row) => groupOf(row, now),
  )
  return order.flatMap((group): ListRow[] => {
    const rows = groups.get(group)
    if (!rows) return []
    const sorted = rows.toSorted((a, b) => (b.endedAt ?? b.startedAt) - (a.endedAt ?? a.startedAt))
    return [{ group, count: rows.length }, ...sorted.map((transfer) => ({ transfer }))]
  })
}
