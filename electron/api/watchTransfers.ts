import type { Transfers } from '#electron/transfers/openTransfers.ts'
import type { TransferRow } from '#shared/contract/transfers.ts'
import { throttled } from './throttled.ts'

interface TransferUpdate {
  rows: TransferRow[]
  removed: string[]
  snapshot: boolean
}

/** A rate falls to zero although nothing happens: running rows are said again. */
const RATE_MS = 1000

/** First every transfer, then those that changed. */
export async function* watchTransfers(
  transfers: Pick<Transfers, 'rows' | 'row' | 'onChange'>,
  signal: AbortSignal,
): AsyncGenerator<TransferUpdate> {
  const changed = new Set<string>()
  const removed = new Set<string>()
  let isFirst = true
  yield* throttled<TransferUpdate>({
    signal,
    everyMs: RATE_MS,
    subscribe: (notify) =>
      transfers.onChange((change) => {
        const { transferId } = change
        changed.delete(transferId)
        removed.delete(transferId)
        if (change.removed) removed.add(transferId)
        else changed.add(transferId)
        notify()
      }),
    take: () => {
      if (isFirst) {
        isFirst = false
        changed.clear()
        removed.clear()
        return { rows: transfers.rows().map(shown), removed: [], snapshot: true }
      }
      const rows = [...changed].flatMap((id) => transfers.row(id) ?? []).map(shown)
      const update = { rows, removed: [...removed], snapshot: false }
      changed.clear()
      removed.clear()
      // A rate outlives its last change by a few seconds: say the row once more, until it has fallen.
      for (const row of rows) if (row.endedAt === null && row.bytesPerSecond > 0) changed.add(row.transferId)
      return update.rows.length + update.removed.length > 0 ? update : undefined
    },
  })
}

/** The plan stays on this side. */
export function shown(row: TransferRow): TransferRow {
  const { plan: _, ...rest } = row as TransferRow & { plan?: string }
  return rest
}
