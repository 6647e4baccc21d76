import { statfs } from 'node:fs/promises'
import { isConnected } from '#electron/archive/volumeMarker.ts'
import type { Listening } from '#electron/listening/listener.ts'
import type { Status } from '#shared/contract/settings.ts'
import type { TransferRow } from '#shared/contract/transfers.ts'
import { localAddresses } from './localAddresses.ts'

export interface HostStatusParts {
  listening(): Listening
  /** The one address that we listen on; '' = all of them. */
  bindAddress: string
  transfers(): TransferRow[]
  arriving(): Status['arriving']
  knocks(): number
  storageFolder: string
  certificates(): Status['certificates']
  trashProblem(): string
  studies(): Promise<number>
  deskAttention(): Promise<number>
}

/** What the status bar shows. */
export async function hostStatus(parts: HostStatusParts): Promise<Status> {
  const rows = parts.transfers()
  const [disk, studies, deskAttention] = await Promise.all([
    diskOf(parts.storageFolder),
    parts.studies(),
    parts.deskAttention(),
  ])
  return {
    listening: parts.listening(),
    addresses: addressesOf(parts.bindAddress),
    arriving: parts.arriving(),
    transfersRunning: rows.filter(({ state }) => state === 'running').length,
    needsAttention: rows.filter(needsAttention).length,
    deskAttention,
    knocks: parts.knocks(),
    certificates: parts.certificates(),
    disk: { ...disk, connected: isConnected(parts.storageFolder) },
    trashProblem: parts.trashProblem(),
    studies,
  }
}

/** Nobody reaches us where we do not listen. */
function addressesOf(bind: string): Status['addresses'] {
  return bind === '' || bind === '0.0.0.0' || bind === '::' ? localAddresses() : [{ address: bind, interface: '' }]
}

/** Goes on only if a person acts. A refused caller waits under Devices. */
function needsAttention({ kind, state, hold, proof }: Pick<TransferRow, 'kind' | 'state' | 'hold' | 'proof'>): boolean {
  if (state === 'refused') return kind !== 'receive'
  // What waits for the listener, as at each start, is told by the listener's own state.
  return hold === 'space' || state === 'partial' || state === 'failed' || (proof?.differs ?? '') !== ''
}

export async function diskOf(folder: string): Promise<{ freeBytes: number; totalBytes: number }> {
  try {
    const { bavail, blocks, bsize } = await statfs(folder)
    return { freeBytes: bavail * bsize, totalBytes: blocks * bsize }
  } catch {
    return { freeBytes: 0, totalBytes: 0 }
  }
}
