import type { KeptTransfer } from '#electron/archive/archiveApi.ts'
import type { TransferItem, TransferRow, TransferState } from '#shared/contract/transfers.ts'
import { Rate } from './rate.ts'
import { tally } from './tally.ts'

type Patch = Partial<
  Pick<TransferRow, 'title' | 'peer' | 'total' | 'message' | 'state' | 'studyIds' | 'endedAt' | 'commitment'>
>
export type EndState = Exclude<TransferState, 'waiting' | 'running'>

/** A transfer under way: its row, its items, and how it is cancelled. Every change is told to the log. */
export class Transfer {
  readonly abort = new AbortController()
  readonly items = new Map<string, TransferItem>()
  readonly unsavedItems = new Map<string, TransferItem>()
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
    return this.abort.signal
  }
  get ended(): boolean {
    return this.current.endedAt !== null
  }

  row(now = Date.now()): KeptTransfer {
    return this.ended ? this.current : { ...this.current, bytesPerSecond: this.rate.bytesPerSecond(now) }
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

  /** The average over the whole time replaces the rate of the moment. */
  end(state: EndState, message: string): void {
    if (this.ended) return
    const endedAt = Date.now()
    const seconds = (endedAt - this.current.startedAt) / 1000
    this.current = {
      ...this.current,
      state,
      message,
      endedAt,
      // Over a blink of time a rate says nothing.
      bytesPerSecond: seconds < 1 ? 0 : Math.round(this.current.bytes / seconds),
      canRetry: canRetry(state, this.current.plan),
    }
    this.changed(this)
  }
}

export function canRetry(state: TransferState, plan: string): boolean {
  return plan !== '' && (state === 'partial' || state === 'failed' || state === 'cancelled')
}
