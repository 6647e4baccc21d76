import { randomUUID } from 'node:crypto'
import type { ArchiveReaderApi, ArchiveWriterApi, KeptTransfer } from '#electron/archive/archiveApi.ts'
import type { Outlives } from '#electron/archive/groupCommit.ts'
import type { Remote } from '#electron/threads/remote.ts'
import type {
  TransferItem,
  TransferKind,
  TransferPage,
  TransferRow,
  TransferState,
} from '#shared/contract/transfers.ts'
import { completed, queueFields } from './keptTransfer.ts'
import { partyOf, recount } from './recount.ts'
import { tally } from './tally.ts'
import { canRetry, Transfer } from './transfer.ts'

export interface TransferStore {
  writer: Pick<Remote<ArchiveWriterApi>, 'saveTransfers' | 'deleteTransfers' | 'pruneTransfers'>
  reader: Pick<
    Remote<ArchiveReaderApi>,
    'listTransfers' | 'listTransferItems' | 'receivedSince' | 'transferHistory' | 'getTransfer'
  >
}

export interface NewTransfer {
  kind: TransferKind
  state?: TransferState
  title: string
  peer: string
  total: number | null
  studyIds?: number[]
  plan?: string
  items?: TransferItem[]
  more?: Partial<Pick<KeptTransfer, 'priority' | 'ruleName' | 'nextAttemptAt' | 'transferId' | 'message'>>
}

export interface TransferChange {
  transferId: string
  removed: boolean
}

const SAVE_INTERVAL_MS = 1000
/** What a destination said to have stored: after a kill it is not sent again, so little may be lost of it. */
const SEND_SAVE_INTERVAL_MS = 50
/** What is saved of a transfer that runs outlives a kill; a power cut costs at most so much of it, which is sent again. */
const SYNC_INTERVAL_MS = 1000
const LIST_LIMIT = 1000
/** How far the list may outgrow its limit before the oldest go: not each time one is added. */
const LIST_SLACK = 0.05
const DAY_MS = 86_400_000
const KEEP_DAYS = 365
const KEEP_ITEMS_DAYS = 90
const KEEP_COUNT = 100_000

/** The transfers of now in memory, with the newest of those that ended; all that are kept in the archive's database. */
export class TransferLog {
  private readonly store: TransferStore
  private readonly rows = new Map<string, KeptTransfer>()
  private readonly open = new Map<string, Transfer>()
  private readonly unsaved = new Set<Transfer>()
  /** Saved, and lost in a power cut. */
  private readonly unsynced = new Set<Transfer>()
  private readonly listeners = new Set<(change: TransferChange) => void>()
  private timer: NodeJS.Timeout | undefined
  private timerDueAt = 0
  private savedAt = 0
  private syncedAt = 0
  private saving: Promise<boolean> = Promise.resolve(true)
  private readonly limit: number

  private constructor(store: TransferStore, limit: number) {
    this.store = store
    this.limit = limit
  }

  /**
   * What ran when the program died: sends and retrieves wait to go on (`resumable`), what comes from others is shown as
   * interrupted.
   */
  static async load(store: TransferStore, now = Date.now(), limit = LIST_LIMIT): Promise<TransferLog> {
    const log = new TransferLog(store, limit)
    const claimed = new Set<string>()
    for (const saved of await store.reader.listTransfers(limit)) {
      const row = completed(saved)
      if (row.endedAt !== null) log.rows.set(row.transferId, row)
      else if (isJob(row)) await log.takeUp(row)
      else log.rows.set(row.transferId, await log.interrupt(row, now, claimed))
    }
    return log
  }

  /** Its items are read when it is its turn. */
  private async takeUp(saved: KeptTransfer): Promise<void> {
    const wasRunning = saved.state === 'running'
    const row = { ...saved, state: wasRunning ? ('waiting' as const) : saved.state, run: null, bytesPerSecond: 0 }
    const items = await this.store.reader.listTransferItems(row.transferId)
    const transfer = new Transfer(row, items, (changed) => this.changed(changed))
    // How far a retrieve came is seldom written down: what it brought is in the archive.
    transfer.wasInterrupted = wasRunning || row.kind === 'retrieve'
    this.open.set(row.transferId, transfer)
    this.rows.set(row.transferId, row)
  }

  private async interrupt(saved: KeptTransfer, now: number, claimed: Set<string>): Promise<KeptTransfer> {
    const { row, items } = saved.kind === 'receive' ? await this.recounted(saved, claimed) : { row: saved, items: [] }
    const state = row.done > 0 ? ('partial' as const) : ('failed' as const)
    const message = interruptedMessage(row)
    const ended = { ...row, state, endedAt: now, bytesPerSecond: 0, message, canRetry: canRetry(state, row.plan) }
    await this.store.writer.saveTransfers([{ row: ended, items }])
    return ended
  }

  private async recounted(
    row: KeptTransfer,
    claimed: Set<string>,
  ): Promise<{ row: KeptTransfer; items: TransferItem[] }> {
    const { reader } = this.store
    const items = await reader.listTransferItems(row.transferId)
    const stored = await reader.receivedSince({ ...partyOf(row.peer), sinceMs: row.startedAt })
    return recount(row, items, stored, claimed)
  }

  begin(wanted: NewTransfer): Transfer {
    const { kind, state = 'running', title, peer, total, studyIds = [], plan = '', items = [], more = {} } = wanted
    const row: KeptTransfer = {
      ...queueFields,
      ...{ transferId: randomUUID(), kind, state, title, peer, total, studyIds, plan },
      ...{ startedAt: Date.now(), endedAt: null, message: '', canRetry: false },
      ...{ done: 0, warnings: 0, failed: 0, duplicates: 0, bytes: 0, bytesPerSecond: 0 },
      ...more,
    }
    return this.track(row, items, items)
  }

  /** Takes an ended transfer up again under its own id; what it has done stays counted. */
  async reopen(transferId: string): Promise<Transfer | undefined> {
    const row = await this.find(transferId)
    if (!row || row.endedAt === null) return undefined
    const items = await this.items(transferId)
    const again = { ...row, state: 'waiting' as const, startedAt: Date.now(), endedAt: null, proof: null }
    const asNew = { bytesPerSecond: 0, message: '', canRetry: false, attempts: 0, isAtAnyHour: false }
    return this.track({ ...again, ...asNew }, items, [])
  }

  private track(row: KeptTransfer, items: TransferItem[], unsavedItems: TransferItem[]): Transfer {
    const transfer = new Transfer(row, items, (changed) => this.changed(changed))
    for (const item of unsavedItems) transfer.unsavedItems.set(item.key, item)
    this.open.set(row.transferId, transfer)
    this.changed(transfer)
    this.trim()
    return transfer
  }

  /** A device that opens an association for each image makes thousands a day: the database keeps more than memory. */
  private trim(): void {
    if (this.rows.size <= this.limit * (1 + LIST_SLACK)) return
    for (const { transferId } of this.list().slice(this.limit))
      if (!this.open.has(transferId)) this.rows.delete(transferId)
  }

  /** Forgets what is beyond the retention, without keeping other writes waiting. */
  async prune(now = Date.now(), keepCount = KEEP_COUNT): Promise<void> {
    const retention = { keepSinceMs: now - KEEP_DAYS * DAY_MS, keepItemsSinceMs: now - KEEP_ITEMS_DAYS * DAY_MS }
    for (;;) {
      const { more } = await this.store.writer.pruneTransfers({ ...retention, keepCount })
      if (!more) return
    }
  }

  private changed(transfer: Transfer): void {
    this.rows.set(transfer.id, transfer.row())
    this.unsaved.add(transfer)
    if (transfer.ended) void this.save()
    else if (transfer.row().kind === 'send') this.saveWithin(this.savedAt + SEND_SAVE_INTERVAL_MS - Date.now())
    else this.saveWithin(SAVE_INTERVAL_MS)
    this.tell({ transferId: transfer.id, removed: false })
  }

  private saveWithin(delayMs: number): void {
    const dueAt = Date.now() + Math.max(0, delayMs)
    if (this.timer && this.timerDueAt <= dueAt) return
    clearTimeout(this.timer)
    this.timerDueAt = dueAt
    this.timer = setTimeout(() => void this.saveProgress(), Math.max(0, delayMs))
  }

  private saveProgress(): Promise<boolean> {
    // With nothing new to write it is the sync that is due, also where the timer came a millisecond before its time.
    const isNew = this.unsaved.size > 0
    return this.save(isNew && Date.now() - this.syncedAt < SYNC_INTERVAL_MS ? 'program' : 'power cut')
  }

  /** Writes what changed; one writing at a time, in order. Whether all of it is in the database. */
  save(outlives: Outlives = 'power cut'): Promise<boolean> {
    clearTimeout(this.timer)
    this.timer = undefined
    this.savedAt = Date.now()
    if (outlives === 'power cut') this.syncedAt = this.savedAt
    this.saving = this.saving.then(() => this.saveNow(outlives))
    return this.saving
  }

  private async saveNow(outlives: Outlives): Promise<boolean> {
    const changed = outlives === 'program' ? this.unsaved : new Set([...this.unsaved, ...this.unsynced])
    const batch = [...changed]
      .filter(({ id }) => this.rows.has(id))
      .map((transfer) => ({ transfer, row: transfer.row(), items: [...transfer.unsavedItems.values()] }))
    this.unsaved.clear()
    if (outlives === 'power cut') this.unsynced.clear()
    if (batch.length === 0) return true
    for (const { transfer } of batch) transfer.unsavedItems.clear()
    try {
      await this.store.writer.saveTransfers(
        batch.map(({ row, items }) => ({ row, items })),
        outlives,
      )
    } catch (error) {
      console.error(`The list of transfers could not be saved: ${(error as Error).message}`)
      // Kept for the next time, unless something newer is known by then.
      for (const { transfer, items } of batch) {
        const newer = [...transfer.unsavedItems]
        transfer.unsavedItems.clear()
        for (const item of items) transfer.unsavedItems.set(item.key, item)
        for (const [key, item] of newer) transfer.unsavedItems.set(key, item)
        this.unsaved.add(transfer)
      }
      this.saveWithin(SAVE_INTERVAL_MS)
      return false
    }
    if (outlives === 'program') {
      for (const { transfer } of batch) this.unsynced.add(transfer)
      this.saveWithin(this.syncedAt + SYNC_INTERVAL_MS - Date.now())
    }
    for (const { transfer } of batch) {
      const isStillOpen = this.open.get(transfer.id) === transfer
      if (transfer.ended && isStillOpen && transfer.unsavedItems.size === 0) this.open.delete(transfer.id)
    }
    return true
  }

  /** What became known of a transfer after its end. */
  async amend(
    transferId: string,
    patch: Partial<Pick<KeptTransfer, 'commitment' | 'proof' | 'state' | 'message' | 'canRetry'>>,
    items: TransferItem[] = [],
  ): Promise<void> {
    const transfer = this.open.get(transferId)
    if (transfer) {
      for (const item of items) transfer.item(item)
      transfer.set(patch)
      return
    }
    const row = await this.find(transferId)
    if (!row) return
    const known = new Map((items.length > 0 ? await this.items(transferId) : []).map((item) => [item.key, item.state]))
    let changed: KeptTransfer = { ...row, ...patch }
    for (const { key, state } of items) changed = { ...changed, ...tally(changed, row.kind, known.get(key), state) }
    if (this.rows.has(transferId)) this.rows.set(transferId, changed)
    await this.store.writer.saveTransfers([{ row: changed, items }])
    this.tell({ transferId, removed: false })
  }

  /** In memory only: see `find`. */
  get(transferId: string): KeptTransfer | undefined {
    return this.rows.get(transferId)
  }

  async find(transferId: string): Promise<KeptTransfer | undefined> {
    const row = this.rows.get(transferId)
    if (row) return row
    const kept = await this.store.reader.getTransfer(transferId)
    return kept && completed(kept)
  }

  /** Undefined once it has ended. */
  running(transferId: string): Transfer | undefined {
    const transfer = this.open.get(transferId)
    return transfer?.ended ? undefined : transfer
  }

  allRunning(): Transfer[] {
    return [...this.open.values()].filter((transfer) => !transfer.ended)
  }

  /** Newest first. A rate that nobody feeds any more falls to zero here. */
  list(): KeptTransfer[] {
    const all = [...this.rows.values()].map((row) => this.open.get(row.transferId)?.row() ?? row)
    return all.toSorted((a, b) => b.startedAt - a.startedAt)
  }

  async history(page: TransferPage): Promise<KeptTransfer[]> {
    return (await this.store.reader.transferHistory(page)).map(completed)
  }

  async items(transferId: string): Promise<TransferItem[]> {
    const transfer = this.open.get(transferId)
    return transfer ? [...transfer.items.values()] : this.store.reader.listTransferItems(transferId)
  }

  /** Only what has ended can be taken off the list. */
  async remove(transferIds: readonly string[]): Promise<void> {
    const ended = transferIds.filter((id) => !this.running(id))
    if (ended.length === 0) return
    await this.save()
    await this.store.writer.deleteTransfers(ended)
    for (const transferId of ended) {
      this.rows.delete(transferId)
      this.open.delete(transferId)
      this.tell({ transferId, removed: true })
    }
  }

  onChange(listener: (change: TransferChange) => void): () => void {
    this.listeners.add(listener)
    return () => void this.listeners.delete(listener)
  }

  private tell(change: TransferChange): void {
    for (const listener of [...this.listeners]) listener(change)
  }
}

/** What goes on by itself after a restart. */
function isJob({ kind, plan }: KeptTransfer): boolean {
  return (kind === 'send' || kind === 'retrieve') && plan !== ''
}

export function interruptedMessage(row: Pick<TransferRow, 'kind'>): string {
  const stopped = 'This workstation stopped before it was done.'
  if (row.kind === 'send' || row.kind === 'retrieve') return `${stopped} Retry does the rest.`
  if (row.kind === 'import') return `${stopped} What was read is kept; import the folder again for the rest.`
  return `${stopped} What had arrived is kept; the device can send the rest again.`
}
