import type { ArchiveReaderApi, ArchiveWriterApi } from '#electron/archive/archiveApi.ts'
import type { Arrival, NewFiring } from '#electron/archive/routingApi.ts'
import type { Clock } from '#electron/jobs/clock.ts'
import type { ServerList } from '#electron/servers/serverList.ts'
import type { Remote } from '#electron/threads/remote.ts'
import type { Transfers } from '#electron/transfers/openTransfers.ts'
import { titleOfStudies } from '#electron/transfers/title.ts'
import { chooseInstances } from './chooseInstances.ts'
import type { Rule, RuleStore } from './ruleStore.ts'

export interface RouterOptions {
  clock: Clock
  store: RuleStore
  reader: Pick<Remote<ArchiveReaderApi>, 'arrivals' | 'arrived' | 'newestInstanceId' | 'getStudies'>
  writer: Pick<Remote<ArchiveWriterApi>, 'startRule' | 'saveFirings'>
  servers: Pick<ServerList, 'rows'>
  transfers: Pick<Transfers, 'send' | 'onChange'>
}

/** A device that opens an association for each image has stopped sending when nothing came for so long. */
const RECEIVED_QUIET_MS = 5000
/** After news; many images come at once. */
const SOON_MS = 1000
/** So many images later the beginning is moved up. */
const FORGET_AFTER = 1000

/** Looks at what devices sent, and makes sends of it as the rules say. What it has looked at is on disk. */
export class Router {
  private readonly options: RouterOptions
  private cancelTimer: (() => void) | undefined
  private timerDueAt = Number.POSITIVE_INFINITY
  private looking: Promise<void> = Promise.resolve()
  private isClosed = false
  private readonly lookedThrough = new Map<number, number>()
  private readonly stop: () => void

  constructor(options: RouterOptions) {
    this.options = options
    this.stop = options.transfers.onChange(() => this.lookIn(SOON_MS))
    this.lookIn(0)
  }

  /** Nothing that is here already is sent. */
  async start(ruleId: number): Promise<void> {
    const { reader, writer } = this.options
    await writer.startRule(ruleId, await reader.newestInstanceId())
  }

  close(): void {
    this.isClosed = true
    this.stop()
    this.cancelTimer?.()
  }

  private lookIn(delayMs: number): void {
    const { clock, store } = this.options
    const dueAt = clock.now() + delayMs
    if (this.isClosed || dueAt >= this.timerDueAt || !store.rows().some(({ isOn }) => isOn)) return
    this.cancelTimer?.()
    this.timerDueAt = dueAt
    this.cancelTimer = clock.after(delayMs, () => {
      this.timerDueAt = Number.POSITIVE_INFINITY
      this.looking = this.looking
        .then(() => this.look())
        .catch((error: Error) => {
          console.error(`What arrived could not be looked at by the rules: ${error.message}`)
          this.lookIn(60_000)
        })
    })
  }

  private async look(): Promise<void> {
    const { clock, store, reader } = this.options
    for (const rule of store.rows().filter(({ isOn }) => isOn)) {
      const quietMs = rule.when === 'received' ? RECEIVED_QUIET_MS : rule.quietMinutes * 60_000
      // Before the arrivals: what comes between the two questions is above it.
      const newestId = await reader.newestInstanceId()
      const arrivals = await reader.arrivals(rule.ruleId)
      if (arrivals === undefined) {
        await this.start(rule.ruleId)
        continue
      }
      if (arrivals.length === 0) await this.forgetBelow(rule.ruleId, newestId)
      for (const arrival of arrivals) {
        const leftMs = arrival.lastReceivedAt + quietMs - clock.now()
        if (leftMs > 0) this.lookIn(leftMs)
        else if (!this.isClosed) await this.fire(rule, arrival)
      }
    }
  }

  /** Nothing is left to look at: the next question need not begin at the day on which the rule was switched on. */
  private async forgetBelow(ruleId: number, newestId: number): Promise<void> {
    if (newestId - (this.lookedThrough.get(ruleId) ?? 0) < FORGET_AFTER) return
    await this.options.writer.startRule(ruleId, newestId)
    this.lookedThrough.set(ruleId, newestId)
  }

  private async fire(rule: Rule, { studyId, newestInstanceId, throughInstanceId }: Arrival): Promise<void> {
    const { clock, store, reader, writer, servers, transfers } = this.options
    const arrived = await reader.arrived({ studyId, afterId: throughInstanceId, throughId: newestInstanceId })
    const title = await titleOfStudies(reader, [studyId])
    const firings: NewFiring[] = []
    for (const serverId of rule.serverIds) {
      const base = { ruleId: rule.ruleId, ruleName: rule.name, at: clock.now(), title, transferId: '', images: 0 }
      const server = servers.rows().find((row) => row.serverId === serverId)
      if (!server) {
        firings.push({
          ...base,
          serverName: '',
          note: 'This server is no longer in the list. Choose another one in the rule.',
        })
        continue
      }
      const { name: serverName } = server
      const { chosen, fromThere } = chooseInstances(arrived, rule.conditions, server)
      if (chosen.length > 0) {
        const selection = { instanceIds: chosen.map(({ instanceId }) => instanceId) }
        const order = { serverIds: [serverId], selection, priority: rule.priority, ruleName: rule.name }
        const [transferId = ''] = await transfers.send(order)
        firings.push({ ...base, serverName, images: chosen.length, transferId, note: '' })
      } else if (fromThere > 0)
        firings.push({ ...base, serverName, note: `Not sent: the images came from ${serverName} itself.` })
    }
    await writer.saveFirings(rule.ruleId, studyId, newestInstanceId, firings)
    if (firings.length > 0) store.tell()
  }
}
