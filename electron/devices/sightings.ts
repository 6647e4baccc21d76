import type { ArchiveReaderApi, ArchiveWriterApi } from '#electron/archive/archiveApi.ts'
import type { CallerDay } from '#electron/archive/callerDays.ts'
import type { NodeEvent, RemoteParty } from '#electron/dicom/nodeApi.ts'
import type { NodeListener } from '#electron/listening/nodeEvents.ts'
import { Changes } from '#electron/settings/changes.ts'
import type { Remote } from '#electron/threads/remote.ts'
import { dayOf } from './dayOf.ts'

export interface SightingStore {
  writer: Pick<Remote<ArchiveWriterApi>, 'saveCallerDays'>
  reader: Pick<Remote<ArchiveReaderApi>, 'listCallerDays'>
}

const SAVE_INTERVAL_MS = 2000
/** While everybody is let in, strangers with ever new names must not fill memory. */
const CALLERS_MAX = 2000
const SAVED_AT_ONCE = 200

const key = ({ aeTitle, address }: { aeTitle: string; address: string }) => `${aeTitle}\n${address}`

/** R068: who called, when, and what came on each day. Saved a moment later: no store waits for its count. */
export class Sightings implements NodeListener {
  private readonly store: SightingStore
  private readonly changes = new Changes()
  /** By caller, the newest day last. */
  private readonly callers = new Map<string, CallerDay[]>()
  private readonly open = new Map<string, RemoteParty>()
  private readonly unsaved = new Set<CallerDay>()
  private timer: NodeJS.Timeout | undefined
  private closed = false

  private constructor(store: SightingStore) {
    this.store = store
  }

  static async load(store: SightingStore): Promise<Sightings> {
    const sightings = new Sightings(store)
    for (const day of await store.reader.listCallerDays()) {
      const days = sightings.callers.get(key(day))
      if (days) days.push(day)
      else sightings.callers.set(key(day), [day])
    }
    return sightings
  }

  handle(event: NodeEvent): void {
    if (event.kind === 'associationAccepted') {
      this.open.set(event.associationId, event.party)
      const day = this.seen(event.party, event.at)
      day.associations += 1
    } else if (event.kind === 'instanceReceived') {
      const party = this.open.get(event.associationId)
      if (!party) return
      const day = this.seen(party, event.at)
      if (event.outcome === 'refused') day.refused += 1
      else {
        day.instances += 1
        day.bytes += event.bytes
        day.lastImageAt = event.at
        day.lastStudyId = event.studyId ?? day.lastStudyId
      }
    } else if (event.kind === 'associationEnded') {
      const party = this.open.get(event.associationId)
      this.open.delete(event.associationId)
      if (party) this.seen(party, event.at)
    }
  }

  lostAll(): void {
    this.open.clear()
    this.changes.tell()
  }

  /** Every caller that was let in, with its days. */
  all(): { aeTitle: string; address: string; days: readonly CallerDay[]; isConnected: boolean }[] {
    const connected = new Set([...this.open.values()].map((party) => key(nameOf(party))))
    return [...this.callers.values()].flatMap((days) => {
      const last = days.at(-1)
      if (!last) return []
      return [{ aeTitle: last.aeTitle, address: last.address, days, isConnected: connected.has(key(last)) }]
    })
  }

  onChange(listener: () => void): () => void {
    return this.changes.onChange(listener)
  }

  async close(): Promise<void> {
    this.closed = true
    await this.save()
  }

  private seen(party: RemoteParty, at: number): CallerDay {
    const name = nameOf(party)
    const days = this.callers.get(key(name)) ?? []
    this.callers.delete(key(name))
    this.callers.set(key(name), days)
    const [oldest] = this.callers.keys()
    if (this.callers.size > CALLERS_MAX && oldest !== undefined) this.callers.delete(oldest)
    let today = days.at(-1)
    if (today?.day !== dayOf(at)) {
      const { lastImageAt = null, lastStudyId = null } = today ?? {}
      const counts = { associations: 0, instances: 0, refused: 0, bytes: 0 }
      today = { ...name, day: dayOf(at), ...counts, lastSeenAt: at, lastImageAt, lastStudyId }
      days.push(today)
    }
    today.lastSeenAt = at
    this.unsaved.add(today)
    if (!this.closed) this.timer ??= setTimeout(() => void this.save(), SAVE_INTERVAL_MS)
    this.changes.tell()
    return today
  }

  private async save(): Promise<void> {
    clearTimeout(this.timer)
    this.timer = undefined
    while (this.unsaved.size > 0) {
      const batch = [...this.unsaved].slice(0, SAVED_AT_ONCE)
      for (const day of batch) this.unsaved.delete(day)
      try {
        await this.store.writer.saveCallerDays(batch.map((day) => ({ ...day })))
      } catch (error) {
        for (const day of batch) this.unsaved.add(day)
        console.error(`The counts of callers could not be saved: ${error instanceof Error ? error.message : 'unknown'}`)
        if (!this.closed) this.timer ??= setTimeout(() => void this.save(), SAVE_INTERVAL_MS * 10)
        return
      }
    }
  }
}

function nameOf({ callingAETitle, address }: RemoteParty): { aeTitle: string; address: string } {
  return { aeTitle: callingAETitle, address }
}
