import type { Clock } from '#electron/jobs/clock.ts'
import type { Job } from '#electron/jobs/jobQueue.ts'
import type { JobResult } from '#electron/jobs/jobResult.ts'
import type { Priority } from '#shared/contract/transfers.ts'
import type { SendHours } from '#shared/routing/sendHours.ts'
import { endOfHours, waitForHours } from './hours.ts'
import type { RunEnd } from './runEnd.ts'
import type { Transfer } from './transfer.ts'

export interface TransferJobOptions {
  clock: Clock
  transfer: Transfer
  lane: string
  /** In which its destination is sent to; null: at any. */
  hours(transfer: Transfer): SendHours | null
  /** One run. Rejects only for a fault of ours. */
  work(transfer: Transfer): Promise<RunEnd>
  /** Once it has ended by itself, while its destination is still ours alone. */
  afterwards(transfer: Transfer): Promise<void>
}

const ranks: Record<Priority, number> = { urgent: 0, normal: 1, low: 2 }
/** A week at the longest back-off. */
const TRIES_MAX = 700

/** A send or a retrieve as the queue sees it. */
export function transferJob(options: TransferJobOptions): Job {
  const { clock, transfer, lane } = options
  return {
    id: transfer.id,
    lane,
    order: transfer.row().startedAt,
    rank: () => ranks[transfer.row().priority],
    notBefore() {
      const { nextAttemptAt, opensAt } = transfer.row()
      return opensAt === null ? nextAttemptAt : Math.max(opensAt, nextAttemptAt ?? 0)
    },
    attempts: () => transfer.row().attempts,
    run: () => runOnce(options),
    stop: (reason) => transfer.stop(reason),
    postponed({ at, attempts, message }) {
      if (transfer.ended) return
      if (attempts >= TRIES_MAX) transfer.end(transfer.row().done > 0 ? 'partial' : 'failed', message, clock.now())
      else transfer.set({ state: 'waiting', attempts, nextAttemptAt: at, message, run: null })
    },
  }
}

async function runOnce({ clock, transfer, hours, work, afterwards }: TransferJobOptions): Promise<JobResult> {
  if (transfer.ended) return { kind: 'over' }
  // Its next try, or the end of a longer one, may lie outside them.
  if (waitForHours(transfer, hours(transfer), clock.now())) return { kind: 'yielded' }
  const through = () => transfer.row().done + transfer.row().failed
  transfer.beginRun(clock.now())
  const before = through()
  const closesAt = endOfHours(transfer, hours(transfer), clock.now())
  const forgetEnd = closesAt === null ? () => {} : clock.after(closesAt - clock.now(), () => transfer.stop('hours'))
  const end = await work(transfer).catch((error: unknown): RunEnd => {
    console.error(`A transfer failed: ${error instanceof Error ? error.message : 'unknown'}`)
    return { kind: 'again', scope: 'job', message: 'The transfer failed inside this workstation.' }
  })
  forgetEnd()
  if (end.kind !== 'held') transfer.wasInterrupted = false
  // A person may have stopped it while it ran.
  if (transfer.ended) return { kind: 'over' }
  if (end.kind === 'ended' && (end.state === 'done' || !transfer.signal.aborted)) {
    transfer.end(end.state, end.message, clock.now())
    await afterwards(transfer)
    return { kind: 'over' }
  }
  const reason = transfer.stopReason
  if (reason === 'cancel') {
    transfer.end('cancelled', cancelledMessage(transfer), clock.now())
    return { kind: 'stopped' }
  }
  if (reason === 'pause') {
    if (transfer.row().state === 'running') transfer.set({ state: 'paused', hold: 'person', run: null })
    return { kind: 'stopped' }
  }
  if (reason === 'hours') {
    transfer.set({ state: 'waiting', run: null })
    waitForHours(transfer, hours(transfer), clock.now())
    return { kind: 'yielded' }
  }
  if (reason !== undefined) {
    const message = reason === 'yield' ? 'Waits for a more urgent one.' : ''
    transfer.set({ state: 'waiting', run: null, message })
    return { kind: reason === 'yield' ? 'yielded' : 'stopped' }
  }
  if (end.kind === 'held') {
    transfer.set({ state: 'paused', hold: end.by, message: end.message, run: null })
    return { kind: 'held' }
  }
  if (end.kind === 'again')
    return { kind: 'again', scope: end.scope, message: end.message, waitMs: end.waitMs, progressed: through() > before }
  transfer.end(transfer.row().done > 0 ? 'partial' : 'failed', '', clock.now())
  return { kind: 'over' }
}

export function cancelledMessage(transfer: Transfer): string {
  const { done, total, kind } = transfer.row()
  const count = `${done}${total === null ? '' : ` of ${total}`}`
  return kind === 'send'
    ? `Stopped by you after ${count} images. Retry sends the rest.`
    : `Stopped by you after ${count} images. They are kept; retry gets the rest.`
}
