/** Storage Commitment, push model (PS3.4 J): what both roles speak of. Plain data: it crosses threads. */
export interface ReferencedSOP {
  sopClassUID: string
  sopInstanceUID: string
}

export interface FailedSOP extends ReferencedSOP {
  /** (0008,1197), PS3.3 C.14.1.1. */
  reason: number
}

/** What a peer wants us to answer for, as it is kept until it has the answer. */
export interface CommitmentRequest {
  requestId: number
  transactionUID: string
  /** AE titles of the association that asked. */
  callingAETitle: string
  calledAETitle: string
  address: string
  associationId: string
  requestedAt: number
  references: ReferencedSOP[]
  /** Undefined until the files were read. */
  failed: FailedSOP[] | undefined
  attempts: number
  nextAttemptAt: number
}

export type NewCommitmentRequest = Omit<CommitmentRequest, 'requestId' | 'failed' | 'attempts' | 'nextAttemptAt'>

/** An N-EVENT-REPORT (PS3.4 J.3.3). */
export interface CommitmentReport {
  transactionUID: string
  committed: ReferencedSOP[]
  failed: FailedSOP[]
}

/** PS3.3 C.14.1.1. */
export const failureReason = {
  processingFailure: 0x0110,
  noSuchObjectInstance: 0x0112,
  classInstanceConflict: 0x0119,
  sopClassNotSupported: 0x0122,
  duplicateTransactionUID: 0x0131,
  resourceLimitation: 0x0213,
} as const

/** Instances in one transaction; ours are split, a peer's longer one is answered with "resource limitation". */
export const TRANSACTION_INSTANCES_MAX = 20_000

/** Of one peer that wait for their answer, since it cannot be reached: days of a large device. */
export const WAITING_MAX = { requests: 1000, instances: 500_000 } as const
