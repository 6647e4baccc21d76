import { hasRoom } from '#electron/archive/hasRoom.ts'
import type { Archive } from '#electron/archive/openArchive.ts'
import { isConnected } from '#electron/archive/volumeMarker.ts'
import type { Commitment } from '#electron/commitment/openCommitment.ts'
import type { NodeApi, NodeEvent } from '#electron/dicom/nodeApi.ts'
import type { Calls } from '#electron/dicomweb/routeCalls.ts'
import { type Clock, systemClock } from '#electron/jobs/clock.ts'
import { endpointOf } from '#electron/listening/endpointOf.ts'
import type { Listening } from '#electron/listening/listener.ts'
import type { NodeEvents } from '#electron/listening/nodeEvents.ts'
import { isUnasked } from '#electron/proof/isUnasked.ts'
import { Proofs } from '#electron/proof/proofs.ts'
import { checkSend } from '#electron/sendCheck/checkSend.ts'
import type { CallerCertificates } from '#electron/servers/peer.ts'
import type { ServerList } from '#electron/servers/serverList.ts'
import { queryPeerOf } from '#electron/servers/webPeer.ts'
import type { SettingsStore } from '#electron/settings/settingsStore.ts'
import type { Remote } from '#electron/threads/remote.ts'
import { ApiError } from '#shared/contract/errors.ts'
import type {
  Priority,
  Selection,
  SendCheck,
  TransferItem,
  TransferPage,
  TransferRow,
} from '#shared/contract/transfers.ts'
import { summaryOf, withCommitments } from './committed.ts'
import { ExtraPorts } from './extraPorts.ts'
import { FolderFiles } from './folderFiles.ts'
import { type ImportAnswer, Imports, type NewImport } from './imports.ts'
import { ImportThread } from './importThread.ts'
import { Jobs } from './jobs.ts'
import type { StudyToRetrieve } from './missingInstances.ts'
import { laneOf, type Plan, readPlan, writePlan } from './plan.ts'
import { pruneDaily } from './pruneDaily.ts'
import { Receive } from './receive.ts'
import { RetrieveRegistry } from './retrieveRegistry.ts'
import { runs } from './runs.ts'
import { nameUnnamed, patientTitle, titleOf, titleOfStudies, UNNAMED } from './title.ts'
import type { Transfer } from './transfer.ts'
import { interruptedMessage, type TransferChange, TransferLog } from './transferLog.ts'
import { wakeOnChange } from './wakeOnChange.ts'
import { whenListening } from './whenListening.ts'

export interface TransfersOptions {
  archive: Pick<Archive, 'writer' | 'reader' | 'writerPort' | 'storageFolder' | 'onWriterRestart'>
  node: Remote<NodeApi>
  /** Searches, retrieves and sends, by the way that each server is set to. */
  calls: Calls
  events: NodeEvents
  servers: ServerList
  settings: SettingsStore
  certificates: CallerCertificates
  commitment: Commitment
  listener: { state(): Listening; onChange(listener: () => void): () => void }
  clock?: Clock | undefined
}

interface StudyAtServer extends StudyToRetrieve {
  patientName: string
  instances: number | null
}

export interface SendOrder {
  serverIds: number[]
  selection: Selection
  priority?: Priority | undefined
  /** The rule that asks for it. */
  ruleName?: string
  /** Of an order to one server that may be given twice and is carried out once. */
  transferId?: string
}

export interface RetrieveOrder {
  priority?: Priority
  /** The rule that asks for it. */
  ruleName?: string
  /** Of an order of one study that may be given twice and is carried out once. */
  transferId?: string
  /** A server told of it: there is more than what is here, and the patient is not known; it may wait until then. */
  told?: { notBefore: number | null }
}

export interface Transfers {
  rows(): TransferRow[]
  row(transferId: string): TransferRow | undefined
  history(page: TransferPage): Promise<TransferRow[]>
  items(transferId: string): Promise<TransferItem[]>
  onChange(listener: (change: TransferChange) => void): () => void
  /** Resolves when the jobs are on disk: from then on nothing but a person ends them. */
  send(order: SendOrder): Promise<string[]>
  check(order: Pick<SendOrder, 'serverIds' | 'selection'>): Promise<SendCheck>
  retrieve(serverId: number, studies: StudyAtServer[], how?: RetrieveOrder): Promise<string[]>
  beginImport(input: NewImport): string
  importFile(transferId: string, name: string, body: ReadableStream<Uint8Array> | null): Promise<ImportAnswer>
  finishImport(transferId: string): void
  cancel(transferId: string): Promise<void>
  pause(transferIds: string[]): void
  resume(transferIds: string[]): void
  prioritise(transferId: string, priority: Priority): void
  retry(transferId: string): Promise<string>
  /** Storage commitment of what a send brought there. */
  askCommitment(transferId: string): Promise<void>
  /** What the destination holds of a send. */
  countAgain(transferId: string): Promise<void>
  clear(transferIds: string[]): Promise<void>
  /** Listens at the port that a server sends to (R013) until it is let go; rejects with a code of the operating system. */
  holdPort(port: number): Promise<() => void>
  /** This image comes for a test: it is no transfer. Answers how to let go. */
  takeArrival(sopInstanceUID: string): () => void
  /** What came in by another way than the DICOM port, told as if it had come there. */
  received(event: NodeEvent): void
  /** Where images come in now. */
  arriving(): { from: string; instances: number } | null
  /** Before the DICOM thread goes: jobs stop where they are, to go on at the next start. */
  stopJobs(): void
  close(): Promise<void>
}

export async function openTransfers(options: TransfersOptions): Promise<Transfers> {
  const { archive, node, calls, events, servers, settings, certificates, commitment, listener } = options
  const { reader } = archive
  const clock = options.clock ?? systemClock
  const log = await TransferLog.load(archive)
  const registry = new RetrieveRegistry()
  const state = () => listener.state()
  const ownPorts = () => {
    const now = state()
    if (now.state !== 'listening') return { ports: [], tlsOnly: false }
    return { ports: [now.port, ...(now.tlsPort === null ? [] : [now.tlsPort])], tlsOnly: now.tlsOnly }
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
  const takesMore = () => {
    const folder = archive.storageFolder
    try {
      return isConnected(folder) && hasRoom(folder, settings.current().minFreeMegabytes * 1024 ** 2)
    } catch {
      return false
    }
  }
  const destination = (row: TransferRow & { plan: string }) => {
    const plan = readPlan(row.plan)
    const server = servers.rows().find(({ serverId }) => serverId === plan?.serverId)
    if (plan?.kind !== 'send' || !server) return undefined
    const peer = queryPeerOf(server, settings.current(), certificates)
    return { peer, canBeAsked: server.queryRetrieve, commits: server.askCommitment }
  }
  const proofs = new Proofs({
    ...{ clock, node: calls, reader, log, destination },
    errand(row, act) {
      const plan = readPlan(row.plan)
      if (plan) jobs.errand(laneOf(plan), act)
    },
  })
  const listening = () => {
    const now = state()
    return now.state === 'listening' ? now.port : undefined
  }
  const { work, afterwards, askCommitment } = runs({
    ...{ node: calls, reader, log, servers, settings, certificates, commitment, registry, ports, listening, proofs },
    writer: archive.writer,
    folders: new FolderFiles(async (paths) => (await thread.api()).identify(paths)),
    readFile: async (path, source) => (await thread.api()).readFile(path, source),
    hasRoom: takesMore,
  })
  const jobs = new Jobs({
    clock,
    isOver: (held) => (held === 'space' ? takesMore() : listening() !== undefined),
    hours: (transfer) => {
      const plan = readPlan(transfer.row().plan)
      return (
        (plan?.kind === 'send' && servers.rows().find(({ serverId }) => serverId === plan.serverId)?.sendHours) || null
      )
    },
    afterwards: ({ id }) => afterwards(id),
    work: async (transfer) => {
      const end = await work(transfer)
      await nameUnnamed(reader, transfer)
      if (end.kind === 'held') jobs.lookAgain()
      return end
    },
  })
  const noteCommitment = async (transferId: string) => {
    const row = await log.find(transferId)
    const answers = await commitment.of(transferId, row?.peer ?? '')
    const summary = summaryOf(answers)
    if (!row || !summary) return
    await log.amend(transferId, { commitment: summary })
    await proofs.committed(row, answers)
  }
  const stops = [
    events.add(receive),
    // The import thread's port leads to the writer that died; it starts anew with the next file.
    archive.onWriterRestart(() => void thread.close()),
    commitment.onChange((transferId) => void noteCommitment(transferId).catch(() => {})),
    wakeOnChange(servers, (serverId) => {
      jobs.tryAgain(`send ${serverId}`)
      jobs.tryAgain(`retrieve ${serverId}`)
    }),
    whenListening(listener, () => jobs.resumeHeld('listener')),
  ]
  for (const transfer of log.allRunning()) {
    const plan = readPlan(transfer.row().plan)
    if (plan) jobs.add(transfer, laneOf(plan))
    else transfer.end('failed', interruptedMessage(transfer.row()))
  }
  for (const row of log.list()) {
    proofs.resume(row)
    const plan = readPlan(row.plan)
    // The program ended between the last image and the first question after them.
    if (plan && isUnasked(row, clock.now())) jobs.errand(laneOf(plan), () => afterwards(row.transferId))
  }
  stops.push(pruneDaily(log, clock))

  const onDisk = async (): Promise<void> => {
    if (await log.save()) return
    throw new ApiError(
      'internal',
      'The order could not be written down: the disk of the index is full or fails. It runs while this program does; make space.',
    )
  }
  /**
   * Resolves once they are on disk; meanwhile they begin. They run in any case: what could not be written down runs while
   * this program does.
   */
  const start = async (begun: { transfer: Transfer; lane: string }[]): Promise<string[]> => {
    const written = onDisk()
    for (const { transfer, lane } of begun) jobs.add(transfer, lane)
    await written
    return begun.map(({ transfer }) => transfer.id)
  }

  return {
    rows: () => log.list(),
    row: (transferId) => log.running(transferId)?.row() ?? log.get(transferId),
    history: (page) => log.history(page),
    async items(transferId) {
      const commitments = await commitment.of(transferId, (await log.find(transferId))?.peer ?? '')
      return withCommitments(await log.items(transferId), commitments)
    },
    onChange: (changed) => log.onChange(changed),
    async send({ serverIds, selection, priority = 'normal', ruleName = '', transferId }) {
      if (transferId !== undefined && (await log.find(transferId))) return [transferId]
      const targets = [...new Set(serverIds)].map((serverId) => servers.get(serverId))
      const instances = await reader.locate(given(selection))
      if (instances.length === 0) throw new ApiError('not-found', GONE)
      const studyIds = [...new Set(instances.map(({ studyId }) => studyId))]
      const title = titleOf(await reader.getStudies(studyIds))
      const more = { priority, ruleName, ...(transferId !== undefined && { transferId }) }
      const begun = targets.map(({ serverId, name: peer }) => {
        const items = instances.map(({ sopInstanceUID: key }) => ({ key, ...WAITING }))
        const plan: Plan = { kind: 'send', serverId }
        const made = { title, peer, studyIds, total: instances.length, items, plan: writePlan(plan) }
        const transfer = log.begin({ kind: 'send', state: 'waiting', ...made, more })
        return { transfer, lane: laneOf(plan) }
      })
      return start(begun)
    },
    check: ({ serverIds, selection }) => {
      const asked = [...new Set(serverIds)].map((serverId) => servers.get(serverId))
      return checkSend(reader, given(selection), asked)
    },
    async retrieve(serverId, studies, how = {}) {
      const { priority = 'normal', ruleName = '', transferId, told } = how
      if (transferId !== undefined && (await log.find(transferId))) return [transferId]
      const nextAttemptAt = told?.notBefore ?? null
      const { name: peer } = servers.get(serverId)
      const message =
        nextAttemptAt === null ? '' : `Waits for more images of which ${peer} tells, to fetch them together.`
      const more = { priority, ruleName, nextAttemptAt, message, ...(transferId !== undefined && { transferId }) }
      const here = await reader.findStudyUIDs(studies.map(({ studyInstanceUID }) => studyInstanceUID))
      const begun = studies.map(({ patientName, instances, studyInstanceUID, seriesInstanceUIDs }) => {
        const held = Object.hasOwn(here, studyInstanceUID) ? (here[studyInstanceUID]?.instances ?? 0) : 0
        const plan: Plan = {
          ...{ kind: 'retrieve', serverId, studyInstanceUID },
          ...(seriesInstanceUIDs && { seriesInstanceUIDs }),
          // Who asks for all of it although all is here wants it again.
          ...(held > 0 && (told || (instances !== null && held < instances)) && { onlyMissing: true }),
        }
        const title = told ? UNNAMED : patientTitle({ patientName })
        const made = { title, peer, plan: writePlan(plan), more }
        const total = seriesInstanceUIDs ? null : instances
        return { transfer: log.begin({ kind: 'retrieve', state: 'waiting', ...made, total }), lane: laneOf(plan) }
      })
      const transferIds = await start(begun)
      const said = studies.flatMap(({ studyInstanceUID, instances }) =>
        instances === null ? [] : [{ studyInstanceUID, saidBy: peer, instances }],
      )
      // Only for the eye: what is short is told, whatever becomes of the transfer.
      await archive.writer.expectInstances(said).catch(() => {})
      return transferIds
    },
    beginImport: (input) => imports.begin(input),
    importFile: (transferId, name, body) => imports.file(transferId, name, body),
    finishImport: (transferId) => imports.finish(transferId),
    async cancel(transferId) {
      const transfer = log.running(transferId)
      if (!transfer) {
        if (await log.find(transferId)) return
        throw new ApiError('not-found', NOT_IN_THE_LIST)
      }
      if (readPlan(transfer.row().plan)) jobs.cancel(transfer)
      else transfer.stop('cancel')
    },
    pause(transferIds) {
      for (const transferId of transferIds) {
        const transfer = log.running(transferId)
        if (transfer) jobs.pause(transfer)
      }
    },
    resume(transferIds) {
      for (const transferId of transferIds) {
        const transfer = log.running(transferId)
        if (transfer) jobs.resume(transfer)
      }
    },
    prioritise(transferId, priority) {
      const transfer = log.running(transferId)
      if (!transfer) throw new ApiError('not-found', 'This transfer has ended already.')
      jobs.prioritise(transfer, priority)
    },
    async retry(transferId) {
      const running = log.running(transferId)
      if (running) {
        jobs.tryNow(running)
        return transferId
      }
      const row = await log.find(transferId)
      if (!row) throw new ApiError('not-found', NOT_IN_THE_LIST)
      const plan = row.canRetry ? readPlan(row.plan) : undefined
      const transfer = plan ? await log.reopen(transferId) : undefined
      if (!plan || !transfer) throw new ApiError('invalid-input', 'There is nothing to do again in this transfer.')
      for (const { key, state } of [...transfer.items.values()])
        if (state === 'failed') transfer.item({ key, ...WAITING })
      await start([{ transfer, lane: laneOf(plan) }])
      jobs.tryAgain(laneOf(plan))
      return transferId
    },
    async askCommitment(transferId) {
      const row = await log.find(transferId)
      const plan = row && readPlan(row.plan)
      if (plan?.kind !== 'send' || log.running(transferId))
        throw new ApiError('invalid-input', 'Only what was sent can be answered for, and only once the send has ended.')
      const server = servers.get(plan.serverId)
      jobs.errand(laneOf(plan), () => askCommitment(transferId, server))
    },
    async countAgain(transferId) {
      const row = await log.find(transferId)
      if (row?.kind !== 'send' || row.endedAt === null || !destination(row))
        throw new ApiError('invalid-input', 'Only what was sent can be counted, and only once the send has ended.')
      proofs.again(row)
    },
    clear: (transferIds) => log.remove(transferIds),
    holdPort: (port) => ports.hold(port),
    takeArrival: (sopInstanceUID) => receive.take(sopInstanceUID),
    received: (event) => receive.handle(event),
    arriving: () => receive.arriving(),
    stopJobs() {
      proofs.close()
      jobs.close()
    },
    async close() {
      for (const stop of stops) stop()
      proofs.close()
      jobs.close()
      for (const transfer of log.allRunning()) {
        if (readPlan(transfer.row().plan)) {
          if (transfer.row().state === 'running') transfer.set({ state: 'waiting', run: null })
          continue
        }
        transfer.end(transfer.row().done > 0 ? 'partial' : 'failed', interruptedMessage(transfer.row()))
        transfer.stop('close')
      }
      await imports.close()
      await log.save()
    },
  }
}

const GONE = 'These images are no longer on this workstation. Nothing was sent.'
const NOT_IN_THE_LIST = 'This transfer is no longer in the list.'
const WAITING = { state: 'waiting', status: null, note: '' } as const

/** Without the keys that are undefined. */
function given(selection: Selection) {
  const { studyIds, seriesIds, instanceIds } = selection
  return { ...(studyIds && { studyIds }), ...(seriesIds && { seriesIds }), ...(instanceIds && { instanceIds }) }
}
