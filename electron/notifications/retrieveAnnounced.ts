import { CallRefusal } from '#electron/jsonServer/callRefusal.ts'
import type { Transfers } from '#electron/transfers/openTransfers.ts'
import type { NotificationMessage } from './message.ts'

const WAITING_MAX = 500
/** Where single images are told of, more come: they are fetched together. */
const GATHER_MS = 10_000

export interface RetrieveAnnouncedParts {
  transfers: Pick<Transfers, 'retrieve' | 'row'>
  now(): number
}

/** Orders what a server told of, once; resolves when the order is on disk. One that still waits brings the rest too. */
export function retrieveAnnounced({ transfers, now }: RetrieveAnnouncedParts) {
  const ordered = new Map<string, string>()
  let turn: Promise<unknown> = Promise.resolve()
  const waits = (transferId: string) => transfers.row(transferId)?.state === 'waiting'

  const order = async (serverId: number, { level, studyInstanceUID }: NotificationMessage): Promise<void> => {
    const key = `${serverId} ${studyInstanceUID}`
    const before = ordered.get(key)
    if (before !== undefined && waits(before)) return
    for (const [other, transferId] of ordered) if (!waits(transferId)) ordered.delete(other)
    if (ordered.size >= WAITING_MAX)
      throw new CallRefusal(429, `${WAITING_MAX} studies wait to be retrieved already. Send it again later.`)
    const study = { studyInstanceUID, patientName: '', instances: null }
    const notBefore = level === 'study' ? null : now() + GATHER_MS
    const [transferId] = await transfers.retrieve(serverId, [study], { told: { notBefore } })
    if (transferId !== undefined) ordered.set(key, transferId)
  }
  /** One after the other: two messages of one study are one order. */
  return (serverId: number, message: NotificationMessage): Promise<void> => {
    const next = turn.then(() => order(serverId, message))
    turn = next.catch(() => {})
    return next
  }
}
