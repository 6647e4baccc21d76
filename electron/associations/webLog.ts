import type { AssociationRow } from '#shared/contract/associations.ts'
import type { AssociationLog } from './associationLog.ts'
import type { Entry } from './entry.ts'
import {
  addToWebEntry,
  beginWebEntry,
  endWebEntry,
  refusedWebEntry,
  type WebExchange,
  type WebParty,
} from './webEntry.ts'

/** HTTP has no end of a conversation: a user who asks nothing for so long has ended his. */
const QUIET_MS = 10_000
/** The last bytes of an answer may be told after the call that asked for it. */
const CALLS_KEPT = 200
/** One conversation is not one row for ever, however long a viewer stays open. */
const LONGEST_MS = 10 * 60_000
const NOT_LET_IN = new Set([401, 403, 429])

interface Served {
  entry: Entry
  lastAt: number
  timer: NodeJS.Timeout
}

/** What goes over HTTP, in the log beside the associations: a row for each user who asks us, and for each call of ours. */
export class WebLog {
  private readonly log: Pick<AssociationLog, 'note' | 'noteRefusal'>
  private readonly served = new Map<string, Served>()
  private readonly calls = new Map<string, { party: WebParty; entry: Entry | undefined }>()

  constructor(log: Pick<AssociationLog, 'note' | 'noteRefusal'>) {
    this.log = log
  }

  /** One request to our server. Who is not let in is counted, as a refused association is. */
  answered(party: WebParty, exchange: WebExchange): void {
    const { name, address } = party
    if (NOT_LET_IN.has(exchange.status)) {
      const key = ['web', name, address, exchange.sentence].join('\n')
      this.log.noteRefusal(key, exchange.at, () => refusedWebEntry(party, exchange))
      return
    }
    const key = `${address}\n${name}`
    const known = this.served.get(key)
    if (known && exchange.at - known.entry.row.startedAt > LONGEST_MS) this.quiet(key)
    const one = this.served.get(key) ?? this.begin(key, party, exchange.at)
    addToWebEntry(one.entry, exchange)
    one.lastAt = Date.now()
    one.timer.refresh()
    this.log.note(one.entry)
  }

  /** A call of ours begins; it is in the log as soon as it has asked something: what a cache answers is not. */
  calling(callId: string, party: WebParty): void {
    this.calls.set(callId, { party, entry: undefined })
    const [oldest] = this.calls.keys()
    if (this.calls.size > CALLS_KEPT && oldest !== undefined) this.calls.delete(oldest)
  }

  asked(callId: string, exchange: WebExchange): void {
    const call = this.calls.get(callId)
    if (!call) return
    call.entry ??= beginWebEntry(call.party, exchange.at)
    addToWebEntry(call.entry, exchange)
    this.log.note(call.entry)
  }

  called(callId: string, state: AssociationRow['state'], sentence: string): void {
    const entry = this.calls.get(callId)?.entry
    if (!entry) return
    // Nothing at all was answered: it never became a conversation.
    const isNothing = state === 'lost' && entry.row.succeeded === 0
    endWebEntry(entry, Date.now(), isNothing ? 'failed' : state, sentence)
    this.log.note(entry)
  }

  close(): void {
    for (const key of [...this.served.keys()]) this.quiet(key)
    for (const { entry } of this.calls.values())
      if (entry?.row.state === 'open') {
        endWebEntry(entry, Date.now(), 'interrupted', '')
        this.log.note(entry)
      }
    this.calls.clear()
  }

  private begin(key: string, party: WebParty, at: number): Served {
    const timer = setTimeout(() => this.quiet(key), QUIET_MS).unref()
    const one = { entry: beginWebEntry(party, at), lastAt: at, timer }
    this.served.set(key, one)
    return one
  }

  private quiet(key: string): void {
    const one = this.served.get(key)
    if (!one) return
    this.served.delete(key)
    clearTimeout(one.timer)
    endWebEntry(one.entry, Math.max(one.lastAt, one.entry.row.startedAt), 'released', '')
    this.log.note(one.entry)
  }
}
