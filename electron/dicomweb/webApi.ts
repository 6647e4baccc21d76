import type { ConflictPolicy } from '#electron/archive/quarantineApi.ts'
import type { FindQuery, GetStep, InstanceToSend, Match, RetrieveKeys, SendOutcome } from '#electron/dicom/nodeApi.ts'
import type { PeerTls } from '#electron/dicom/tls/peerTls.ts'
import type { Probe } from '#shared/contract/rest.ts'
import type { RemoteTag } from './metadata.ts'
import type { RemotePicture } from './picture.ts'
import type { SeriesKeys } from './seriesSample.ts'

/**
 * What the thread for DICOMweb offers (PS3.18): plain data only, it crosses threads. Its errors are those of the DICOM
 * node, with the sentence for a person in `details`.
 */
export interface WebApi {
  storeIn(storageFolder: string): Promise<void>
  /** QIDO-RS, as C-FIND would answer. Paging stops when the reader leaves. */
  find(server: WebServer, query: FindQuery, signal: AbortSignal): AsyncIterable<Match>
  /** WADO-RS, as C-GET would bring it: each image on disk and in the index before its step. */
  get(server: WebServer, request: RetrieveKeys, keep: KeepRules, signal: AbortSignal): AsyncIterable<GetStep>
  /** STOW-RS, as C-STORE would go: one outcome an instance. */
  send(server: WebServer, instances: InstanceToSend[], signal: AbortSignal): AsyncIterable<SendOutcome>
  /** What it says of itself. Never rejects but for a cancel. */
  probe(server: WebServer, signal: AbortSignal): Promise<Probe>
  /** What a series looks like; undefined where nothing of it can be drawn. */
  picture(server: WebServer, series: SeriesKeys, signal: AbortSignal): Promise<RemotePicture | undefined>
  /** What the image in the middle of a series says of itself. */
  metadata(server: WebServer, series: SeriesKeys, signal: AbortSignal): Promise<RemoteTag[]>
  /** Every request that belongs to a call, when it is over. One reader. */
  requests(): AsyncIterable<WebAsked>
}

/** One request as it stands in the log: never a path, a query or a body, for these name patients. */
export interface WebAsked {
  callId: string
  at: number
  what: string
  /** 0 where there was no answer. */
  status: number
  bytesReceived: number
  bytesSent: number
  sentence: string
}

/** What the receiving side of the DICOM node keeps to, too. */
export interface KeepRules {
  onConflict: ConflictPolicy
  minFreeBytes: number
}

/** Where a server is found over HTTP, and how it is asked. */
export interface WebRoute {
  serverId: number
  name: string
  origin: string
  host: string
  port: number
  tls: PeerTls | undefined
  /** Before `/studies`; '' or `/dicom-web`. */
  dicomwebPath: string
  /** Before `/system`; undefined where it is no Orthanc. */
  orthancPath: string | undefined
  authentication: 'none' | 'basic' | 'bearer'
  user: string
  connectTimeoutMs: number
  answerTimeoutMs: number
  cacheThreshold: number
}

/** With what opens it: made for one call, never kept or written down. */
export interface WebServer extends WebRoute {
  /** The value of the Authorization header; '' without. */
  authorization: string
  /** Which call of ours it belongs to; undefined where nobody asks. */
  callId?: string
}

export interface WebWorkerData {
  storageFolder: string
  writerPort: MessagePort
}

/** Also Node's port carries this type's name. */
type MessagePort = import('node:worker_threads').MessagePort
