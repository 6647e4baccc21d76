import { statfs } from 'node:fs/promises'
import type { Listening } from '#electron/listening/listener.ts'
import type { Status } from '#shared/contract/settings.ts'
import type { TransferRow } from '#shared/contract/transfers.ts'
import { localAddresses } from './localAddresses.ts'

export interface HostStatusParts {
  listening(): Listening
  transfers(): TransferRow[]
  arriving(): Status['arriving']
  storageFolder: string
  studies(): Promise<number>
}

/** What the status bar shows. */
export async function hostStatus(parts: HostStatusParts): Promise<Status> {
  const rows = parts.transfers()
  const [disk, studies] = await Promise.all([diskOf(parts.storageFolder), parts.studies()])
  return {
    listening: parts.listening(),
    addresses: localAddresses(),
    arriving: parts.arriving(),
    transfersRunning: rows.filter(({ state }) => state === 'running').length,
    needsAttention: rows.filter(needsAttention).length,
    disk,
    studies,
  }
}

/** Goes on only if a person acts. */
function needsAttention({ state }: Pick<TransferRow, 'state'>): boolean {
  return state === 'partial' || state === 'failed' || state === 'refused'
}

export async function diskOf(folder: string): Promise<{ freeBytes: number; totalBytes: number }> {
  try {
    const { bavail, blocks, bsize } = await statfs(folder)
    return { freeBytes: bavail * bsize, totalBytes: blocks * bsize }
  } catch {
    return { freeBytes: 0, totalBytes: 0 }
  }
}
