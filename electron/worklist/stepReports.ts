import type { Archive } from '#electron/archive/openArchive.ts'
import type { StepReport } from '#electron/archive/worklist/worklistApi.ts'
import type { NodeApi, Peer } from '#electron/dicom/nodeApi.ts'
import { callContext } from '#electron/servers/callContext.ts'
import { failureOf } from '#electron/servers/failureSentence.ts'
import type { Remote } from '#electron/threads/remote.ts'

const LOOK_EVERY_MS = 2000
/** Then every hour. */
const PAUSES_MS = [5000, 15_000, 60_000, 5 * 60_000, 15 * 60_000]
const HOUR_MS = 60 * 60_000
/** After three days of attempts somebody has to look at the server. */
const ATTEMPTS_MAX = 76
/** PS3.7 C: what a repeated request is told whose first answer got lost. */
const DUPLICATE_INSTANCE = 0x0111

export interface StepReportParts {
  archive: Pick<Archive, 'reader' | 'writer'>
  node: Pick<Remote<NodeApi>, 'sendStep'>
  /** Undefined when the server is no longer in the list. */
  peer(serverId: number): Peer | undefined
}

/** Brings the changes of our own steps to their servers, in their order, until each has taken them. */
export class StepReports {
  private readonly parts: StepReportParts
  private readonly stop = new AbortController()
  private readonly timer: NodeJS.Timeout
  private running: Promise<void> | undefined
  private again = false

  constructor(parts: StepReportParts) {
    this.parts = parts
    this.timer = setInterval(() => this.look(), LOOK_EVERY_MS).unref()
    this.look()
  }

  /** Something may be due. */
  look(): void {
    if (this.stop.signal.aborted) return
    if (this.running) {
      this.again = true
      return
    }
    this.running = this.sendDue()
      // The archive's thread was on its way up again: the timer looks once more.
      .catch(() => {})
      .finally(() => {
        this.running = undefined
        if (!this.again) return
        this.again = false
        this.look()
      })
  }

  async close(): Promise<void> {
    clearInterval(this.timer)
    this.stop.abort()
    await this.running
  }

  private async sendDue(): Promise<void> {
    for (let sent = true; sent && !this.stop.signal.aborted; ) {
      const due = await this.parts.archive.reader.dueReports(Date.now())
      sent = due.length > 0
      for (const report of due) {
        if (this.stop.signal.aborted) return
        await this.send(report)
      }
    }
  }

  private async send(report: StepReport): Promise<void> {
    const { reportId, kind, sopInstanceUID, attributes } = report
    const attempts = report.attempts + 1
    const save = (endedAt: number | null, note: string, nextAttemptAt = 0) =>
      this.parts.archive.writer.saveReport(reportId, { attempts, nextAttemptAt, endedAt, note })
    const peer = this.parts.peer(report.serverId)
    if (!peer) return save(Date.now(), 'The server is no longer in the list, and was not told.')
    try {
      await this.parts.node.sendStep(peer, { kind, sopInstanceUID, attributes }, this.stop.signal)
      await save(Date.now(), '')
    } catch (error) {
      if (this.stop.signal.aborted) return
      const { status, code, sentence } = failureOf(error, await callContext(peer))
      if (kind === 'create' && status === DUPLICATE_INSTANCE && report.attempts > 0) return save(Date.now(), '')
      const isFinal = code === 'DIMSE' || code === 'NO_CONTEXT' || attempts >= ATTEMPTS_MAX
      const pause = PAUSES_MS[attempts - 1] ?? HOUR_MS
      await save(isFinal ? Date.now() : null, sentence, Date.now() + pause)
    }
  }
}
