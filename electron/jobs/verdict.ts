import type { AssociationErrorDetails } from '#electron/dicom/nodeApi.ts'

/**
 * - `passing`: worth trying again without anybody doing anything, as often as it takes.
 * - `doubtful`: may pass; after a few tries it counts as final.
 * - `final`: goes on only if a person acts.
 */
export type Verdict = 'passing' | 'doubtful' | 'final'

/** Tries in a row after which what is doubtful is final. */
export const DOUBTFUL_TRIES = 3

const passingCodes = new Set(['REFUSED', 'TIMED_OUT', 'UNREACHABLE', 'LOST', 'ABORTED', 'THREAD_GONE'])
/** PS3.8 9.3.4. */
const REJECTED_TRANSIENT = 2

/** How long the other side wants to be left alone; undefined where it did not say. */
export function waitOfError(error: unknown): number | undefined {
  return ((error ?? {}) as { details?: AssociationErrorDetails }).details?.retryAfterMs
}

/** Of a call that failed as a whole. */
export function verdictOfError(error: unknown): Verdict {
  const { details, code } = (error ?? {}) as { details?: AssociationErrorDetails; code?: string }
  const kind = details?.code ?? code ?? ''
  if (kind === 'HTTP') return details?.passing ? 'passing' : details?.status === 500 ? 'doubtful' : 'final'
  if (kind === 'REJECTED') return details?.rejection?.result === REJECTED_TRANSIENT ? 'passing' : 'final'
  // The resolver itself did not answer; that a name is unknown is another thing.
  if (kind === 'UNKNOWN_HOST') return details?.cause === 'EAI_AGAIN' ? 'passing' : 'final'
  if (kind === 'DIMSE') return verdictOfStatus(details?.status ?? 0)
  return passingCodes.has(kind) ? 'passing' : 'final'
}

/** Of a failure status of C-STORE, C-MOVE, C-GET or C-FIND (PS3.4 B.2.3, C.4; PS3.7 C). */
export function verdictOfStatus(status: number): Verdict {
  // Out of resources; Resource Limitation.
  if ((status >= 0xa700 && status <= 0xa7ff) || status === 0x0213) return 'passing'
  // Processing Failure: a database that was busy, or an object that it cannot take.
  if (status === 0x0110) return 'doubtful'
  return 'final'
}
