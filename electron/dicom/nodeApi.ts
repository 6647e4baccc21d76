import type { ConflictPolicy } from '#electron/archive/quarantineApi.ts'
import type { CommitmentReport, ReferencedSOP } from '#electron/commitment/commitment.ts'
import type { WebRoute } from '#electron/dicomweb/webApi.ts'
import type { AttributeSet } from '#shared/dicom/attributeSet.ts'
import type { AssociationProposal, AssociationTally } from './associationRecord.ts'
import type { ListenerTls, PeerTls, Security } from './tls/peerTls.ts'

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
  listen(endpoint: Endpoint): Promise<{ port: number }>
  /** Stops accepting on the port for TLS, or on the one without; associations under way go on. */
  stopListening(tls: boolean): Promise<void>
  /** A second listener beside the first, for retrieves from a server that was told another port (R013). Same errors. */
  listenExtra(endpoint: Endpoint): Promise<{ port: number }>
  /** Stops accepting on an extra port; associations under way go on. */
  closeExtra(port: number): Promise<void>
  /** A-ABORT of an association that the listener accepted; one that is gone already is no error. */
  abortAssociation(associationId: string): Promise<void>
  /** No new associations; the object under way gets `graceMs`, then A-ABORT. Resolves when all sockets are closed. */
  close(graceMs: number): Promise<void>
  echo(peer: Peer, signal: AbortSignal): Promise<EchoAnswer>
  /** What a server shows over TLS: the connection ends after the handshake, nothing is sent. Rejects as `echo` does. */
  lookAtCertificate(peer: Peer, signal: AbortSignal): Promise<{ security: Security; pem: string }>
  /** An association that proposes these and asks nothing: what the peer takes of them. Rejects as `echo` does. */
  negotiate(peer: Peer, proposed: Proposed[], signal: AbortSignal): Promise<Negotiated>
  /** Yields each match (0xFF00 and 0xFF01) as decoded attributes. Ends on success; throws AssociationError or DimseError. */
  find(peer: Peer, query: FindQuery, signal: AbortSignal): AsyncIterable<Match>
  /** PS3.4 K as SCU: each entry of the peer's worklist that matches. Ends and fails as `find`. */
  findWorklist(peer: Peer, keys: AttributeSet, signal: AbortSignal): AsyncIterable<AttributeSet>
  /** PS3.4 F as SCU. Resolves when the peer has taken it, with a warning or without; rejects with AssociationError. */
  sendStep(peer: Peer, message: StepMessage, signal: AbortSignal): Promise<{ status: number }>
  /** Yields progress after each pending response and, last, the final one with `final: true`. */
  move(peer: Peer, request: MoveRequest, signal: AbortSignal): AsyncIterable<MoveProgress>
  /** C-GET: what it brings is kept as every received object is. Each step as it happens; the final response is last. */
  get(peer: Peer, request: GetRequest, signal: AbortSignal): AsyncIterable<GetStep>
  /**
   * One association for the batch, and a new one where that ends early; yields one outcome an instance, with its status.
   * No answer is a failure.
   */
  send(peer: Peer, instances: InstanceToSend[], signal: AbortSignal): AsyncIterable<SendOutcome>
  /**
   * Answers a storage commitment request: on the association that asked while it is open, else on one of its own with the
   * peer. Rejects with AssociationError when the answer was not acknowledged; LOST when neither way is left.
   */
  reportCommitment(
    associationId: string,
    peer: Peer | undefined,
    report: CommitmentReport,
    signal: AbortSignal,
  ): Promise<void>
  /**
   * Asks a peer for storage commitment. The transaction must be on disk before: its answer may come at once. `answered`:
   * it came on the same association; otherwise it comes to the listener.
   */
  requestCommitment(peer: Peer, request: CommitmentToAsk, signal: AbortSignal): Promise<{ answered: boolean }>
  /** Everything that the listener does, as it happens. One reader at a time. */
  events(signal: AbortSignal): AsyncIterable<NodeEvent>
}

export interface Endpoint {
  /** All interfaces when undefined. */
  host: string | undefined
  port: number
  /** Only callers over TLS are served there; one such endpoint beside one without. */
  tls?: boolean
}

export interface NodeConfiguration {
  /** How callers over TLS are received; undefined while there is no certificate. */
  tls?: ListenerTls | undefined
  aeTitle: string
  /**
   * What a caller must get right (R065, R066), each by itself: our AE title as the called one, its own AE title among
   * `known`, its address the one of that entry (or of any, when its AE title is not checked).
   */
  checks: { calledAETitle: boolean; callingAETitle: boolean; address: boolean }
  /** R069: a caller that fails the checks of title or address may test the connection all the same, and nothing else. */
  answerUnknownEcho: boolean
  /**
   * The servers of the editor, and the devices that a person let in. `preferredTransferSyntaxUID` (R014): chosen when that calling AE proposes it in a
   * presentation context beside others; '' = no preference.
   */
  known: KnownDevice[]
  /** Blocked by a person: refused whatever the checks are (R067). */
  denied?: DeniedCaller[]
  /** What becomes of an object that comes under a known SOP Instance UID with other content (R050). */
  onConflict: ConflictPolicy
  /** R058: SOP classes that the standard does not name, vendors' own among them. */
  unknownClasses: 'store' | 'refuse'
  /** Where a C-MOVE may send to: the servers of the editor. */
  destinations: Peer[]
  /** Which services answer; one that is off has its contexts refused as not supported. */
  services: {
    storage: boolean
    queryRetrieve: boolean
    storageCommitment: boolean
    worklist?: boolean
    mpps?: boolean
  }
  /** Storage commitment is on for the answers to our own requests alone; those of others are refused. */
  onlyCommitmentReports?: boolean
  maxPduLength: number
  maxAssociations: number
  artimTimeoutMs: number
  /** An association on which nothing happens is ended. */
  idleTimeoutMs: number
  /** R124: so long a message that has begun may stand still, and a request of ours wait for its answer. */
  dimseTimeoutMs: number
  /** R126: after our last word the peer has so long to close the connection; then we do. */
  closeDelayMs: number
  /** Refuse with A700 below this many free bytes in the storage folder. */
  minFreeBytes: number
  storageFolder: string
}

export interface EchoAnswer {
  elapsedMs: number
  implementation: string
  /** Undefined over a connection that is not secured. */
  security: Security | undefined
}

export interface DeniedCaller {
  aeTitle: string
  /** '' = wherever it calls from. */
  host: string
}

/** One presentation context, without its number. */
export interface Proposed {
  abstractSyntax: string
  transferSyntaxes: string[]
}

export interface Negotiated {
  elapsedMs: number
  implementation: string
  /** The longest PDU that we may send. */
  maxPduLength: number
  security: Security | undefined
  /** In the order of the proposal. `result` by PS3.8 Table 9-18; `transferSyntax` is '' where it is not 0. */
  contexts: { abstractSyntax: string; result: number; transferSyntax: string }[]
}

export interface KnownDevice {
  aeTitle: string
  /** '' = wherever it calls from. */
  host: string
  /** Called AE titles beside our own to which we answer it. */
  calledAs?: string[]
  /** For which station its requests are, where it asks for its worklist by another name; '' where it does not. */
  scheduledAETitle?: string
  preferredTransferSyntaxUID: string
  /** SOP classes that are taken from it; all when null or left out. */
  acceptedClasses?: string[] | null
  acceptedSyntaxes?: 'all' | 'uncompressed' | string[]
}

/** A remote AE that we call. */
export interface Peer {
  name: string
  callingAETitle: string
  calledAETitle: string
  host: string
  port: number
  tls: PeerTls | undefined
  connectTimeoutMs: number
  dimseTimeoutMs: number
  maxPduLength: number
  /** The information model that is asked first (PS3.4 C.3); where the peer has the other one only, that. Study by default. */
  queryRoot?: QueryRoot
  /** Sends each object over an association of its own. */
  associationPerInstance?: boolean
  /** It is reached over HTTP for this call (see electron/dicomweb); never handed to the DICOM thread. */
  web?: WebRoute
}

export type QueryRoot = 'study' | 'patient'

export type QueryRetrieveLevel = 'PATIENT' | 'STUDY' | 'SERIES' | 'IMAGE'

/** Keywords (PS3.6) to matching values; '' asks for the attribute to be returned. */
export interface FindQuery {
  level: QueryRetrieveLevel
  keys: Record<string, string>
}

/** One match: keyword -> value as text in Unicode, several values joined by a backslash. Sequences are left out. */
export type Match = Record<string, string>

/** What a retrieve is about, by the unique keys of its level and of those above. */
export interface RetrieveKeys {
  level: QueryRetrieveLevel
  /** Asked for at PATIENT level, and below in the Patient Root. */
  patientID?: string
  studyInstanceUID?: string
  seriesInstanceUIDs?: string[]
  sopInstanceUIDs?: string[]
  /** Over HTTP: the next image is asked for when the one before is kept. Something has just broken off, and may again. */
  oneByOne?: boolean
}

export interface MoveRequest extends RetrieveKeys {
  destination: string
}

export interface GetRequest extends RetrieveKeys {
  /** Classes that are expected; [] where nobody knows, then the common ones are proposed. */
  sopClassUIDs: string[]
}

/** N-CREATE or N-SET of a performed procedure step. */
export interface StepMessage {
  kind: 'create' | 'set'
  sopInstanceUID: string
  attributes: AttributeSet
}

export type GetStep =
  | { kind: 'received'; event: Extract<NodeEvent, { kind: 'instanceReceived' }> }
  | { kind: 'progress'; progress: MoveProgress }

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

export interface CommitmentToAsk {
  transactionUID: string
  references: ReferencedSOP[]
  /** How long the association is kept open for the answer. */
  waitMs: number
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
  /** Of a failure without a status: `broken`, the connection broke or fell silent at it; `hindered`, it cannot be sent so. */
  hindrance?: 'broken' | 'hindered' | 'unsent'
}

export interface RemoteParty {
  callingAETitle: string
  calledAETitle: string
  address: string
  /** `TLSv1.3, certificate CN=...`; absent over a connection that is not secured. */
  tls?: string
}

export type NodeEvent =
  /** A call of ours, from here to its end. */
  | {
      kind: 'callAccepted'
      associationId: string
      party: RemoteParty
      at: number
      proposal: AssociationProposal
    }
  | {
      kind: 'callEnded'
      associationId: string
      at: number
      how: 'released' | 'aborted' | 'lost' | 'timed-out'
      note: string | undefined
      tally: AssociationTally
    }
  /** A call of ours that never became an association; `code` is that of its error. */
  | {
      kind: 'callFailed'
      party: RemoteParty
      at: number
      startedAt: number
      code: string
      cause: string
      rejection?: { result: number; source: number; reason: number }
      proposal: AssociationProposal
    }
  | {
      kind: 'associationAccepted'
      associationId: string
      party: RemoteParty
      at: number
      proposal: AssociationProposal
    }
  | {
      kind: 'associationRejected'
      party: RemoteParty
      at: number
      result: number
      source: number
      reason: number
      note: string
      proposal: AssociationProposal
    }
  | {
      /** A connection that never became a request for an association: who was to be refused before DICOM began. */
      kind: 'connectionRefused'
      address: string
      at: number
      /** What happened and who puts it right, without a full stop. */
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
      /** `set-aside`: dropped or put into quarantine, since other content has its SOP Instance UID. */
      outcome: 'stored' | 'duplicate' | 'set-aside' | 'refused'
      note: string | undefined
      studyId: number | undefined
    }
  /** Somebody wants to know whether we keep what it sent; it is in the archive's database. */
  | { kind: 'commitmentRequested' }
  /** The answer to a transaction of ours came, and is in the archive's database. */
  | { kind: 'commitmentAnswered'; transferId: string }
  | {
      kind: 'associationEnded'
      associationId: string
      at: number
      how: 'released' | 'aborted' | 'lost' | 'timed-out'
      note: string | undefined
      /** Absent when the DICOM thread itself was lost. */
      tally?: AssociationTally
    }

/**
 * Why a call did not end well. Crosses threads as code plus details; words for users are made at the contract.
 * code: UNKNOWN_HOST REFUSED UNREACHABLE TIMED_OUT REJECTED ABORTED LOST TLS NO_CONTEXT CANCELLED DIMSE NOT_DICOM HTTP
 * CREDENTIAL
 */
export interface AssociationErrorDetails {
  code: string
  /** What lies beneath, for the exact words: `ECONNREFUSED`, `CERT_HAS_EXPIRED`, `HTTP`, an abort's `source 2 reason 0`. */
  cause?: string
  /** Who aborted. */
  by?: 'us' | 'peer'
  rejection?: { result: number; source: number; reason: number }
  status?: number
  errorComment?: string
  /** What the server showed that was not taken for the one that we mean. */
  security?: Security
  /** Of a call over HTTP, which has words of its own: what a person reads. `status` is HTTP's then. */
  sentence?: string
  /** It said no for now; not before this long where it told. */
  passing?: boolean
  retryAfterMs?: number
}
