import type { NodeEvent } from '#electron/dicom/nodeApi.ts'
import type { NodeListener } from '#electron/listening/nodeEvents.ts'
import { Changes } from '#electron/settings/changes.ts'

/** Somebody who was refused, however often. */
export interface RefusedCaller {
  knockId: string
  aeTitle: string
  address: string
  calledAETitle: string
  firstAt: number
  lastAt: number
  times: number
  offered: string[]
}

const CARDS_MAX = 100
/** One host that tries ever new names pushes out its own cards, not those of the others. */
const CARDS_OF_ADDRESS_MAX = 8
const OFFERED_MAX = 32
/** After this a caller that never came back is no news. */
const FRESH_MS = 7 * 24 * 60 * 60 * 1000

type Rejected = Extract<NodeEvent, { kind: 'associationRejected' }>

/** Who knocked and was refused for its name, its address, or the name by which it called us: one card each. */
export class Knocks implements NodeListener {
  private readonly changes = new Changes()
  /** By caller, the last one heard last. */
  private readonly cards = new Map<string, RefusedCaller>()

  handle(event: NodeEvent): void {
    if (event.kind === 'associationRejected' && isForItsName(event)) {
      const { callingAETitle: aeTitle, calledAETitle, address } = event.party
      const offered = event.proposal.contexts.map(({ abstractSyntax }) => abstractSyntax)
      this.heard({ aeTitle, address, calledAETitle, firstAt: event.at, lastAt: event.at, times: 1, offered })
    }
  }

  lostAll(): void {}

  /** Counts up the card of a caller, or makes one. */
  heard(knock: Omit<RefusedCaller, 'knockId'>): void {
    const knockId = `${knock.aeTitle}@${knock.address}`
    const known = this.cards.get(knockId)
    this.cards.delete(knockId)
    this.cards.set(knockId, {
      ...knock,
      knockId,
      firstAt: Math.min(known?.firstAt ?? knock.firstAt, knock.firstAt),
      times: (known?.times ?? 0) + knock.times,
      offered: [...new Set(knock.offered)].slice(0, OFFERED_MAX),
    })
    if (!known) this.makeRoom(knock.address)
    this.changes.tell()
  }

  /** The last one heard first. */
  all(now = Date.now()): RefusedCaller[] {
    return [...this.cards.values()].filter(({ lastAt }) => now - lastAt < FRESH_MS).toReversed()
  }

  get(knockId: string): RefusedCaller | undefined {
    return this.cards.get(knockId)
  }

  onChange(listener: () => void): () => void {
    return this.changes.onChange(listener)
  }

  private makeRoom(address: string): void {
    const own = [...this.cards.values()].filter((card) => card.address === address)
    const [oldest] = own.length > CARDS_OF_ADDRESS_MAX ? own : this.cards.size > CARDS_MAX ? this.cards.values() : []
    if (oldest) this.cards.delete(oldest.knockId)
  }
}

/** PS3.8 Table 9-21: calling or called AE title not recognized. What was refused for want of room is let in later. */
function isForItsName({ source, reason, party }: Rejected): boolean {
  return source === 1 && (reason === 3 || reason === 7) && party.callingAETitle !== ''
}
