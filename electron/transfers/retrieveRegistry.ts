import type { NodeEvent, RemoteParty } from '#electron/dicom/nodeApi.ts'
import type { Transfer } from './transfer.ts'

type Received = Extract<NodeEvent, { kind: 'instanceReceived' }>

export interface RunningRetrieve {
  transfer: Transfer
  studyInstanceUID: string
  /** The server's AE title: some do not say who asked for the move. */
  serverAETitle: string
  lastReceivedAt: number
}

/**
 * Which running retrieve an arriving image belongs to. PS3.4 C.4.2: a store that a C-MOVE causes carries our AE title as
 * Move Originator (0000,1030). A server that leaves it out is known by its own AE title.
 */
export class RetrieveRegistry {
  private readonly running = new Set<RunningRetrieve>()

  add(retrieve: RunningRetrieve): () => void {
    this.running.add(retrieve)
    return () => void this.running.delete(retrieve)
  }

  claim(event: Received, party: RemoteParty, ownAETitle: string): boolean {
    const isOurs = (retrieve: RunningRetrieve) =>
      event.moveOriginatorAETitle === ownAETitle ||
      (event.moveOriginatorAETitle === '' && party.callingAETitle === retrieve.serverAETitle)
    const candidates = [...this.running].filter(isOurs)
    const retrieve =
      candidates.find(({ studyInstanceUID }) => studyInstanceUID === event.studyInstanceUID) ??
      (event.studyInstanceUID === '' && candidates.length === 1 ? candidates[0] : undefined)
    if (!retrieve) return false
    retrieve.lastReceivedAt = Date.now()
    record(retrieve.transfer, event)
    return true
  }
}

/** An image that a retrieve brought. */
export function record(transfer: Transfer, event: Received): void {
  const { sopInstanceUID: key, status, outcome, note = '' } = event
  const state = outcome === 'refused' ? 'failed' : note ? 'warning' : outcome === 'duplicate' ? 'duplicate' : 'done'
  transfer.item({ key, state, status, note }, event.bytes)
  if (event.studyId !== undefined) transfer.addStudy(event.studyId)
}
