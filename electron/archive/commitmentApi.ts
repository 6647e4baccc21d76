import type {
  CommitmentReport,
  CommitmentRequest,
  FailedSOP,
  NewCommitmentRequest,
  ReferencedSOP,
} from '#electron/commitment/commitment.ts'

/** An instance of the archive as commitment looks at it. */
export interface CommittableInstance {
  sopClassUID: string
  sopInstanceUID: string
  path: string
  dataSetHash: string
  /** Who asks sent other content under this UID, which is not in the archive. */
  hasRival: boolean
}

export interface AskedCommitment {
  transactionUID: string
  transferId: string
  askedAt: number
  references: ReferencedSOP[]
}

/** What a server said of an instance that we sent. */
export interface InstanceCommitment {
  sopInstanceUID: string
  /** `not-asked`: the question itself did not arrive; `note` says why. */
  state: 'asked' | 'committed' | 'refused' | 'not-asked'
  reason: number | null
  note: string
  askedAt: number
}

/** Each commits before it resolves. */
export interface CommitmentWriterApi {
  /**
   * Of the same transaction asked again, the answer is worked out again. Undefined, and nothing kept, when as much as one
   * peer may ask for waits for an answer already.
   */
  beginCommitment(request: NewCommitmentRequest): Promise<number | undefined>
  saveCommitmentResult(requestId: number, failed: FailedSOP[]): Promise<void>
  /** `endedAt` undefined: tried again at `nextAttemptAt`. */
  saveCommitmentAttempt(
    requestId: number,
    attempt: { attempts: number; nextAttemptAt: number; endedAt: number | undefined; note: string },
  ): Promise<void>
  askCommitment(asked: AskedCommitment): Promise<void>
  /** The question did not arrive, or was refused. */
  failCommitment(transactionUID: string, note: string): Promise<void>
  /** Answers the transfer that asked; undefined when nobody did. */
  answerCommitment(report: CommitmentReport): Promise<string | undefined>
}

export interface CommitmentReaderApi {
  /** Due at `now`, the oldest first. */
  dueCommitments(now: number): Promise<CommitmentRequest[]>
  /** `callingAETitle`: of who asks, since only what it sent itself may differ from what is here. */
  findCommittable(sopInstanceUIDs: string[], callingAETitle: string): Promise<CommittableInstance[]>
  commitmentsOf(transferId: string): Promise<InstanceCommitment[]>
}
