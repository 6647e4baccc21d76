import type { Archive } from '#electron/archive/openArchive.ts'
import type { Commitment } from '#electron/commitment/openCommitment.ts'
import type { NodeApi } from '#electron/dicom/nodeApi.ts'
import { endpointOf } from '#electron/listening/endpointOf.ts'
import type { Listening } from '#electron/listening/listener.ts'
import type { NodeEvents } from '#electron/listening/nodeEvents.ts'
import type { CallerCertificates } from '#electron/servers/peer.ts'
import type { ServerList } from '#electron/servers/serverList.ts'
import type { SettingsStore } from '#electron/settings/settingsStore.ts'
import type { Remote } from '#electron/threads/remote.ts'
import { ApiError } from '#shared/contract/errors.ts'
import type { ServerRow } from '#shared/contract/servers.ts'
import type { Selection, TransferItem, TransferRow } from '#shared/contract/transfers.ts'
import { type SentItem, summaryOf, toBeCommitted, withCommitments } from './committed.ts'
import { ExtraPorts } from './extraPorts.ts'
import { type ImportAnswer, Imports, type NewImport } from './imports.ts'
import { ImportThread } from './importThread.ts'
import { locateWaiting } from './locateWaiting.ts'
import type { StudyToRetrieve } from './missingInstances.ts'
import { type Plan, readPlan, writePlan } from './plan.ts'
import { Queue } from './queue.ts'
import { Receive } from './receive.ts'
import { retrieve } from './retrieve.ts'
import { RetrieveRegistry } from './retrieveRegistry.ts'
import { send } from './send.ts'
import { patientTitle, titleOf, titleOfStudies } from './title.ts'
import type { Transfer } from './transfer.ts'
import { interruptedMessage, type TransferChange, TransferLog } from './transferLog.ts'

export interface TransfersOptions {
  archive: Pick<Archive, 'writer' | 'reader' | 'writerPort' | 'storageFolder' | 'onWriterRestart'>
  node: Remote<NodeApi>
  events: NodeEvents
  servers: ServerList
  settings: SettingsStore
  certificates: CallerCertificates
  commitment: Commitment
  listener: { state(): Listening }
}

interface StudyAtServer extends StudyToRetrieve {
  patientName: string
  instances: number | null
}

export interface Transfers {
  rows(): TransferRow[]
  row(transferId: string): TransferRow | undefined
  items(transferId: string): Promise<TransferItem[]>
  onChange(listener: (change: TransferChange) => void): () => void
  send(serverIds: number[], selection: Selection): Promise<string[]>
  retrieve(serverId: number, studies: StudyAtServer[]): string[]
  beginImport(input: NewImport): string
  importFile(transferId: string, name: string, body: ReadableStream<Uint8Array> | null): Promise<ImportAnswer>
  finishImport(transferId: string): void
  cancel(transferId: string): void
  retry(transferId: string): Promise<string>
  /** Storage commitment of what a send brought there. */
  askCommitment(transferId: string): Promise<void>
  clear(transferIds: string[]): Promise<void>
  /** Listens at the port that a server sends to (R013) until it is let go; rejects with a code of the operating system. */
  holdPort(port: number): Promise<() => void>
  /** Where images come in now. */
  arriving(): { from: string; instances: number } | null
  close(): Promise<void>
}

export async function openTransfers(options: TransfersOptions): Promise<Transfers> {
  const { archive, node, events, servers, settings, certificates, commitment, listener } = options
  const { reader } = archive
  const log = await TransferLog.load(archive)
  const registry = new RetrieveRegistry()
  const queue = new Queue<string>()
  const listening = () => {
    const state = listener.state()
    return state.state === 'listening' ? state.port : undefined
  }
  const ownPorts = () => {
    const state = listener.state()
    if (state.state !== 'listening') return { ports: [], tlsOnly: false }
    return { ports: [state.port, ...(state.tlsPort === null ? [] : [state.tlsPort])], tlsOnly: state.tlsOnly }
  }
  const ports = new ExtraPorts(node, () => endpointOf(settings.current()).host, ownPorts)
  const thread = new ImportThread(archive)
  const titleOfIds = (studyIds: number[]) => titleOfStudies(reader, studyIds)
  const imports = new Imports({ log, thread, titleOf: titleOfIds })
  const receive = new Receive({
    log,
    titleOf: titleOfIds,
    abort: (associationId) => void node.abortAssociation(associationId).catch(() => {}),
    claim: (event, party) => registry.claim(event, party, settings.current().aeTitle),
    aeTitle: () => settings.current().aeTitle,
  })
  const stops = [
    events.add(receive),
    // The import thread's port leads to the writer that died; it starts anew with the next file.
    archive.onWriterRestart(() => void thread.close()),
    commitment.onChange((transferId) => void noteCommitment(transferId).catch(() => {})),
  ]

  const noteCommitment = async (transferId: string) => {
    const summary = summaryOf(await commitment.of(transferId, log.get(transferId)?.peer ?? ''))
    if (summary) await log.annotate(transferId, { commitment: summary })
  }
  const runSend = (transfer: Transfer, serverId: number) =>
    queue.add(`send ${serverId}`, async () => {
      const server = servers.rows().find((row) => row.serverId === serverId)
      if (!server) return transfer.end('failed', serverGone(transfer))
      if (transfer.ended) return
      // Only now: while it waited, the archive may have been moved or images deleted.
      const instances = await locateWaiting(transfer, reader)
      if (instances.length === 0) return transfer.end(transfer.row().done > 0 ? 'partial' : 'failed', GONE)
      await send(transfer, { node, settings: settings.current(), certificates, server, instances })
      if (server.askCommitment) await askCommitment(transfer.id, server, instances)
    })
  /** Of what the server has; before the next transfer to it begins, since some take one association at a time. */
  const askCommitment = async (transferId: string, server: ServerRow, sent: readonly SentItem[]) => {
    const wanted = await toBeCommitted(commitment, transferId, server, await log.items(transferId), sent)
    if (wanted.length === 0) return
    const references = wanted.map(({ sopClassUID, sopInstanceUID }) => ({ sopClassUID, sopInstanceUID }))
    await commitment.ask(transferId, server, references)
  }
  const runRetrieve = (transfer: Transfer, serverId: number, study: StudyToRetrieve, onlyMissing: boolean) =>
    queue.add(`retrieve ${serverId}`, async () => {
      const server = servers.rows().find((row) => row.serverId === serverId)
      if (!server) return transfer.end('failed', serverGone(transfer))
      const parts = { node, reader, registry, ports, listening, settings: settings.current(), certificates }
      await retrieve(transfer, { ...parts, server, study, onlyMissing })
    })

  const again = async (transfer: Transfer, plan: Plan): Promise<void> => {
    const undone = [...transfer.items.values()].filter(({ state }) => state === 'failed' || state === 'waiting')
    for (const { key } of undone) transfer.item({ key, state: 'waiting', status: null, note: '' })
    if (plan.kind === 'retrieve') return void runRetrieve(transfer, plan.serverId, plan, true)
    void runSend(transfer, plan.serverId)
  }

  return {
    rows: () => log.list(),
    row: (transferId) => log.running(transferId)?.row() ?? log.get(transferId),
    async items(transferId) {
      const commitments = await commitment.of(transferId, log.get(transferId)?.peer ?? '')
      return withCommitments(await log.items(transferId), commitments)
    },
    onChange: (changed) => log.onChange(changed),
    async send(serverIds, selection) {
      const targets = [...new Set(serverIds)].map((serverId) => servers.get(serverId))
      const instances = await reader.locate(given(selection))
      if (instances.length === 0) throw new ApiError('not-found', GONE)
      const studyIds = [...new Set(instances.map(({ studyId }) => studyId))]
      const title = titleOf(await reader.getStudies(studyIds))
      return targets.map(({ serverId, name }) => {
        const items = instances.map(({ sopInstanceUID: key }) => ({ key, ...WAITING }))
        const plan = writePlan({ kind: 'send', serverId })
        const total = instances.length
        const transfer = log.begin({ kind: 'send', state: 'waiting', peer: name, title, total, studyIds, plan, items })
        void runSend(transfer, serverId)
        return transfer.id
      })
    },
    retrieve(serverId, studies) {
      const { name } = servers.get(serverId)
      return studies.map(({ patientName, instances, studyInstanceUID, seriesInstanceUIDs }) => {
        const study = { studyInstanceUID, ...(seriesInstanceUIDs ? { seriesInstanceUIDs } : {}) }
        const transfer = log.begin({
          ...{ kind: 'retrieve', state: 'waiting', peer: name, title: patientTitle({ patientName }) },
          total: seriesInstanceUIDs ? null : instances,
          plan: writePlan({ kind: 'retrieve', serverId, ...study }),
        })
        void runRetrieve(transfer, serverId, study, false)
        return transfer.id
      })
    },
    beginImport: (input) => imports.begin(input),
    importFile: (transferId, name, body) => imports.file(transferId, name, body),
    finishImport: (transferId) => imports.finish(transferId),
    cancel(transferId) {
      const transfer = log.running(transferId)
      if (!transfer) {
        if (log.get(transferId)) return
        throw new ApiError('not-found', 'This transfer is no longer in the list.')
      }
      transfer.abort.abort()
      if (transfer.row().state === 'waiting') transfer.end('cancelled', 'Stopped by you before it began.')
    },
    async retry(transferId) {
      const row = log.get(transferId)
      if (!row) throw new ApiError('not-found', 'This transfer is no longer in the list.')
      const plan = row.canRetry ? readPlan(row.plan) : undefined
      const transfer = plan ? await log.reopen(transferId) : undefined
      if (!plan || !transfer) throw new ApiError('invalid-input', 'There is nothing to do again in this transfer.')
      await again(transfer, plan)
      return transferId
    },
    async askCommitment(transferId) {
      const row = log.get(transferId)
      const plan = row && readPlan(row.plan)
      if (plan?.kind !== 'send' || log.running(transferId))
        throw new ApiError('invalid-input', 'Only what was sent can be answered for, and only once the send has ended.')
      const server = servers.get(plan.serverId)
      const holds = await reader.holds((await log.items(transferId)).map(({ key }) => key))
      const sent = await reader.locate({ instanceIds: Object.values(holds) })
      void queue.add(`send ${plan.serverId}`, () => askCommitment(transferId, server, sent))
    },
    clear: (transferIds) => log.remove(transferIds),
    holdPort: (port) => ports.hold(port),
    arriving: () => receive.arriving(),
    async close() {
      for (const stop of stops) stop()
      for (const transfer of log.allRunning()) {
        transfer.end(transfer.row().done > 0 ? 'partial' : 'failed', interruptedMessage(transfer.row()))
        transfer.abort.abort()
      }
      await imports.close()
      await log.save()
    },
  }
}

const GONE = 'These images are no longer on this workstation. Nothing was sent.'
const WAITING = { state: 'waiting', status: null, note: '' } as const

function serverGone(transfer: Transfer): string {
  return `${transfer.row().peer} is no longer in the list of servers.`
}

/** Without the keys that are undefined. */
function given(selection: Selection) {
  const { studyIds, seriesIds, instanceIds } = selection
  return { ...(studyIds && { studyIds }), ...(seriesIds && { seriesIds }), ...(instanceIds && { instanceIds }) }
}
