import type { Clock } from '#electron/jobs/clock.ts'
import type { Job } from '#electron/jobs/jobQueue.ts'
import { JobQueue } from '#electron/jobs/jobQueue.ts'
import type { Priority } from '#shared/contract/transfers.ts'
import type { SendHours } from '#shared/routing/sendHours.ts'
import { waitForHours } from './hours.ts'
import type { RunEnd } from './runEnd.ts'
import type { Transfer } from './transfer.ts'
import { cancelledMessage, transferJob } from './transferJob.ts'

export interface JobsOptions {
  clock: Clock
  random?: () => number
  /** Whether what it was held by is no longer so. */
  isOver(held: 'space' | 'listener'): boolean
  /** In which its destination is sent to; null: at any. */
  hours(transfer: Transfer): SendHours | null
  work(transfer: Transfer): Promise<RunEnd>
  afterwards(transfer: Transfer): Promise<void>
}

/** A person sees it stopped within a second, whatever the destination does. */
const CANCEL_PATIENCE_MS = 900
const LOOK_AGAIN_MS = 15_000

/** Sends and retrieves on their way: what a person may do with them, and when they are tried. */
export class Jobs {
  private readonly options: JobsOptions
  private readonly queue: JobQueue
  private readonly jobs = new Map<string, { job: Job; transfer: Transfer }>()
  private readonly timers = new Set<() => void>()
  private isLooking = false

  constructor(options: JobsOptions) {
    this.options = options
    this.queue = new JobQueue(options.clock, options.random)
  }

  add(transfer: Transfer, lane: string): void {
    const { clock, work, hours } = this.options
    const afterwards = async (ended: Transfer) => {
      this.jobs.delete(ended.id)
      await this.options.afterwards(ended)
    }
    const job = transferJob({ clock, transfer, lane, hours, work, afterwards })
    this.jobs.set(transfer.id, { job, transfer })
    this.heedHours(transfer)
    const { state, hold } = transfer.row()
    // Whether it listens is seen by trying.
    if (state !== 'paused' || hold === 'listener') this.queue.add(job)
    else if (hold === 'space') this.lookAgain()
  }

  cancel(transfer: Transfer): void {
    const entry = this.jobs.get(transfer.id)
    if (!entry) return
    const { state } = transfer.row()
    this.jobs.delete(transfer.id)
    this.queue.remove(entry.job, 'cancel')
    const { clock } = this.options
    if (state !== 'running') {
      const began = transfer.row().done > 0 || transfer.row().attempts > 0
      transfer.end('cancelled', began ? cancelledMessage(transfer) : NOT_BEGUN, clock.now())
    } else this.later(CANCEL_PATIENCE_MS, () => transfer.end('cancelled', cancelledMessage(transfer), clock.now()))
  }

  pause(transfer: Transfer): void {
    const entry = this.jobs.get(transfer.id)
    if (!entry || transfer.row().state === 'paused') return
    transfer.set({ state: 'paused', hold: 'person', run: null, nextAttemptAt: null, opensAt: null, message: '' })
    this.queue.remove(entry.job, 'pause')
  }

  /** What is paused goes on; what waits for its next try is tried now. */
  resume(transfer: Transfer): void {
    const entry = this.jobs.get(transfer.id)
    if (!entry || transfer.row().state === 'running') return
    transfer.set({ state: 'waiting', hold: null, nextAttemptAt: null, opensAt: null, attempts: 0, message: '' })
    this.heedHours(transfer)
    this.queue.add(entry.job)
    this.queue.wake(entry.job.lane)
  }

  /** What waits for its next try, or for the hours of its destination, does not wait for them. */
  tryNow(transfer: Transfer): void {
    if (transfer.row().opensAt !== null) transfer.set({ isAtAnyHour: true })
    this.resume(transfer)
  }

  prioritise(transfer: Transfer, priority: Priority): void {
    const entry = this.jobs.get(transfer.id)
    transfer.set({ priority })
    this.heedHours(transfer)
    if (entry && transfer.row().state === 'waiting') this.queue.add(entry.job)
  }

  /** The destination is another one now, or answers again. */
  tryAgain(lane: string): void {
    for (const { job, transfer } of this.jobs.values()) {
      const { state, nextAttemptAt, attempts } = transfer.row()
      if (job.lane === lane && state === 'waiting' && nextAttemptAt !== null && attempts > 0)
        transfer.set({ nextAttemptAt: null })
      if (job.lane === lane) this.heedHours(transfer)
    }
    this.queue.wake(lane)
  }

  errand(lane: string, act: () => Promise<void>): void {
    this.queue.errand(lane, act)
  }

  /** Nothing is cancelled: all of it goes on at the next start. */
  close(): void {
    this.queue.close()
    for (const cancel of this.timers) cancel()
  }

  /** Called by whoever holds one: what it waits for may come without a word. */
  lookAgain(): void {
    if (this.isLooking) return
    this.isLooking = true
    this.later(LOOK_AGAIN_MS, () => {
      this.isLooking = false
      for (const by of ['space', 'listener'] as const)
        if (this.held(by).length > 0 && this.options.isOver(by)) this.resumeHeld(by)
      if (this.held('space').length + this.held('listener').length > 0) this.lookAgain()
    })
  }

  /** What they were held by is over. */
  resumeHeld(by: 'space' | 'listener'): void {
    for (const transfer of this.held(by)) this.resume(transfer)
  }

  private held(by: 'space' | 'listener'): Transfer[] {
    return [...this.jobs.values()].flatMap(({ transfer }) => (transfer.row().hold === by ? transfer : []))
  }

  private heedHours(transfer: Transfer): void {
    waitForHours(transfer, this.options.hours(transfer), this.options.clock.now())
  }

  private later(delayMs: number, act: () => void): void {
    const cancel = this.options.clock.after(delayMs, () => {
      this.timers.delete(cancel)
      act()
    })
    this.timers.add(cancel)
  }
}

const NOT_BEGUN = 'Stopped by you before it began.'
