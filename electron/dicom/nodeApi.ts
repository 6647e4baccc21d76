/**
 * What the DICOM thread (`node.worker.ts`) offers to the main thread. Plain data only: it crosses threads.
 * The thread owns the listening sockets and the files being written; the archive's writer is reached by a port of its own.
 */
export interface NodeApi {
  /** Replaces the whole configuration; running associations finish under the one they started with. */
  configure(configuration: NodeConfiguration): Promise<void>
  /**
   * Starts the listener. Rejects with code EADDRINUSE, EACCES, EADDRNOTAVAIL. Port 0 = any free port.
   * Called again it moves: the new socket is open before the old one closes, associations under way go on; when the new
   * one cannot be opened the old one stays.
   */
  listen(endpoint: { host: string | undefined; port: number }): Promise<{ port: number }>
  /** A second listener beside the first, for retrieves from a server that was told another port (R013). Same errors. */
  listenExtra(endpoint: { host: string | undefined; port: number }): Promise<{ port: number }>
  /** Stops accepting on an extra port; associations under way go on. */
  closeExtra(port: number): Promise<void>
  /** A-ABORT of an association that the listener accepted; one that is gone already is no error. */
  abortAssociation(associationId: string): Promise<void>
  /** No new associations; the object under way gets `graceMs`, then A-ABORT. Resolves when all sockets are closed. */
  close(graceMs: number): Promise<void>
  echo(peer: Peer, signal: AbortSignal): Promise<{ elapsedMs: number; implementation: string }>
  /** Yields each match (0xFF00 and 0xFF01) as decoded attributes. Ends on success; throws AssociationError or DimseError. */
  find(peer: Peer, query: FindQuery, signal: AbortSignal): AsyncIterable<Match>
  /** Yields progress after each pending response and, last, the final one with `final: true`. */
  move(peer: Peer, request: MoveRequest, signal: AbortSignal): AsyncIterable<MoveProgress>
  /**
   * One association for the batch, and a new one where that ends early; yields one outcome an instance, with its status.
   * No answer is a failure.
   */
  send(peer: Peer, instances: InstanceToSend[], signal: AbortSignal): AsyncIterable<SendOutcome>
  /** Everything that the listener does, as it happens. One reader at a time. */
  events(signal: AbortSignal): AsyncIterable<NodeEvent>
}

export interface NodeConfiguration {
  aeTitle: string
  /** `any`: any called and calling AE title. `known`: called must be ours, calling AE title and address must be in `known`. */
  accept: 'any' | 'known'
  /**
   * The servers of the editor. `preferredTransferSyntaxUID` (R014): chosen when that calling AE proposes it in a
   * presentation context beside others; '' = no preference.
   */
  known: { aeTitle: string; host: string; preferredTransferSyntaxUID: string }[]
  /** Which services answer; one that is off has its contexts refused as not supported. */
  services: { storage: boolean; queryRetrieve: boolean; storageCommitment: boolean }
  maxPduLength: number
  maxAssociations: number
  artimTimeoutMs: number
  idleTimeoutMs: number
  dimseTimeoutMs: number
  /** Refuse with A700 below this many free bytes in the storage folder. */
  minFreeBytes: number
  storageFolder: string
}

/** A remote AE that we call. */
export interface Peer {
  name: string
  callingAETitle: string
  calledAETitle: string
  host: string
  port: number
  tls: { verify: boolean } | undefined
  connectTimeoutMs: number
  dimseTimeoutMs: number
  maxPduLength: number
  /** Sends each object over an association of its own. */
  associationPerInstance?: boolean
}

export type QueryRetrieveLevel = 'STUDY' | 'SERIES' | 'IMAGE'

/** Keywords (PS3.6) to matching values; '' asks for the attribute to be returned. */
export interface FindQuery {
  level: QueryRetrieveLevel
  keys: Record<string, string>
}

/** One match: keyword -> value as text in Unicode, several values joined by a backslash. Sequences are left out. */
export type Match = Record<string, string>

export interface MoveRequest {
  level: QueryRetrieveLevel
  destination: string
  studyInstanceUID: string
  seriesInstanceUIDs?: string[]
  sopInstanceUIDs?: string[]
}

export interface MoveProgress {
  final: boolean
  status: number
  errorComment: string | undefined
  remaining: number | undefined
  completed: number
  failed: number
  warning: number
  failedSOPInstanceUIDs: string[]
}

export interface InstanceToSend {
  instanceId: number
  sopClassUID: string
  sopInstanceUID: string
  transferSyntaxUID: string
  /** Absolute path of the archive's own file. */
  path: string
  bytes: number
}

export interface SendOutcome {
  instanceId: number
  sopInstanceUID: string
  /** DIMSE status; undefined when no answer came. */
  status: number | undefined
  outcome: 'success' | 'warning' | 'failure'
  /** A sentence for `failure` and `warning`, and how it was sent where that is not "as stored". */
  note: string | undefined
  bytes: number
}

export interface RemoteParty {
  callingAETitle: string
  calledAETitle: string
  address: string
}

export type NodeEvent =
  | { kind: 'associationAccepted'; associationId: string; party: RemoteParty; at: number }
  | {
      kind: 'associationRejected'
      party: RemoteParty
      at: number
      result: number
      source: number
      reason: number
      note: string
    }
  | {
      kind: 'instanceReceived'
      associationId: string
      at: number
      sopInstanceUID: string
      /** '' where the header could not be read. */
      studyInstanceUID: string
      /** (0000,1030): set when a C-MOVE caused this store; how a retrieve knows its own images. '' otherwise. */
      moveOriginatorAETitle: string
      bytes: number
      status: number
      outcome: 'stored' | 'duplicate' | 'refused'
      note: string | undefined
      studyId: number | undefined
    }
  | {
      kind: 'associationEnded'
      associationId: string
      at: number
      how: 'released' | 'aborted' | 'lost' | 'timed-out'
      note: string | undefined
    }

/**
 * Why a call did not end well. Crosses threads as code plus details; words for users are made at the contract.
 * code: UNKNOWN_HOST REFUSED UNREACHABLE TIMED_OUT REJECTED ABORTED LOST TLS NO_CONTEXT CANCELLED DIMSE NOT_DICOM
 */
export interface AssociationErrorDetails {
  code: string
  /** What lies beneath, for the exact words: `ECONNREFUSED`, `CERT_HAS_EXPIRED`, `HTTP`, an abort's `source 2 reason 0`. */
  cause?: string
  rejection?: { result: number; source: number; reason: number }
  status?: number
  errorComment?: string
}
