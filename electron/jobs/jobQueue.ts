import { backOffMs } from './backOff.ts'
import type { Clock } from './clock.ts'
import type { JobResult, StopReason } from './jobResult.ts'

export interface Job {
  readonly id: string
  /** One job of a lane runs at a time; lanes run side by side. */
  readonly lane: string
  /** Lower goes first. */
  rank(): number
  /** Within a rank. */
  readonly order: number
  /** Not tried before; null: at once. */
  notBefore(): number | null
  /** Tries in a row that brought nothing. */
  attempts(): number
  run(): Promise<JobResult>
  stop(reason: StopReason): void
  /** To be shown and kept: the next try, and why not now. */
  postponed(next: { at: number; attempts: number; message: string }): void
}

/** A timer stands still while the computer sleeps, and knows nothing of a clock that is set. */
const LOOK_AGAIN_MS = 60_000

interface Lane {
  jobs: Map<string, Job>
  running: Job | undefined
  /** What needs the destination for a moment, between jobs. */
  errands: (() => Promise<void>)[]
  isBusy: boolean
  notBefore: number
  failures: number
  cancelTimer: (() => void) | undefined
}

/** Runs jobs, one at a time for each lane; what failed for a passing cause comes again later and later. */
export class JobQueue {
  private readonly clock: Clock
  private readonly random: () => number
  private readonly lanes = new Map<string, Lane>()
  private isClosed = false

  constructor(clock: Clock, random: () => number = Math.random) {
    this.clock = clock
    this.random = random
  }

  add(job: Job): void {
    const lane = this.lane(job.lane)
    lane.jobs.set(job.id, job)
    // A more urgent one does not wait for the end of a long one.
    if (lane.running && lane.running.rank() > job.rank() && this.isDue(job)) lane.running.stop('yield')
    this.pump(job.lane)
  }

  /** A running job is stopped; one that waits is forgotten. */
  remove(job: Job, reason: StopReason): void {
    const lane = this.lanes.get(job.lane)
    if (!lane) return
    lane.jobs.delete(job.id)
    if (lane.running?.id === job.id) lane.running.stop(reason)
    this.pump(job.lane)
  }

  has(job: Pick<Job, 'id' | 'lane'>): boolean {
    const lane = this.lanes.get(job.lane)
    return lane !== undefined && (lane.running?.id === job.id || lane.jobs.has(job.id))
  }

  /** The cause may be gone: whatever waits for this destination is tried now. */
  wake(laneName: string): void {
    const lane = this.lanes.get(laneName)
    if (!lane) return
    lane.notBefore = 0
    this.pump(laneName)
  }

  /** When the lane is free, before the next job: some destinations take one association at a time. */
  errand(laneName: string, act: () => Promise<void>): void {
    this.lane(laneName).errands.push(act)
    this.pump(laneName)
  }

  /** Until when nobody is tried there; undefined when nothing holds. */
  heldUntil(laneName: string): number | undefined {
    const { notBefore = 0 } = this.lanes.get(laneName) ?? {}
    return notBefore > this.clock.now() ? notBefore : undefined
  }

  close(): void {
    this.isClosed = true
    for (const lane of this.lanes.values()) {
      lane.cancelTimer?.()
      lane.running?.stop('close')
    }
  }

  private lane(name: string): Lane {
    const known = this.lanes.get(name)
    if (known) return known
    const lane: Lane = {
      ...{ jobs: new Map<string, Job>(), running: undefined, errands: [], isBusy: false },
      ...{ notBefore: 0, failures: 0, cancelTimer: undefined },
    }
    this.lanes.set(name, lane)
    return lane
  }

  private isDue(job: Job): boolean {
    return (job.notBefore() ?? 0) <= this.clock.now()
  }

  private pump(name: string): void {
    const lane = this.lanes.get(name)
    if (!lane || lane.isBusy || this.isClosed) return
    lane.cancelTimer?.()
    lane.cancelTimer = undefined
    const errand = lane.errands.shift()
    if (errand) return void this.occupy(name, lane, errand)
    const now = this.clock.now()
    const jobs = [...lane.jobs.values()]
    if (jobs.length === 0) {
      // A destination whose failures are remembered keeps its lane.
      if (lane.failures === 0) this.lanes.delete(name)
      return
    }
    const due = lane.notBefore <= now ? jobs.filter((job) => this.isDue(job)) : []
    const next = due.toSorted((a, b) => a.rank() - b.rank() || a.order - b.order)[0]
    if (next) return void this.occupy(name, lane, () => this.runOne(lane, next))
    const soonest = Math.min(...jobs.map((job) => Math.max(job.notBefore() ?? 0, lane.notBefore)))
    if (!Number.isFinite(soonest)) return
    lane.cancelTimer = this.clock.after(Math.min(soonest - now, LOOK_AGAIN_MS), () => this.pump(name))
  }

  private async occupy(name: string, lane: Lane, act: () => Promise<void>): Promise<void> {
    lane.isBusy = true
    try {
      await act()
    } catch (error) {
      console.error(`A job could not be run: ${(error as Error).message}`)
    } finally {
      lane.isBusy = false
      lane.running = undefined
      this.pump(name)
    }
  }

  private async runOne(lane: Lane, job: Job): Promise<void> {
    lane.jobs.delete(job.id)
    lane.running = job
    const result = await job.run()
    if (result.kind === 'over') lane.failures = 0
    if (result.kind === 'yielded') lane.jobs.set(job.id, job)
    if (result.kind !== 'again') return
    const { scope, message, progressed, waitMs = 0 } = result
    lane.failures = progressed ? 1 : lane.failures + 1
    const attempts = progressed ? 1 : job.attempts() + 1
    const wait = backOffMs(scope === 'destination' ? Math.max(lane.failures, attempts) : attempts, this.random)
    const at = this.clock.now() + Math.max(wait, waitMs)
    if (scope === 'destination') lane.notBefore = at
    else lane.failures = 0
    if (this.isClosed) return
    job.postponed({ at, attempts, message })
    lane.jobs.set(job.id, job)
  }
}
