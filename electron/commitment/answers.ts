import type { ArchiveReaderApi, ArchiveWriterApi } from '#electron/archive/archiveApi.ts'
import type { NodeApi, Peer } from '#electron/dicom/nodeApi.ts'
import type { Remote } from '#electron/threads/remote.ts'
import type { CommitmentReport, CommitmentRequest, FailedSOP, ReferencedSOP } from './commitment.ts'
import { judge } from './judge.ts'
import { VerifyThread } from './verifyThread.ts'

export interface AnswersOptions {
  reader: Pick<Remote<ArchiveReaderApi>, 'dueCommitments' | 'findCommittable'>
  writer: Pick<Remote<ArchiveWriterApi>, 'saveCommitmentResult' | 'saveCommitmentAttempt'>
  node: Pick<Remote<NodeApi>, 'reportCommitment'>
  /** The server with this AE title, called by the name under which it knows us. */
  peerFor(callingAETitle: string, calledAETitle: string, address: string): Peer | undefined
  pausesMs?: readonly number[]
  lookEveryMs?: number
}

const SECOND = 1000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE
/** A device that is switched off in the evening gets its answer the next morning; after two days nobody waits any more. */
const PAUSES_MS = [
  ...[5 * SECOND, 30 * SECOND, 2 * MINUTE, 10 * MINUTE, 30 * MINUTE],
  ...Array.from({ length: 47 }, () => HOUR),
]
const LOOK_EVERY_MS = 5000
const UNDER_WAY_MAX = 8

/**
 * Answers those who ask whether we keep what they stored (PS3.4 J). What is asked, what was found, and how often it was
 * told stands in the archive's database: a new process goes on where the last one was.
 */
export class Answers {
  private readonly options: AnswersOptions
  private readonly thread = new VerifyThread()
  private readonly closing = new AbortController()
  private readonly timer: NodeJS.Timeout
  /** By request: one that does not answer must not keep the others waiting. */
  private readonly underWay = new Map<number, Promise<void>>()
  private looking: Promise<void> | undefined

  constructor(options: AnswersOptions) {
    this.options = options
    this.timer = setInterval(() => this.look(), options.lookEveryMs ?? LOOK_EVERY_MS).unref()
    this.look()
  }

  /** Something may be due. */
  look(): void {
    if (this.closing.signal.aborted) return
    this.looking = (this.looking ?? Promise.resolve()).then(() => this.begin())
  }

  async close(): Promise<void> {
    clearInterval(this.timer)
    this.closing.abort()
    await this.looking
    await Promise.all(this.underWay.values())
    await this.thread.close()
  }

  private async begin(): Promise<void> {
    try {
      const due = await this.options.reader.dueCommitments(Date.now())
      for (const request of due) {
        const { requestId } = request
        if (this.underWay.has(requestId) || this.underWay.size >= UNDER_WAY_MAX || this.closing.signal.aborted) continue
        const answered = this.answer(request)
          .catch((error: unknown) => this.lost(error))
          .finally(() => this.underWay.delete(requestId))
        this.underWay.set(requestId, answered)
      }
    } catch (error) {
      this.lost(error)
    }
  }

  /** When a thread stopped, the next look finds everything as it stands in the database. */
  private lost(error: unknown): void {
    const isPassing = (error as { code?: unknown }).code === 'THREAD_GONE'
    if (!this.closing.signal.aborted && !isPassing)
      console.error(`Storage commitment: ${error instanceof Error ? error.name : 'unknown error'}`)
  }

  private async answer(request: CommitmentRequest): Promise<void> {
    const { requestId } = request
    const { signal } = this.closing
    try {
      const failed = request.failed ?? (await this.judge(request))
      await this.report(request, failed)
      await this.ended(request, '')
    } catch (error) {
      if (signal.aborted) return
      await this.failed(request, error instanceof Error ? error.message : `Request ${requestId} failed`)
    }
  }

  private async judge({ requestId, references, callingAETitle, attempts }: CommitmentRequest): Promise<FailedSOP[]> {
    const { reader, writer } = this.options
    const verify = this.thread.verify.bind(this.thread)
    const failed = await judge(references, callingAETitle, { reader, verify, attempts }, this.closing.signal)
    await writer.saveCommitmentResult(requestId, failed)
    return failed
  }

  private async report(request: CommitmentRequest, failed: FailedSOP[]): Promise<void> {
    const { transactionUID, references, associationId, callingAETitle, calledAETitle, address } = request
    const keyOf = ({ sopClassUID, sopInstanceUID }: ReferencedSOP) => `${sopClassUID} ${sopInstanceUID}`
    const not = new Set(failed.map(keyOf))
    const committed = references.filter((reference) => !not.has(keyOf(reference)))
    const report: CommitmentReport = { transactionUID, committed, failed }
    const peer = this.options.peerFor(callingAETitle, calledAETitle, address)
    await this.options.node.reportCommitment(associationId, peer, report, this.closing.signal)
  }

  private async ended({ requestId, attempts }: CommitmentRequest, note: string): Promise<void> {
    const now = Date.now()
    const attempt = { attempts: attempts + 1, nextAttemptAt: now, endedAt: now, note }
    await this.options.writer.saveCommitmentAttempt(requestId, attempt)
  }

  private async failed(request: CommitmentRequest, note: string): Promise<void> {
    const pause = (this.options.pausesMs ?? PAUSES_MS)[request.attempts]
    if (pause === undefined) return this.ended(request, note)
    const attempt = { attempts: request.attempts + 1, nextAttemptAt: Date.now() + pause, endedAt: undefined, note }
    await this.options.writer.saveCommitmentAttempt(request.requestId, attempt)
  }
}
