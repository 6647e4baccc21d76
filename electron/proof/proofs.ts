import type { ArchiveReaderApi, KeptTransfer } from '#electron/archive/archiveApi.ts'
import type { NodeApi, Peer } from '#electron/dicom/nodeApi.ts'
import type { Clock } from '#electron/jobs/clock.ts'
import { verdictOfError } from '#electron/jobs/verdict.ts'
import { callContext } from '#electron/servers/callContext.ts'
import { failureOf } from '#electron/servers/failureSentence.ts'
import type { Remote } from '#electron/threads/remote.ts'
import type { ItemCommitment, ProofSummary, TransferItem } from '#shared/contract/transfers.ts'
import { findThere } from './findThere.ts'
import { patientThere } from './patientThere.ts'
import {
  committedInPart,
  GONE_HERE,
  LIST_GONE,
  missingNote,
  NOT_ASKABLE,
  NOT_COUNTED,
  NOT_LISTED,
  provedBy,
} from './proofWords.ts'

/** What a proof may change of a transfer that has ended. */
export interface ProofLog {
  find(transferId: string): Promise<KeptTransfer | undefined>
  items(transferId: string): Promise<TransferItem[]>
  amend(
    transferId: string,
    patch: Partial<Pick<KeptTransfer, 'proof' | 'state' | 'message' | 'canRetry'>>,
    items?: TransferItem[],
  ): Promise<void>
}

export interface Destination {
  peer: Peer
  canBeAsked: boolean
  commits: boolean
}

/** What one look brought. */
interface Found {
  stored: TransferItem[]
  there: Set<string>
  attempts: number
  /** Whose the study is there, where that is somebody else; else ''. */
  differs: string
}

export interface ProofsOptions {
  clock: Clock
  node: Pick<Remote<NodeApi>, 'find'>
  reader: Pick<Remote<ArchiveReaderApi>, 'holds' | 'locate' | 'getStudies'>
  log: ProofLog
  /** Undefined once the server is no longer in the list. */
  destination(row: KeptTransfer): Destination | undefined
  /** Runs between the jobs to the same destination: some take one association at a time. */
  errand(row: KeptTransfer, act: () => Promise<void>): void
}

/** Some index what they take only after a while. When the last time has passed, what is missing is missing. */
const CHECKS_AFTER_MS = [2000, 10_000, 60_000, 300_000]

/**
 * Whether a destination has what it said to have stored: asked after each send, image by image, with C-FIND, unless it
 * commits to them by itself (PS3.4 J). Only then is a send called proved.
 */
export class Proofs {
  private readonly options: ProofsOptions
  private readonly closing = new AbortController()
  private readonly timers = new Map<string, () => void>()
  /** Checks in a row that broke inside this workstation, as where a thread was starting anew. */
  private readonly faults = new Map<string, number>()

  constructor(options: ProofsOptions) {
    this.options = options
  }

  /** At once, while the destination is ours alone. */
  async begin(row: KeptTransfer): Promise<void> {
    const destination = this.options.destination(row)
    if (!destination || row.done === 0) return
    if (destination.canBeAsked) return this.check(row)
    if (destination.commits) return
    const proof = this.proofOf(row, { state: 'unknown', by: 'find', note: NOT_ASKABLE(destination.peer.name) })
    await this.options.log.amend(row.transferId, { proof })
  }

  /** A restart does not end the asking. */
  resume(row: KeptTransfer): void {
    if (row.proof?.state === 'counting') this.later(row, row.proof.nextCheckAt ?? 0)
  }

  /** On a person's word, from the first check on. */
  again(row: KeptTransfer): void {
    this.options.errand(row, () => this.check(row, true))
  }

  /** It answers for each image by itself; that is more than being counted. */
  async committed(row: KeptTransfer, answers: ReadonlyMap<string, ItemCommitment>): Promise<void> {
    if (row.kind !== 'send' || row.endedAt === null || row.done === 0) return
    const ofState = (state: ItemCommitment['state']) => [...answers].filter(([, answer]) => answer.state === state)
    const counted = ofState('committed').length
    const refused = new Set(ofState('refused').map(([key]) => key))
    const known = { by: 'commitment' as const, counted }
    if (counted >= row.done && refused.size === 0) {
      this.forget(row.transferId)
      return await this.options.log.amend(row.transferId, { proof: this.proofOf(row, { state: 'proved', ...known }) })
    }
    if (refused.size === 0 || ofState('asked').length > 0) return
    this.forget(row.transferId)
    const items = (await this.options.log.items(row.transferId)).filter(({ key }) => refused.has(key))
    await this.options.log.amend(
      row.transferId,
      {
        proof: this.proofOf(row, { state: 'missing', ...known }),
        ...{ state: 'partial', canRetry: true, message: committedInPart(row.peer, counted, refused.size) },
      },
      items.map((item) => ({ ...item, state: 'failed', proof: 'missing' })),
    )
  }

  close(): void {
    this.closing.abort()
    for (const transferId of [...this.timers.keys()]) this.forget(transferId)
  }

  /** A fault of ours ends no asking: it is asked again as if the destination had been silent. */
  private async check(row: KeptTransfer, isAnew = false): Promise<void> {
    const { transferId } = row
    try {
      await this.count(transferId, isAnew)
      this.faults.delete(transferId)
    } catch (error) {
      if (this.closing.signal.aborted) return
      console.error(`A send could not be counted: ${error instanceof Error ? error.message : 'unknown'}`)
      const faults = this.faults.get(transferId) ?? 0
      const wait = CHECKS_AFTER_MS[faults]
      this.faults.set(transferId, faults + 1)
      if (wait !== undefined) return this.later(row, this.options.clock.now() + wait)
      this.faults.delete(transferId)
      await this.unknown(row, row.proof?.attempts ?? 1, NOT_COUNTED)
    }
  }

  private async count(transferId: string, isAnew: boolean): Promise<void> {
    const { node, reader, log } = this.options
    const row = await log.find(transferId)
    if (!row || row.endedAt === null) return
    const attempts = isAnew ? 1 : (row.proof?.attempts ?? 0) + 1
    const destination = this.options.destination(row)
    if (!destination) return await this.unknown(row, attempts, NOT_LISTED(row.peer))
    const { peer } = destination
    const items = await log.items(transferId)
    // What was found missing once is looked for again, too.
    const stored = items.filter(({ state, proof }) => isStored(state) || proof === 'missing')
    // Of an old send only the counts are kept: nothing that is not looked for is proved.
    if (stored.length === 0 || stored.length < row.done) return await this.unknown(row, attempts, LIST_GONE)
    const here = await reader.holds(stored.map(({ key }) => key))
    const located = await reader.locate({ instanceIds: Object.values(here) })
    if (located.length < stored.length) return await this.unknown(row, attempts, GONE_HERE)
    const studies = await reader.getStudies([...new Set(located.map(({ studyId }) => studyId))])
    let there: Set<string>
    try {
      there = await findThere(node, peer, located, this.closing.signal)
    } catch (error) {
      if (this.closing.signal.aborted) return
      const { sentence } = failureOf(error, await callContext(peer))
      if (verdictOfError(error) === 'final') return await this.unknown(row, attempts, sentence)
      return await this.notAnswered(row, attempts, sentence)
    }
    // Who does not say whose it is has said enough of the images.
    const differs = there.size === 0 ? '' : await patientThere(node, peer, studies, this.closing.signal).catch(() => '')
    if (!this.closing.signal.aborted) await this.found(row, destination, { stored, there, attempts, differs })
  }

  private async found(
    row: KeptTransfer,
    { peer }: Destination,
    { stored, there, attempts, differs }: Found,
  ): Promise<void> {
    const { log } = this.options
    const counted = stored.filter(({ key }) => there.has(key)).length
    const found = { counted, attempts, by: 'find' as const, differs }
    if (counted === stored.length) {
      const wasMissing = stored.some(({ proof }) => proof === 'missing')
      const items = stored.map((item): TransferItem => {
        const back = item.proof === 'missing' ? { state: 'done' as const, note: '' } : {}
        return { ...item, ...back, proof: 'there' }
      })
      const isWhole = row.total === null || items.length >= row.total
      const healed = wasMissing && isWhole ? { state: 'done' as const, message: '', canRetry: false } : {}
      return await log.amend(
        row.transferId,
        { ...healed, proof: this.proofOf(row, { state: 'proved', ...found }) },
        items,
      )
    }
    const wait = CHECKS_AFTER_MS[attempts - 1]
    if (wait !== undefined) {
      const nextCheckAt = this.options.clock.now() + wait
      this.later(row, nextCheckAt)
      return await log.amend(row.transferId, { proof: this.proofOf(row, { state: 'counting', nextCheckAt, ...found }) })
    }
    const items = stored.map((item): TransferItem => {
      if (there.has(item.key)) return { ...item, proof: 'there' }
      return { ...item, state: 'failed', note: missingNote(peer.name), proof: 'missing' }
    })
    await log.amend(
      row.transferId,
      {
        proof: this.proofOf(row, { state: 'missing', ...found }),
        ...{ state: 'partial', canRetry: true },
        message: provedBy(peer.name, stored.length, counted),
      },
      items,
    )
  }

  /** Silence is no answer: asked again, and in the end nothing is said. */
  private async notAnswered(row: KeptTransfer, attempts: number, why: string): Promise<void> {
    const wait = CHECKS_AFTER_MS[attempts - 1]
    if (wait === undefined) return this.unknown(row, attempts, why)
    const nextCheckAt = this.options.clock.now() + wait
    const counted = row.proof?.counted ?? 0
    const proof = this.proofOf(row, { state: 'counting', by: 'find', counted, attempts, nextCheckAt, note: why })
    this.later(row, nextCheckAt)
    await this.options.log.amend(row.transferId, { proof })
  }

  private async unknown(row: KeptTransfer, attempts: number, note: string): Promise<void> {
    const proof = this.proofOf(row, { state: 'unknown', by: 'find', attempts, note })
    await this.options.log.amend(row.transferId, { proof })
  }

  private later(row: KeptTransfer, at: number): void {
    const { clock, errand } = this.options
    this.forget(row.transferId)
    const cancel = clock.after(Math.max(0, at - clock.now()), () => {
      this.timers.delete(row.transferId)
      errand(row, () => this.check(row))
    })
    this.timers.set(row.transferId, cancel)
  }

  private forget(transferId: string): void {
    this.timers.get(transferId)?.()
    this.timers.delete(transferId)
  }

  private proofOf(row: KeptTransfer, known: Pick<ProofSummary, 'state' | 'by'> & Partial<ProofSummary>): ProofSummary {
    const {
      counted = row.proof?.counted ?? 0,
      attempts = row.proof?.attempts ?? 0,
      nextCheckAt = null,
      note = '',
      differs = '',
    } = known
    return { ...known, counted, attempts, nextCheckAt, note, differs, checkedAt: this.options.clock.now() }
  }
}

function isStored(state: TransferItem['state']): boolean {
  return state === 'done' || state === 'duplicate' || state === 'warning'
}
