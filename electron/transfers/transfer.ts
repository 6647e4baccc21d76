import type { KeptTransfer } from '#electron/archive/archiveApi.ts'
import type { StopReason } from '#electron/jobs/jobResult.ts'
import type { TransferItem, TransferState } from '#shared/contract/transfers.ts'
import { Rate } from './rate.ts'
import { tally } from './tally.ts'

type Patch = Partial<
  Omit<KeptTransfer, 'transferId' | 'kind' | 'done' | 'warnings' | 'failed' | 'duplicates' | 'bytes' | 'bytesPerSecond'>
>
export type EndState = Exclude<TransferState, 'waiting' | 'running' | 'paused'>

/** A transfer under way: its row, its items, and how it is cancelled. Every change is told to the log. */
export class Transfer {
  readonly items = new Map<string, TransferItem>()
  /** The process may have died while it ran: what was last on its way may have arrived. */
  wasInterrupted = false
  readonly unsavedItems = new Map<string, TransferItem>()
  private controller = new AbortController()
  private reason: StopReason | undefined
  private bytesBeforeRun = 0
  private current: KeptTransfer
  private readonly rate = new Rate()
  private readonly changed: (transfer: Transfer) => void

  constructor(row: KeptTransfer, items: readonly TransferItem[], changed: (transfer: Transfer) => void) {
    this.current = row
    this.changed = changed
    for (const item of items) this.items.set(item.key, item)
  }

  get id(): string {
    return this.current.transferId
  }
  get signal(): AbortSignal {
    return this.controller.signal
  }
  /** Why the run was stopped; undefined while it is not. */
  get stopReason(): StopReason | undefined {
    return this.reason
  }
  get ended(): boolean {
    return this.current.endedAt !== null
  }

  row(now = Date.now()): KeptTransfer {
    if (this.ended) return this.current
    // What waits or stands still has no rate, however fast it was a moment ago.
    const bytesPerSecond = this.current.state === 'running' ? this.rate.bytesPerSecond(now) : 0
    return { ...this.current, bytesPerSecond }
  }

  /** A job may run several times until it has ended; each run is stopped by itself. */
  beginRun(now: number): void {
    this.controller = new AbortController()
    this.reason = undefined
    this.bytesBeforeRun = this.current.bytes
    const { done } = this.current
    const waited = { nextAttemptAt: null, opensAt: null, hold: null, message: '' }
    this.set({ state: 'running', run: { at: now, did: done }, ...waited })
  }

  stop(reason: StopReason): void {
    if (this.controller.signal.aborted) return
    this.reason = reason
    this.controller.abort()
  }

  set(patch: Patch): void {
    this.current = { ...this.current, ...patch }
    this.changed(this)
  }

  addStudy(studyId: number): boolean {
    if (this.current.studyIds.includes(studyId)) return false
    this.set({ studyIds: [...this.current.studyIds, studyId] })
    return true
  }

  item(item: TransferItem, bytes = 0): void {
    const before = this.items.get(item.key)
    this.items.set(item.key, item)
    this.unsavedItems.set(item.key, item)
    if (bytes > 0) this.rate.add(bytes)
    this.current = {
      ...this.current,
      ...tally(this.current, this.current.kind, before?.state, item.state),
      bytes: this.current.bytes + bytes,
    }
    this.changed(this)
  }

  /** The average over the whole run replaces the rate of the moment. */
  end(state: EndState, message: string, endedAt = Date.now()): void {
    if (this.ended) return
    const { run, startedAt, bytes } = this.current
    const seconds = (endedAt - (run?.at ?? startedAt)) / 1000
    this.current = {
      ...this.current,
      state,
      message,
      endedAt,
      // Over a blink of time a rate says nothing.
      bytesPerSecond: seconds < 1 ? 0 : Math.round((bytes - this.bytesBeforeRun) / seconds),
      run: null,
      nextAttemptAt: null,
      opensAt: null,
      hold: null,
      canRetry: canRetry(state, this.current.plan),
    }
    this.changed(this)
  }
}

export function canRetry(state: TransferState, plan: string): boolean {
  return plan !== '' && (state === 'partial' || state === 'failed' || state === 'cancelled')
}
