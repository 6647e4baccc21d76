import type { NodeEvent, RemoteParty } from '#electron/dicom/nodeApi.ts'
import { refusalSentence } from './refusalSentence.ts'
import type { EndState, Transfer } from './transfer.ts'
import type { TransferLog } from './transferLog.ts'

type EventOf<Kind extends NodeEvent['kind']> = Extract<NodeEvent, { kind: Kind }>

interface Association {
  party: RemoteParty
  /** Made with the first image: an echo leaves no row. */
  transfer: Transfer | undefined
  setAside: number
}

export interface ReceiveOptions {
  log: TransferLog
  /** A retrieve of ours that caused this store takes it; then it is no transfer of its own. */
  claim(event: EventOf<'instanceReceived'>, party: RemoteParty): boolean
  titleOf(studyIds: number[]): Promise<string>
  /** Our own, as it is now. */
  aeTitle(): string
  /** A person wants no more of it. */
  abort(associationId: string): void
}

const REFUSALS_KEPT = 100
const SAME_REFUSAL_MS = 10 * 60_000

/** Turns what the listener does into transfers: one for each association that brings images, one for each refusal. */
export class Receive {
  private readonly associations = new Map<string, Association>()
  private readonly refusals = new Map<string, { transfer: Transfer; at: number; count: number }>()
  private readonly options: ReceiveOptions
  /** SOP Instance UIDs that come for a test of a connection. */
  private readonly taken = new Set<string>()

  constructor(options: ReceiveOptions) {
    this.options = options
  }

  take(sopInstanceUID: string): () => void {
    this.taken.add(sopInstanceUID)
    return () => void this.taken.delete(sopInstanceUID)
  }

  handle(event: NodeEvent): void {
    if (event.kind === 'associationAccepted')
      this.associations.set(event.associationId, { party: event.party, transfer: undefined, setAside: 0 })
    else if (event.kind === 'associationRejected') this.refused(event)
    else if (event.kind === 'instanceReceived') this.received(event)
    else if (event.kind === 'associationEnded') this.ended(event)
  }

  /** The DICOM thread died: whatever was open is gone. */
  lostAll(): void {
    for (const [associationId] of this.associations)
      this.ended({ kind: 'associationEnded', associationId, at: Date.now(), how: 'lost', note: undefined })
  }

  /** Where images come in now. */
  arriving(): { from: string; instances: number } | null {
    const open = [...this.associations.values()].filter(({ transfer }) => transfer)
    const [first] = open
    if (!first) return null
    const instances = open.reduce((sum, { transfer }) => sum + (transfer?.row().done ?? 0), 0)
    return { from: open.length === 1 ? first.party.callingAETitle : `${open.length} devices`, instances }
  }

  private received(event: EventOf<'instanceReceived'>): void {
    const association = this.associations.get(event.associationId)
    if (!association || this.taken.has(event.sopInstanceUID) || this.options.claim(event, association.party)) return
    const transfer = association.transfer ?? this.begin(event.associationId, association)
    transfer.item(itemOf(event), event.bytes)
    if (event.outcome === 'set-aside') association.setAside += 1
    if (event.studyId !== undefined && transfer.addStudy(event.studyId)) void this.name(transfer)
  }

  private begin(associationId: string, association: Association): Transfer {
    const { log, abort } = this.options
    const transfer = log.begin({ kind: 'receive', title: '', peer: peerOf(association.party), total: null })
    transfer.signal.addEventListener('abort', () => abort(associationId), { once: true })
    association.transfer = transfer
    return transfer
  }

  private async name(transfer: Transfer): Promise<void> {
    try {
      transfer.set({ title: await this.options.titleOf(transfer.row().studyIds) })
    } catch {
      // The reader is gone only when the program ends; the transfer then keeps the title that it has.
    }
  }

  private ended(event: EventOf<'associationEnded'>): void {
    const association = this.associations.get(event.associationId)
    this.associations.delete(event.associationId)
    const transfer = association?.transfer
    if (!association || !transfer) return
    const isStopped = transfer.signal.aborted && event.how !== 'released'
    const { state, message } = isStopped ? STOPPED : endOf(event, association.party.callingAETitle, transfer.row())
    const { party, setAside } = association
    const notes = [message, setAsideNote(setAside), wrongNameNote(party, this.options.aeTitle())]
    transfer.end(state, notes.filter(Boolean).join(' '))
  }

  /** The same knock within ten minutes counts up one row, so that a scanner that tries for ever does not fill the list. */
  private refused(event: EventOf<'associationRejected'>): void {
    const { party, at } = event
    const { log } = this.options
    const key = [party.callingAETitle, party.calledAETitle, party.address, event.source, event.reason].join('\n')
    const known = this.refusals.get(key)
    this.refusals.delete(key)
    if (known && at - known.at < SAME_REFUSAL_MS && log.get(known.transfer.id)) {
      const count = known.count + 1
      known.transfer.set({ message: `${refusalSentence(event)} It tried ${count} times.`, endedAt: at })
      this.refusals.set(key, { ...known, at, count })
      return
    }
    const transfer = log.begin({ kind: 'receive', title: '', peer: peerOf(party), total: null })
    transfer.end('refused', refusalSentence(event))
    this.refusals.set(key, { transfer, at, count: 1 })
    const [oldestKey, oldest] = [...this.refusals][0] ?? []
    if (this.refusals.size <= REFUSALS_KEPT || oldestKey === undefined || !oldest) return
    this.refusals.delete(oldestKey)
    // What cannot be removed now goes with the oldest of the history.
    void log.remove([oldest.transfer.id]).catch(() => {})
  }
}

const STOPPED = {
  state: 'cancelled',
  message: 'Stopped by you. What had arrived is kept; the device can send again.',
} as const

function itemOf(event: EventOf<'instanceReceived'>) {
  const { sopInstanceUID: key, status, outcome, note = '' } = event
  if (outcome === 'refused') return { key, state: 'failed' as const, status, note }
  if (note !== '') return { key, state: 'warning' as const, status, note }
  return { key, state: outcome === 'duplicate' ? ('duplicate' as const) : ('done' as const), status, note }
}

function endOf(
  event: Pick<EventOf<'associationEnded'>, 'how' | 'note'>,
  callingAETitle: string,
  { done, failed }: { done: number; failed: number },
): { state: EndState; message: string } {
  const images = (count: number) => `${count} ${count === 1 ? 'image' : 'images'}`
  if (event.how !== 'released') {
    const how = {
      aborted: `${callingAETitle} broke off`,
      lost: `The connection to ${callingAETitle} was cut`,
      'timed-out': `${callingAETitle} said nothing more`,
    }[event.how]
    const kept = done > 0 ? `after ${images(done)}. They are kept` : 'before an image was complete. Nothing was kept'
    return {
      state: done > 0 ? 'partial' : 'failed',
      message: `${how} ${kept}; the device can send again.${noteText(event)}`,
    }
  }
  if (failed === 0) return { state: 'done', message: '' }
  const refused = `${images(failed)} of ${callingAETitle} could not be taken; the list says why for each.`
  return { state: done > 0 ? 'partial' : 'failed', message: refused }
}

function noteText({ note }: { note: string | undefined }): string {
  return note ? ` (${note})` : ''
}

function setAsideNote(count: number): string {
  if (count === 0) return ''
  const [images, are] = count === 1 ? ['1 image', 'is'] : [`${count} images`, 'are']
  return `${images} ${are} not in the archive, since it has others under the same UIDs: the list says what became of each.`
}

/** Where any name is let in, a mistyped one works until somebody lets in known devices only. */
function wrongNameNote({ callingAETitle, calledAETitle }: RemoteParty, aeTitle: string): string {
  if (calledAETitle === aeTitle) return ''
  return `${callingAETitle} called us ${calledAETitle}; our AE title is ${aeTitle}. Correct it at the device.`
}

function peerOf({ callingAETitle, address }: RemoteParty): string {
  return `${callingAETitle} ${address}`
}
