import type { LookupAddress } from 'node:dns'
import type { Archive } from '#electron/archive/openArchive.ts'
import type { Negotiated, NodeApi, Peer } from '#electron/dicom/nodeApi.ts'
import type { Security } from '#electron/dicom/tls/peerTls.ts'
import type { Dicomweb } from '#electron/dicomweb/openDicomweb.ts'
import type { WebRoute } from '#electron/dicomweb/webApi.ts'
import type { Listening } from '#electron/listening/listener.ts'
import type { NodeEvents } from '#electron/listening/nodeEvents.ts'
import type { CallContext } from '#electron/servers/failureSentence.ts'
import type { CallerCertificates } from '#electron/servers/peer.ts'
import type { Remote } from '#electron/threads/remote.ts'
import type { Advice, DiagnosisOptions, DiagnosisStage, DiagnosisStep } from '#shared/contract/diagnosis.ts'
import type { ServerFields } from '#shared/contract/servers.ts'
import type { Settings } from '#shared/contract/settings.ts'

export type Node = Pick<Remote<NodeApi>, 'lookAtCertificate' | 'negotiate' | 'echo' | 'find' | 'move' | 'get' | 'send'>

/** What the stages take from the workstation. */
export interface DiagnosisParts {
  node: Node
  dicomweb: Pick<Dicomweb, 'probe'>
  events: Pick<NodeEvents, 'add'>
  archive: Pick<Archive, 'reader' | 'writer'>
  certificates: CallerCertificates
  /** Opens the port that this server sends to, where it is another than ours (R013). Resolves with how to let go. */
  holdPort(port: number): Promise<() => void>
  /** This image comes for a test: no transfer tells of it. Answers how to let go. */
  takeArrival(sopInstanceUID: string): () => void
}

/** An image at the server that a retrieve can be tried with. */
export interface RemoteImage {
  patientID: string
  studyInstanceUID: string
  seriesInstanceUID: string
  sopInstanceUID: string
}

/** What earlier stages found out. */
export interface Found {
  addresses: LookupAddress[]
  pinged: boolean
  /** How the association was answered; `error` where it was not. */
  association: { negotiated?: Negotiated; error?: unknown; elapsedMs: number } | undefined
  echoMs: number | undefined
  implementation: string
  security: (Security & { verified: boolean }) | undefined
  studies: { studyInstanceUID: string; patientID: string }[]
  /** Studies that are in our archive. */
  studiesHere: ReadonlySet<string>
  storageSyntaxes: ReadonlyMap<string, readonly string[]>
  testImage: RemoteImage | undefined
}

export interface DiagnosisContext {
  readonly server: ServerFields
  /** Its web interface, where it has one. */
  readonly web: WebRoute | undefined
  /** How it is called; how it is searched and asked for images may be another way. */
  readonly peer: Peer
  readonly queryPeer: Peer
  readonly retrievePeer: Peer
  readonly sendPeer: Peer
  /** Where images are sent, which may be another place (R021). */
  readonly storePeer: Peer
  readonly call: CallContext
  readonly settings: Settings
  readonly listening: Listening
  readonly options: DiagnosisOptions
  readonly parts: DiagnosisParts
  readonly found: Found
}

export interface StageOutcome {
  result: Exclude<DiagnosisStep['result'], 'waiting' | 'running'>
  detail: string
  advice?: Advice | undefined
  /** Where it was measured by another stage. */
  elapsedMs?: number | undefined
  /** Nothing behind this stage can be reached. */
  ends?: boolean
  /** What went wrong belongs to an earlier stage, which only now can be told. */
  blames?: DiagnosisStage
}

export interface Stage {
  stage: DiagnosisStage
  title(context: DiagnosisContext): string
  run(context: DiagnosisContext, signal: AbortSignal): Promise<StageOutcome>
}

/** It does not apply, and says why. */
export const notRun = (detail: string): StageOutcome => ({ result: 'not-run', detail })
