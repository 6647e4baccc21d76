import { Download } from 'lucide-react'
import { create } from 'zustand'
import type { TransferRow } from '#shared/contract/transfers.ts'
import { client } from '../../../api/client.ts'
import { formatCount } from '../../../app/formatAmount.ts'
import { showFailure } from '../../../app/showFailure.ts'
import { announceTransfers } from '../transferNews.ts'
import { remoteNameText } from './remoteNameText.ts'
import type { RemoteRow } from './remoteRows.ts'

/** Which transfer brings which remote study, as far as this page began it. */
export const useRetrieves = create<{ transfers: Readonly<Record<string, Started>> }>(() => ({ transfers: {} }))

interface Started {
  transferId: string
  /** The study, not some of its series. */
  isWhole: boolean
}

export type Brought = TransferRow & Pick<Started, 'isWhole'>

export function retrieveKey(row: { serverId: number; studyInstanceUID: string }): string {
  return `${row.serverId} ${row.studyInstanceUID}`
}

/** Gets whole studies, or these series of the one study. */
export async function retrieve(rows: readonly RemoteRow[], seriesInstanceUIDs: readonly string[] = []): Promise<void> {
  try {
    const started: string[] = []
    for (const row of rows) {
      const { transferIds } = await client.transfers.retrieve({
        serverId: row.serverId,
        studies: [
          {
            studyInstanceUID: row.studyInstanceUID,
            patientName: row.patientName.slice(0, 1024),
            instances: row.instances,
            ...(seriesInstanceUIDs.length > 0 ? { seriesInstanceUIDs: [...seriesInstanceUIDs] } : {}),
          },
        ],
      })
      const [transferId] = transferIds
      if (!transferId) continue
      started.push(transferId)
      const begun = { transferId, isWhole: seriesInstanceUIDs.length === 0 }
      useRetrieves.setState((state) => ({ transfers: { ...state.transfers, [retrieveKey(row)]: begun } }))
    }
    const [only] = rows
    const what = rows.length === 1 && only ? remoteNameText(only) : formatCount(rows.length, 'study', 'studies')
    announceTransfers({ kind: 'retrieve', what, icon: Download }, started)
  } catch (error) {
    showFailure(error)
  }
}
