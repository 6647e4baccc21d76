import type { Client } from '#shared/contract/client.ts'
import type { WorkstationContract } from '#shared/contract/index.ts'
import type { TransferRow } from '#shared/contract/transfers.ts'
import { until } from './until.ts'

type Ask = Client<WorkstationContract>

/** The transfer as it stands when it has ended, however it ended. */
export function transferEnd(ask: Ask, transferId: string, timeoutMs = 120_000): Promise<TransferRow> {
  return transferWhere(ask, transferId, ({ endedAt }) => endedAt !== null, timeoutMs)
}

/** The same, or as it stands after its first try in vain: from then on it comes again by itself. */
export function firstTry(ask: Ask, transferId: string, timeoutMs = 120_000): Promise<TransferRow> {
  return transferWhere(ask, transferId, ({ endedAt, attempts }) => endedAt !== null || attempts > 0, timeoutMs)
}

export function transferWhere(
  ask: Ask,
  transferId: string,
  is: (row: TransferRow) => boolean,
  timeoutMs = 90_000,
): Promise<TransferRow> {
  const look = async () => {
    for await (const { rows } of ask.transfers.watch({}))
      return rows.find((row) => row.transferId === transferId && is(row))
    return undefined
  }
  return until(`transfer ${transferId}`, look, timeoutMs)
}
