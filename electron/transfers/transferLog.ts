import { randomUUID } from 'node:crypto'
import type { ArchiveReaderApi, ArchiveWriterApi, KeptTransfer } from '#electron/archive/archiveApi.ts'
import type { Remote } from '#electron/threads/remote.ts'
import type { TransferItem, TransferKind, TransferRow, TransferState } from '#shared/contract/transfers.ts'
import { partyOf, recount } from './recount.ts'
import { canRetry, Transfer } from './transfer.ts'

export interface TransferStore {
  writer: Pick<Remote<ArchiveWriterApi>, 'saveTransfer' | 'saveTransferItems' | 'deleteTransfers'>
  reader: Pick<Remote<ArchiveReaderApi>, 'listTransfers' | 'listTransferItems' | 'receivedSince'>
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
}

export interface TransferChange {
  transferId: string
  removed: boolean
}

const SAVE_INTERVAL_MS = 1000
const LIST_LIMIT = 2000
/** How far the list may outgrow its limit before the oldest go: not each time one is added. */
const LIST_SLACK = 0.05
const KEEP_DAYS = 30

/** Every transfer that is kept, in memory as rows and in the archive's database with its items. */
export class TransferLog {
  private readonly store: TransferStore
  private readonly rows = new Map<string, KeptTransfer>()
  private readonly open = new Map<string, Transfer>()
  private readonly unsaved = new Set<Transfer>()
  private readonly listeners = new Set<(change: TransferChange) => void>()
  private timer: NodeJS.Timeout | undefined
  private saving: Promise<void> = Promise.resolve()

  private readonly limit: number
  private isTrimming = false

  private constructor(store: TransferStore, limit: number) {
    this.store = store
    this.limit = limit
  }

  /** A transfer that ran when the program died is shown as failed, and can be done again where that is possible. */
  static async load(store: TransferStore, now = Date.now(), limit = LIST_LIMIT): Promise<TransferLog> {
    const log = new TransferLog(store, limit)
    const old: string[] = []
    const claimed = new Set<string>()
    for (const row of await store.reader.listTransfers(limit)) {
      if ((row.endedAt ?? row.startedAt) < now - KEEP_DAYS * 86_400_000) old.push(row.transferId)
      else log.rows.set(row.transferId, row.endedAt === null ? await log.interrupt(row, now, claimed) : row)
    }
    if (old.length > 0) await store.writer.deleteTransfers(old)
    return log
  }

  private async interrupt(saved: KeptTransfer, now: number, claimed: Set<string>): Promise<KeptTransfer> {
    const row = saved.kind === 'receive' ? await this.recounted(saved, claimed) : saved
    const state = row.done > 0 ? ('partial' as const) : ('failed' as const)
    const message = interruptedMessage(row)
    const ended = { ...row, state, endedAt: now, bytesPerSecond: 0, message, canRetry: canRetry(state, row.plan) }
    await this.store.writer.saveTransfer(ended)
    return ended
  }

  private async recounted(row: KeptTransfer, claimed: Set<string>): Promise<KeptTransfer> {
    const { reader, writer } = this.store
    const items = await reader.listTransferItems(row.transferId)
    const stored = await reader.receivedSince({ ...partyOf(row.peer), sinceMs: row.startedAt })
    const counted = recount(row, items, stored, claimed)
    if (counted.items.length > 0) await writer.saveTransferItems(row.transferId, counted.items)
    return counted.row
  }

  begin(wanted: NewTransfer): Transfer {
    const { kind, state = 'running', title, peer, total, studyIds = [], plan = '', items = [] } = wanted
    const row: KeptTransfer = {
      ...{ transferId: randomUUID(), kind, state, title, peer, total, studyIds, plan },
      ...{ startedAt: Date.now(), endedAt: null, message: '', canRetry: false },
      ...{ done: 0, warnings: 0, failed: 0, duplicates: 0, bytes: 0, bytesPerSecond: 0 },
    }
    return this.track(row, items, items)
  }

  /** Takes an ended transfer up again under its own id; what it has done stays counted. */
  async reopen(transferId: string): Promise<Transfer | undefined> {
    const row = this.rows.get(transferId)
    if (!row || row.endedAt === null) return undefined
    const items = await this.items(transferId)
    const again = { ...row, state: 'waiting' as const, startedAt: Date.now(), endedAt: null, bytes: 0 }
    return this.track({ ...again, bytesPerSecond: 0, message: '', canRetry: false }, items, [])
  }

  private track(row: KeptTransfer, items: TransferItem[], unsavedItems: TransferItem[]): Transfer {
    const transfer = new Transfer(row, items, (changed) => this.changed(changed))
    for (const item of unsavedItems) transfer.unsavedItems.set(item.key, item)
    this.open.set(row.transferId, transfer)
    this.changed(transfer)
    void this.trim()
    return transfer
  }

  /** A device that opens an association for each image makes thousands a day: neither memory nor database keep them all. */
  private async trim(): Promise<void> {
    if (this.isTrimming || this.rows.size <= this.limit * (1 + LIST_SLACK)) return
    this.isTrimming = true
    const old = this.list().slice(this.limit)
    try {
      await this.remove(old.map(({ transferId }) => transferId))
    } catch (error) {
      console.error(`Old transfers could not be taken off the list: ${(error as Error).message}`)
    } finally {
      this.isTrimming = false
    }
  }

  private changed(transfer: Transfer): void {
    this.rows.set(transfer.id, transfer.row())
    this.unsaved.add(transfer)
    if (transfer.ended) void this.save()
    else this.timer ??= setTimeout(() => void this.save(), SAVE_INTERVAL_MS)
    this.tell({ transferId: transfer.id, removed: false })
  }

  /** Writes what changed; one writing at a time, in order. Resolves when all of it is in the database. */
  save(): Promise<void> {
    clearTimeout(this.timer)
    this.timer = undefined
    this.saving = this.saving
      .then(() => this.saveNow())
      .catch((error: Error) => {
        console.error(`The list of transfers could not be saved: ${error.message}`)
      })
    return this.saving
  }

  private async saveNow(): Promise<void> {
    const batch = [...this.unsaved]
    this.unsaved.clear()
    for (const transfer of batch) {
      if (!this.rows.has(transfer.id)) continue
      const items = [...transfer.unsavedItems.values()]
      transfer.unsavedItems.clear()
      await this.store.writer.saveTransfer(transfer.row())
      if (items.length > 0) await this.store.writer.saveTransferItems(transfer.id, items)
      const isStillOpen = this.open.get(transfer.id) === transfer
      if (transfer.ended && isStillOpen && transfer.unsavedItems.size === 0) this.open.delete(transfer.id)
    }
  }

  /** What became known of a transfer after its end. */
  async annotate(transferId: string, patch: Pick<TransferRow, 'commitment'>): Promise<void> {
    const row = this.rows.get(transferId)
    if (!row) return
    const transfer = this.open.get(transferId)
    if (transfer) return transfer.set(patch)
    const changed = { ...row, ...patch }
    this.rows.set(transferId, changed)
    this.tell({ transferId, removed: false })
    await this.store.writer.saveTransfer(changed)
  }

  get(transferId: string): KeptTransfer | undefined {
    return this.rows.get(transferId)
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
  list(): TransferRow[] {
    const all = [...this.rows.values()].map((row) => this.open.get(row.transferId)?.row() ?? row)
    return all.toSorted((a, b) => b.startedAt - a.startedAt)
  }

  async items(transferId: string): Promise<TransferItem[]> {
    const transfer = this.open.get(transferId)
    return transfer ? [...transfer.items.values()] : this.store.reader.listTransferItems(transferId)
  }

  /** Only what has ended can be taken off the list. */
  async remove(transferIds: readonly string[]): Promise<void> {
    const ended = transferIds.filter((id) => this.rows.has(id) && !this.running(id))
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

export function interruptedMessage(row: Pick<TransferRow, 'kind'>): string {
  const stopped = 'This workstation stopped before it was done.'
  if (row.kind === 'send' || row.kind === 'retrieve') return `${stopped} Retry does the rest.`
  if (row.kind === 'import') return `${stopped} What was read is kept; import the folder again for the rest.`
  return `${stopped} What had arrived is kept; the device can send the rest again.`
}
