import type { ArchiveReaderApi, ArchiveWriterApi } from '#electron/archive/archiveApi.ts'
import type { Commitment } from '#electron/commitment/openCommitment.ts'
import type { Peer } from '#electron/dicom/nodeApi.ts'
import type { Calls } from '#electron/dicomweb/routeCalls.ts'
import { findThere } from '#electron/proof/findThere.ts'
import type { Proofs } from '#electron/proof/proofs.ts'
import type { CallerCertificates } from '#electron/servers/peer.ts'
import type { ServerList } from '#electron/servers/serverList.ts'
import { queryPeerOf, sendPeerOf } from '#electron/servers/webPeer.ts'
import type { SettingsStore } from '#electron/settings/settingsStore.ts'
import type { Remote } from '#electron/threads/remote.ts'
import type { ServerRow } from '#shared/contract/servers.ts'
import { toBeCommitted } from './committed.ts'
import type { ExtraPorts, ListeningPort } from './extraPorts.ts'
import type { FolderFiles } from './folderFiles.ts'
import { type ReadFile, retrieveFromFolder } from './folderRetrieve.ts'
import { locateWaiting } from './locateWaiting.ts'
import { type Plan, readPlan } from './plan.ts'
import { retrieve } from './retrieve.ts'
import type { RetrieveRegistry } from './retrieveRegistry.ts'
import { ended, type RunEnd } from './runEnd.ts'
import { send } from './send.ts'
import type { Transfer } from './transfer.ts'
import type { TransferLog } from './transferLog.ts'

type RetrievePlan = Extract<Plan, { kind: 'retrieve' }>

export interface RunsOptions {
  node: Calls
  reader: Remote<ArchiveReaderApi>
  writer: Pick<Remote<ArchiveWriterApi>, 'expectInstances'>
  log: TransferLog
  servers: ServerList
  settings: SettingsStore
  certificates: CallerCertificates
  commitment: Commitment
  registry: RetrieveRegistry
  ports: ExtraPorts
  listening: ListeningPort
  proofs: Proofs
  folders: FolderFiles
  readFile: ReadFile
  hasRoom(): boolean
}

/** What one run of a job does, by the kind of job, and what follows its end. */
export function runs(options: RunsOptions) {
  const { node, reader, log, servers, settings, certificates, commitment, proofs } = options
  const serverOf = (plan: Plan | undefined) => servers.rows().find(({ serverId }) => serverId === plan?.serverId)

  const runSend = async (transfer: Transfer, server: ServerRow): Promise<RunEnd> => {
    const peer = queryPeerOf(server, settings.current(), certificates)
    // Only now: while it waited, the archive may have been moved or images deleted.
    let instances = await locateWaiting(transfer, reader)
    if (transfer.wasInterrupted && server.queryRetrieve && instances.length > 0) {
      await noteArrived(transfer, peer, instances)
      instances = instances.filter(({ sopInstanceUID }) => transfer.items.get(sopInstanceUID)?.state === 'waiting')
    }
    const storePeer = sendPeerOf(server, settings.current(), certificates)
    if (instances.length > 0) return send(transfer, { node, peer: storePeer, instances })
    const { done, failed } = transfer.row()
    if (failed === 0 && done > 0) return ended('done')
    return ended(done > 0 ? 'partial' : 'failed', GONE)
  }

  /** The process died while images went out: what arrived in that moment is not sent twice, where the server can tell. */
  const noteArrived = async (transfer: Transfer, peer: Peer, instances: Parameters<typeof findThere>[2]) => {
    try {
      const there = await findThere(node, peer, instances, transfer.signal)
      for (const key of there)
        transfer.item({ key, state: 'done', status: null, note: 'Arrived before this workstation stopped.' })
    } catch {
      // Then it is sent again, which every server must bear.
    }
  }

  /** The server's own count of its sub-operations (PS3.4 C.4.2.1.6) is the latest word on how many there are. */
  const noteExpected = async (plan: RetrievePlan, server: ServerRow, instances: number | null) => {
    const { studyInstanceUID, seriesInstanceUIDs } = plan
    if (seriesInstanceUIDs || !instances) return
    await options.writer.expectInstances([{ studyInstanceUID, saidBy: server.name, instances }]).catch(() => {})
  }

  /** Of what the server has and has not yet answered for. */
  const askCommitment = async (transferId: string, server: ServerRow) => {
    const items = await log.items(transferId)
    const holds = await reader.holds(items.map(({ key }) => key))
    const sent = await reader.locate({ instanceIds: Object.values(holds) })
    const wanted = await toBeCommitted(commitment, transferId, server, items, sent)
    if (wanted.length === 0) return
    const references = wanted.map(({ sopClassUID, sopInstanceUID }) => ({ sopClassUID, sopInstanceUID }))
    await commitment.ask(transferId, server, references)
  }

  return {
    async work(transfer: Transfer): Promise<RunEnd> {
      const plan = readPlan(transfer.row().plan)
      const server = serverOf(plan)
      if (!plan || !server) return ended('failed', `${transfer.row().peer} is no longer in the list of servers.`)
      transfer.set({ peer: server.name })
      if (plan.kind === 'send') return runSend(transfer, server)
      const onlyMissing =
        plan.onlyMissing === true || transfer.wasInterrupted || transfer.items.size > 0 || transfer.row().attempts > 0
      const { registry, ports, listening, hasRoom, folders, readFile } = options
      if (server.retrieving.mode === 'folder')
        return retrieveFromFolder(transfer, { reader, server, study: plan, folders, readFile, hasRoom })
      const parts = { node, reader, registry, ports, listening, hasRoom, settings: settings.current(), certificates }
      return retrieve(transfer, { ...parts, server, study: plan, onlyMissing })
    },
    /** Before the next transfer to it begins, since some take one association at a time. */
    async afterwards(transferId: string): Promise<void> {
      const ended = await log.find(transferId)
      const plan = ended && readPlan(ended.plan)
      const server = serverOf(plan)
      if (!ended || ended.endedAt === null || !plan || !server) return
      if (plan.kind === 'retrieve') return noteExpected(plan, server, ended.total)
      await log.save()
      if (server.askCommitment) await askCommitment(transferId, server)
      const row = await log.find(transferId)
      if (row) await proofs.begin(row)
    },
    askCommitment,
  }
}

const GONE = 'These images are no longer on this workstation. Nothing was sent.'
