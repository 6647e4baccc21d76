import { randomUUID } from 'node:crypto'
import type { AssociationTally } from '#electron/dicom/associationRecord.ts'
import type { NodeEvent, RemoteParty } from '#electron/dicom/nodeApi.ts'
import type { AssociationDetails, AssociationRow } from '#shared/contract/associations.ts'
import { rejectWords } from '#shared/dicom/associationReject.ts'
import { statusClass } from '#shared/dicom/status.ts'

type EventOf<Kind extends NodeEvent['kind']> = Extract<NodeEvent, { kind: Kind }>

/** One row of the log while it may still change. */
export interface Entry {
  row: AssociationRow
  details: AssociationDetails
  /** Counts the changes. */
  version: number
}

const nothingYet = { bytesReceived: 0, bytesSent: 0, succeeded: 0, warned: 0, failed: 0, times: 1, sentence: '' }

export function entryOfAccepted(
  { associationId, party, at, proposal }: EventOf<'associationAccepted' | 'callAccepted'>,
  direction: AssociationRow['direction'],
): Entry {
  return {
    row: { associationId, startedAt: at, endedAt: null, state: 'open', direction, ...partyOf(party), ...nothingYet },
    details: { ...proposal, rejection: null, operations: [], failures: [], steps: [] },
    version: 0,
  }
}

export function entryOfRefused(event: EventOf<'associationRejected'>): Entry {
  const { party, at, proposal, result, source, reason } = event
  const row = {
    associationId: randomUUID(),
    startedAt: at,
    endedAt: at,
    state: 'refused' as const,
    direction: 'in' as const,
  }
  return {
    row: { ...row, ...partyOf(party), ...nothingYet, sentence: refusalText(event) },
    details: { ...proposal, rejection: { result, source, reason }, operations: [], failures: [], steps: [] },
    version: 0,
  }
}

/** Before DICOM began: TLS at the port without it, a certificate that is missing. */
export function entryOfTurnedAway({ address, at, note }: EventOf<'connectionRefused'>): Entry {
  const row = {
    associationId: randomUUID(),
    startedAt: at,
    endedAt: at,
    state: 'refused' as const,
    direction: 'in' as const,
  }
  const party = { callingAETitle: '', calledAETitle: '', address, security: '' }
  const nothing = { implementation: '', maxPduLength: 0, contexts: [], operations: [], failures: [], steps: [] }
  return {
    row: { ...row, ...party, ...nothingYet, sentence: `${note}.` },
    details: { ...nothing, rejection: null },
    version: 0,
  }
}

export function repeatEntry(entry: Entry, at: number): Entry {
  entry.row = { ...entry.row, endedAt: at, times: entry.row.times + 1 }
  entry.version += 1
  return entry
}

export function endEntry(entry: Entry, { at, how, note, tally }: EventOf<'associationEnded' | 'callEnded'>): void {
  entry.row = { ...entry.row, endedAt: at, state: how, sentence: note ? `${note}.` : '', ...countsOf(tally) }
  const { operations = [], failures = [], steps = [] } = tally ?? {}
  entry.details = { ...entry.details, operations, failures, steps }
  entry.version += 1
}

export function interruptEntry(entry: Entry, at: number): void {
  entry.row = { ...entry.row, endedAt: at, state: 'interrupted' }
  entry.version += 1
}

/** Only the fields that the log has, whatever a later version adds to the party. */
function partyOf({ callingAETitle, calledAETitle, address, tls = '' }: RemoteParty) {
  return { callingAETitle, calledAETitle, address, security: tls }
}

function refusalText({ note, result, source, reason }: EventOf<'associationRejected'>): string {
  return `${note} (${rejectWords({ result, source, reason })}).`
}

function countsOf(tally: AssociationTally | undefined) {
  const { bytesReceived = 0, bytesSent = 0, operations = [] } = tally ?? {}
  const counts = { bytesReceived, bytesSent, succeeded: 0, warned: 0, failed: 0 }
  for (const { status, count } of operations) {
    const kind = statusClass(status)
    if (kind === 'success') counts.succeeded += count
    else if (kind === 'warning') counts.warned += count
    else if (kind === 'failure') counts.failed += count
  }
  return counts
}
