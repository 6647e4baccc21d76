import type { KeptTransfer } from '#electron/archive/archiveApi.ts'
import type { ReceivedInstance } from '#electron/archive/receivedSince.ts'
import type { TransferItem } from '#shared/contract/transfers.ts'

/**
 * A receive that the process did not outlive: its list was saved about once a second, the images one by one. What the
 * archive has and the list has not is added, so that both say the same. `claimed` keeps two associations of one device
 * from counting an image twice.
 */
export function recount(
  row: KeptTransfer,
  items: readonly TransferItem[],
  stored: readonly ReceivedInstance[],
  claimed: Set<string>,
): { row: KeptTransfer; items: TransferItem[] } {
  const listed = new Set(items.map(({ key }) => key))
  const missing = stored.filter(({ sopInstanceUID: uid }) => !listed.has(uid) && !claimed.has(uid))
  for (const { sopInstanceUID } of missing) claimed.add(sopInstanceUID)
  for (const key of listed) claimed.add(key)
  return {
    row: {
      ...row,
      done: row.done + missing.length,
      bytes: row.bytes + missing.reduce((sum, { bytes }) => sum + bytes, 0),
      studyIds: [...new Set([...row.studyIds, ...missing.map(({ studyId }) => studyId)])],
    },
    items: missing.map(({ sopInstanceUID }) => ({ key: sopInstanceUID, state: 'done', status: null, note: NOTE })),
  }
}

const NOTE = 'Stored; this workstation stopped around then, so the device may not know.'

/** The two halves of a receive's `peer`: calling AE title and address. */
export function partyOf(peer: string): { callingAETitle: string; address: string } {
  const space = peer.lastIndexOf(' ')
  return { callingAETitle: peer.slice(0, Math.max(0, space)), address: peer.slice(space + 1) }
}
