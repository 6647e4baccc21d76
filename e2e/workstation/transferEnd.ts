import type { Client } from '#shared/contract/client.ts'
import type { WorkstationContract } from '#shared/contract/index.ts'
import type { TransferRow } from '#shared/contract/transfers.ts'
import { until } from './until.ts'

/** The transfer as it stands when it has ended, however it ended. */
export function transferEnd(
  ask: Client<WorkstationContract>,
  transferId: string,
  timeoutMs = 120_000,
): Promise<TransferRow> {
  const look = async () => {
    for await (const { rows } of ask.transfers.watch({})) {
      return rows.find((row) => row.transferId === transferId && row.endedAt !== null)
    }
    return undefined
  }
  return until(`the end of transfer ${transferId}`, look, timeoutMs)
}
