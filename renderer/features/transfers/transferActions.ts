import { Copy } from 'lucide-react'
import { ApiError } from '#shared/contract/errors.ts'
import type { Priority, TransferItem, TransferRow } from '#shared/contract/transfers.ts'
import { client } from '../../api/client.ts'
import { queryClient } from '../../api/queryClient.ts'
import { showToast } from '../../ui/toast.ts'
import { countText, itemWord, stateWord } from './transferState.ts'

async function say(work: Promise<unknown>): Promise<void> {
  try {
    await work
  } catch (error) {
    showToast({ tone: 'bad', message: error instanceof ApiError ? error.message : 'This did not work. Try again.' })
  }
}

export const cancelTransfer = (transferId: string) => say(client.transfers.cancel({ transferId }))
export const retryTransfer = (transferId: string) => say(client.transfers.retry({ transferId }))
export const askCommitment = (transferId: string) => say(client.transfers.askCommitment({ transferId }))
export const countAgain = (transferId: string) => say(client.transfers.countAgain({ transferId }))
export const pauseTransfers = (transferIds: string[]) => say(client.transfers.pause({ transferIds }))
export const resumeTransfers = (transferIds: string[]) => say(client.transfers.resume({ transferIds }))
export const prioritise = (transferId: string, priority: Priority) =>
  say(client.transfers.prioritise({ transferId, priority }))

export async function clearTransfers(transferIds: string[]): Promise<void> {
  await say(client.transfers.clear({ transferIds }))
  await queryClient.invalidateQueries({ queryKey: ['transfers', 'history'] })
}

/** What a person sends to whoever can help: no pictures, the words and the statuses. */
export async function copyReport(row: TransferRow, items: readonly TransferItem[]): Promise<void> {
  const lines = [
    `${stateWord(row).word}: ${row.kind}, ${row.peer}, ${countText(row)}`,
    `Started ${new Date(row.startedAt).toISOString()}${row.endedAt === null ? '' : `, ended ${new Date(row.endedAt).toISOString()}`}`,
    ...(row.message ? [row.message] : []),
    '',
    ...items
      .filter(({ state, note }) => state === 'failed' || note !== '')
      .map((item) => `${item.key}\t${itemWord(item, row.kind).word}\t${statusText(item.status)}\t${item.note}`),
  ]
  await say(
    navigator.clipboard.writeText(lines.join('\n')).then(() => showToast({ icon: Copy, message: 'Report copied' })),
  )
}

/** As DICOM writes it. */
export function statusText(status: number | null): string {
  return status === null ? '' : status.toString(16).toUpperCase().padStart(4, '0')
}
