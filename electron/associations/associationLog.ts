import { promisify } from 'node:util'
import { deflateRaw } from 'node:zlib'
import type { ArchiveReaderApi, ArchiveWriterApi } from '#electron/archive/archiveApi.ts'
import type { AssociationPage } from '#electron/archive/associationLog.ts'
import type { NodeEvent } from '#electron/dicom/nodeApi.ts'
import type { NodeListener } from '#electron/listening/nodeEvents.ts'
import { Changes } from '#electron/settings/changes.ts'
import type { Remote } from '#electron/threads/remote.ts'
import type { AssociationDetails, AssociationRow } from '#shared/contract/associations.ts'
import { entryOfFailedCall } from './callEntry.ts'
import {
  type Entry,
  endEntry,
  entryOfAccepted,
  entryOfRefused,
  entryOfTurnedAway,
  interruptEntry,
  repeatEntry,
} from './entry.ts'

export interface AssociationStore {
  writer: Pick<Remote<ArchiveWriterApi>, 'saveAssociations' | 'interruptAssociations'>
  reader: Pick<Remote<ArchiveReaderApi>, 'listAssociations' | 'associationDetails'>
}

const deflate = promisify(deflateRaw)

/** R070. Half a year would fill the index of a busy archive; a flood must not fill the disk. */
const KEEP_DAYS = 90
const KEEP_ROWS = 20_000
const DAY_MS = 86_400_000
const FORGET_EVERY_MS = 60_000

const SAVE_INTERVAL_MS = 1000
/** One commit of a few rows at a time: a store that comes in between waits for no more. */
const SAVED_AT_ONCE = 50
/** What the database does not take (its disk is full) is held so far. */
const UNSAVED_MAX = 5000
const SAME_REFUSAL_MS = 10 * 60_000
const REFUSALS_KNOWN = 200

/**
 * Every association that somebody asked us for, and every one that we asked for, kept in the archive's database. Written a moment later and a few at a
 * time: no store waits for its log.
 */
export class AssociationLog implements NodeListener {
  private readonly store: AssociationStore
  private readonly changes = new Changes()
  private readonly open = new Map<string, Entry>()
  private readonly refusals = new Map<string, Entry>()
  private readonly unsaved = new Map<string, Entry>()
  private timer: NodeJS.Timeout | undefined
  private saving: Promise<void> = Promise.resolve()
  private forgotAt = 0
  private closed = false

  private constructor(store: AssociationStore) {
    this.store = store
  }

  /** What was open when the program ended is closed first. */
  static async load(store: AssociationStore, now = Date.now()): Promise<AssociationLog> {
    await store.writer.interruptAssociations(now)
    return new AssociationLog(store)
  }

  handle(event: NodeEvent): void {
    if (event.kind === 'associationAccepted' || event.kind === 'callAccepted') {
      const entry = entryOfAccepted(event, event.kind === 'callAccepted' ? 'out' : 'in')
      this.open.set(event.associationId, entry)
      this.changed(entry)
    } else if (event.kind === 'associationRejected') {
      const { callingAETitle, calledAETitle, address } = event.party
      const { result, source, reason, at } = event
      const who = [callingAETitle, calledAETitle, address, result, source, reason]
      this.refused(who.join('\n'), at, () => entryOfRefused(event))
    } else if (event.kind === 'connectionRefused')
      this.refused([event.address, event.note].join('\n'), event.at, () => entryOfTurnedAway(event))
    else if (event.kind === 'callFailed')
      this.refused([event.party.calledAETitle, event.party.address, event.code, 'out'].join('\n'), event.at, () =>
        entryOfFailedCall(event),
      )
    else if (event.kind === 'associationEnded' || event.kind === 'callEnded') {
      const entry = this.open.get(event.associationId)
      if (!entry) return
      this.open.delete(event.associationId)
      endEntry(entry, event)
      this.changed(entry)
    }
  }

  /** An entry that somebody else leads, new or changed. */
  note(entry: Entry): void {
    this.changed(entry)
  }

  /** Who is refused for the same again counts up one row. */
  noteRefusal(key: string, at: number, entryOf: () => Entry): void {
    this.refused(key, at, entryOf)
  }

  lostAll(): void {
    const at = Date.now()
    for (const entry of this.open.values()) {
      interruptEntry(entry, at)
      this.changed(entry)
    }
    this.open.clear()
  }

  async list(page: AssociationPage): Promise<AssociationRow[]> {
    await this.save()
    return this.store.reader.listAssociations(page)
  }

  async details(associationId: string): Promise<AssociationDetails | undefined> {
    await this.save()
    return this.store.reader.associationDetails(associationId)
  }

  onChange(listener: () => void): () => void {
    return this.changes.onChange(listener)
  }

  /** The listener is closed; what is open still can only be what nobody heard the end of. */
  async close(): Promise<void> {
    this.lostAll()
    this.closed = true
    await this.save()
  }

  /** The same knock within ten minutes counts up one row, so that a scanner that tries for ever does not fill the list. */
  private refused(key: string, at: number, entryOf: () => Entry): void {
    const known = this.refusals.get(key)
    this.refusals.delete(key)
    const isSame = known && at - known.row.startedAt < SAME_REFUSAL_MS
    const entry = isSame ? repeatEntry(known, at) : entryOf()
    this.refusals.set(key, entry)
    const [oldest] = this.refusals.keys()
    if (this.refusals.size > REFUSALS_KNOWN && oldest !== undefined) this.refusals.delete(oldest)
    this.changed(entry)
  }

  private changed(entry: Entry): void {
    this.unsaved.set(entry.row.associationId, entry)
    const [oldest] = this.unsaved.keys()
    if (this.unsaved.size > UNSAVED_MAX && oldest !== undefined) this.unsaved.delete(oldest)
    if (!this.closed) this.timer ??= setTimeout(() => void this.save(), SAVE_INTERVAL_MS)
    this.changes.tell()
  }

  /** Writes what changed; one writing at a time, in order. */
  private save(): Promise<void> {
    clearTimeout(this.timer)
    this.timer = undefined
    this.saving = this.saving
      .then(() => this.saveNow())
      .catch((error: unknown) => {
        console.error(
          `The log of associations could not be saved: ${error instanceof Error ? error.message : 'unknown'}`,
        )
        if (!this.closed) this.timer ??= setTimeout(() => void this.save(), SAVE_INTERVAL_MS * 10)
      })
    return this.saving
  }

  private async saveNow(): Promise<void> {
    while (this.unsaved.size > 0) {
      const batch = [...this.unsaved.values()]
        .slice(0, SAVED_AT_ONCE)
        .map((entry) => ({ entry, version: entry.version }))
      const rows = await Promise.all(
        batch.map(async ({ entry: { row, details } }) => {
          return { ...row, details: new Uint8Array(await deflate(JSON.stringify(details))) }
        }),
      )
      await this.store.writer.saveAssociations(rows, this.retention())
      for (const { entry, version } of batch) {
        // What changed meanwhile is written once more.
        if (entry.version === version) this.unsaved.delete(entry.row.associationId)
      }
    }
  }

  private retention(): { rows: number; since: number } | undefined {
    const now = Date.now()
    if (now - this.forgotAt < FORGET_EVERY_MS) return undefined
    this.forgotAt = now
    return { rows: KEEP_ROWS, since: now - KEEP_DAYS * DAY_MS }
  }
}
