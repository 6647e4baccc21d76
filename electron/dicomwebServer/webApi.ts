import type { ConflictPolicy } from '#electron/archive/quarantineApi.ts'
import type { NodeEvent } from '#electron/dicom/nodeApi.ts'
import type { Identity } from '#electron/dicom/tls/peerTls.ts'

/** Where all resources stand. */
export const BASE_PATH = '/dicom-web'

/** What the thread of the DICOMweb server (`web.worker.ts`) offers to the main thread. Plain data only. */
export interface WebApi {
  /**
   * Runs as this says from now on: opens the port, moves it, or keeps it. Requests under way finish as they began. Rejects
   * with EADDRINUSE, EACCES, EADDRNOTAVAIL, then nothing listens.
   */
  configure(configuration: WebConfiguration): Promise<{ port: number }>
  /** What happens, as it does. One reader at a time. */
  events(signal: AbortSignal): AsyncIterable<WebEvent>
  /** No new requests; those under way are cut off. */
  close(): Promise<void>
}

export interface WebConfiguration {
  /** All interfaces when undefined. */
  host: string | undefined
  port: number
  /** Plain HTTP when undefined. */
  tls: Identity | undefined
  /** Nobody is asked who they are where this is empty. */
  users: WebUser[]
  /** Pages of these origins may read the answers (CORS). */
  origins: string[]
  /** STOW-RS. */
  store: boolean
  storageFolder: string
  minFreeBytes: number
  onConflict: ConflictPolicy
  unknownClasses: 'store' | 'refuse'
  /** For the entries of what is received. */
  aeTitle: string
}

export interface WebUser {
  name: string
  /** `scrypt$N$r$p$salt$hash`, the last two in base64. */
  password: string
}

/** One request as it stands in the log: never a path, a query or a body, for these name patients. */
export interface WebRequest {
  at: number
  ms: number
  address: string
  /** '' where nobody was asked. */
  user: string
  /** What was asked for, in words: `Search studies`. */
  what: string
  status: number
  bytes: number
  /** Why it was refused; '' when it was not. */
  sentence: string
}

export type WebEvent = { kind: 'request'; request: WebRequest } | { kind: 'store'; event: NodeEvent }
