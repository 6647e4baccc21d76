import type { QuarantinedInstance } from '#shared/contract/quarantine.ts'

/**
 * What becomes of an object that comes under the SOP Instance UID of another one (R050): the first is kept and the other
 * one dropped, or put into quarantine; or it takes the place of the first, which then goes into quarantine.
 */
export type ConflictPolicy = 'keep-first' | 'quarantine' | 'replace'

export interface QuarantineWriterApi {
  /** It takes the place of what the archive has under its UID; that goes into quarantine. False when it is gone. */
  acceptQuarantined(quarantineId: number): Promise<boolean>
  /** For good. */
  deleteQuarantined(quarantineIds: number[]): Promise<void>
}

export interface QuarantineReaderApi {
  /** The latest first. */
  listQuarantined(limit: number): Promise<{ total: number; rows: QuarantinedInstance[] }>
}
