import type { ArchiveReaderApi, ArchiveWriterApi } from '#electron/archive/archiveApi.ts'
import type { ArrivedInstance } from '#electron/archive/routingApi.ts'
import type { Clock } from '#electron/jobs/clock.ts'
import type { Remote } from '#electron/threads/remote.ts'
import type { Transfers } from '#electron/transfers/openTransfers.ts'
import { titleOfStudies } from '#electron/transfers/title.ts'
import type { Occasion } from './acts/act.ts'
import { dueAt } from './dueAt.ts'
import type { Perform } from './perform.ts'
import type { Rule, RuleStore } from './ruleStore.ts'

export interface RouterOptions {
  clock: Clock
  store: RuleStore
  reader: Pick<
    Remote<ArchiveReaderApi>,
    'arrivals' | 'arrived' | 'newestInstanceId' | 'getStudies' | 'newestOrderId' | 'ordersAfter' | 'sampleOf'
  >
  writer: Pick<Remote<ArchiveWriterApi>, 'startRule' | 'saveFirings'>
  transfers: Pick<Transfers, 'onChange'>
  onWorklist(listener: () => void): () => void
  perform: Perform
}

/** After news; many images come at once. */
const SOON_MS = 1000
/** What waits for a server, or for proof, is looked at again. */
const AGAIN_MS = 60_000
/** So many images later the beginning is moved up. */
const FORGET_AFTER = 1000
/** In place of a study: up to which request a rule has looked. */
const REQUESTS = -1
/** A study that is opened again within this time is the same occasion. */
const SAME_OPENING_MS = 12 * 3_600_000
const OPENINGS_KEPT = 1000

/** Looks at what devices sent, what was requested and opened, and does what the rules say. What it has looked at is on disk. */
export class Router {
  private readonly options: RouterOptions
  private cancelTimer: (() => void) | undefined
  private timerDueAt = Number.POSITIVE_INFINITY
  private looking: Promise<void> = Promise.resolve()
  private isClosed = false
  private readonly lookedThrough = new Map<number, number>()
  private readonly openings = new Map<string, number>()
  private readonly stops: (() => void)[]

  constructor(options: RouterOptions) {
    this.options = options
    const soon = () => this.lookIn(SOON_MS)
    this.stops = [options.transfers.onChange(soon), options.onWorklist(soon)]
    this.lookIn(0)
  }

  /** Nothing that is here already is sent. */
  async start(ruleId: number): Promise<void> {
    const { reader, writer } = this.options
    const orderId = await reader.newestOrderId()
    await writer.startRule(ruleId, await reader.newestInstanceId())
    await writer.saveFirings(ruleId, REQUESTS, orderId, [])
  }

  /** A person has opened a study. */
  opened(studyId: number): void {
    const rules = this.options.store.rows().filter(({ isOn, when }) => isOn && when === 'opened')
    if (rules.length > 0) this.afterThat(() => this.lookAtOpened(rules, studyId))
  }

  close(): void {
    this.isClosed = true
    for (const stop of this.stops) stop()
    this.cancelTimer?.()
  }

  private lookIn(delayMs: number): void {
    const { clock, store } = this.options
    const at = clock.now() + delayMs
    if (this.isClosed || at >= this.timerDueAt || !store.rows().some(({ isOn }) => isOn)) return
    this.cancelTimer?.()
    this.timerDueAt = at
    this.cancelTimer = clock.after(delayMs, () => {
      this.timerDueAt = Number.POSITIVE_INFINITY
      this.afterThat(() => this.look())
    })
  }

  private afterThat(act: () => Promise<void>): void {
    this.looking = this.looking.then(act).catch((error: Error) => {
      console.error(`What arrived could not be looked at by the rules: ${error.message}`)
      this.lookIn(AGAIN_MS)
    })
  }

  private async look(): Promise<void> {
    for (const rule of this.options.store.rows().filter(({ isOn }) => isOn)) {
      if (this.isClosed) return
      if (rule.when === 'ordered') await this.lookAtRequests(rule)
      else if (rule.when !== 'opened') await this.lookAtArrivals(rule)
    }
  }

  private async lookAtArrivals(rule: Rule): Promise<void> {
    const { clock, reader } = this.options
    // Before the arrivals: what comes between the two questions is above it.
    const newestId = await reader.newestInstanceId()
    const arrivals = await reader.arrivals(rule.ruleId)
    if (arrivals === undefined) return this.start(rule.ruleId)
    if (arrivals.length === 0) await this.forgetBelow(rule.ruleId, newestId)
    for (const { studyId, newestInstanceId, lastReceivedAt, throughInstanceId } of arrivals) {
      const leftMs = dueAt(rule, lastReceivedAt) - clock.now()
      if (leftMs > 0) {
        this.lookIn(leftMs)
        continue
      }
      if (this.isClosed) return
      const instances = await reader.arrived({ studyId, afterId: throughInstanceId, throughId: newestInstanceId })
      await this.act({ rule, studyId, title: await this.titleOf(studyId), instances }, studyId, newestInstanceId)
    }
  }

  private async lookAtRequests(rule: Rule): Promise<void> {
    const orders = await this.options.reader.ordersAfter(rule.ruleId)
    if (orders === undefined) return this.start(rule.ruleId)
    for (const { orderId, title, attributes } of orders) {
      if (this.isClosed) return
      const instances: ArrivedInstance[] = [{ instanceId: 0, callingAETitle: '', address: '', attributes }]
      if (!(await this.act({ rule, studyId: 0, title, instances }, REQUESTS, orderId))) return
    }
  }

  private async lookAtOpened(rules: readonly Rule[], studyId: number): Promise<void> {
    const now = this.options.clock.now()
    for (const rule of rules) {
      const key = `${rule.ruleId} ${studyId}`
      if (now - (this.openings.get(key) ?? Number.NEGATIVE_INFINITY) < SAME_OPENING_MS) continue
      this.openings.delete(key)
      this.openings.set(key, now)
      const [oldest] = this.openings.keys()
      if (this.openings.size > OPENINGS_KEPT && oldest !== undefined) this.openings.delete(oldest)
      const instances = await this.options.reader.sampleOf(studyId)
      const occasion = { rule, studyId, title: await this.titleOf(studyId), instances }
      // A server that does not answer now is asked when the study is opened again.
      const isDone = await this.act(occasion, studyId, 0).catch((error: unknown) => {
        this.openings.delete(key)
        throw error
      })
      if (!isDone) this.openings.delete(key)
    }
  }

  /** False where it is looked at again. */
  private async act(occasion: Occasion, subject: number, through: number): Promise<boolean> {
    const { clock, store, writer, perform } = this.options
    const { rule, title } = occasion
    const acted = await perform(occasion)
    if (acted === 'not-yet') {
      this.lookIn(AGAIN_MS)
      return false
    }
    const about = { ruleId: rule.ruleId, ruleName: rule.name, at: clock.now(), title }
    const firings = acted.map((one) => ({ ...about, ...one }))
    await writer.saveFirings(rule.ruleId, subject, through, firings)
    if (firings.length > 0) store.tell()
    return true
  }

  private titleOf(studyId: number): Promise<string> {
    return titleOfStudies(this.options.reader, [studyId])
  }

  /** Nothing is left to look at: the next question need not begin at the day on which the rule was switched on. */
  private async forgetBelow(ruleId: number, newestId: number): Promise<void> {
    if (newestId - (this.lookedThrough.get(ruleId) ?? 0) < FORGET_AFTER) return
    await this.options.writer.startRule(ruleId, newestId)
    this.lookedThrough.set(ruleId, newestId)
  }
}
