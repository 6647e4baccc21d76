import type { ArchiveReaderApi } from '#electron/archive/archiveApi.ts'
import type { MoveProgress, MoveRequest, NodeApi } from '#electron/dicom/nodeApi.ts'
import { listenSentence } from '#electron/listening/listenSentence.ts'
import { callContext } from '#electron/servers/callContext.ts'
import { failureOf } from '#electron/servers/failureSentence.ts'
import { peerOf } from '#electron/servers/peer.ts'
import type { Remote } from '#electron/threads/remote.ts'
import type { ServerRow } from '#shared/contract/servers.ts'
import type { Settings } from '#shared/contract/settings.ts'
import type { ExtraPorts, ListeningPort } from './extraPorts.ts'
import { missingInstances, type StudyToRetrieve } from './missingInstances.ts'
import { retrieveEnd } from './retrieveEnd.ts'
import type { RetrieveRegistry, RunningRetrieve } from './retrieveRegistry.ts'
import type { Transfer } from './transfer.ts'

export interface RetrieveOptions {
  node: Pick<Remote<NodeApi>, 'move' | 'find'>
  reader: Pick<Remote<ArchiveReaderApi>, 'holds'>
  settings: Settings
  server: ServerRow
  registry: RetrieveRegistry
  ports: ExtraPorts
  listening: ListeningPort
  study: StudyToRetrieve
  /** A retry asks for what is not here yet, where the server can tell. */
  onlyMissing: boolean
}

/** How long we wait for images that the server says are on their way when its final response overtakes them. */
const SETTLE_QUIET_MS = 2000
const SETTLE_MAX_MS = 15_000

/** C-MOVE (PS3.4 C.4.2) into our own Storage SCP. Never rejects: how it ended stands in the transfer. */
export async function retrieve(transfer: Transfer, options: RetrieveOptions): Promise<void> {
  const { node, settings, server, registry, ports, listening, study } = options
  const cancelled = () => transfer.end('cancelled', cancelledMessage(transfer))
  if (transfer.signal.aborted) return cancelled()
  if (listening() === undefined)
    return transfer.end(
      'failed',
      'Nothing can be retrieved while this workstation does not listen: servers send images over a connection of their own. Settings says how to start.',
    )
  let release = () => {}
  try {
    release = await ports.hold(server.listenPort)
  } catch (error) {
    const why = listenSentence({ host: ports.host, port: server.listenPort }, error)
    return transfer.end(
      'failed',
      `${server.name} would send to its listen port. ${why} What stands under Servers must be what its administrator entered.`,
    )
  }
  const running: RunningRetrieve = {
    transfer,
    studyInstanceUID: study.studyInstanceUID,
    serverAETitle: server.aeTitle,
    lastReceivedAt: Date.now(),
  }
  const forget = registry.add(running)
  const peer = peerOf(server, settings)
  transfer.set({ state: 'running', peer: server.name })
  try {
    const requests = await requestsFor(options, peer, transfer.signal)
    // Asked for image by image, only what is missing comes; otherwise everything comes again.
    const alreadyHere = requests[0]?.level === 'IMAGE' ? transfer.row().done : 0
    const finals: MoveProgress[] = []
    for (const request of requests) {
      const settled = sum(finals)
      for await (const progress of node.move(peer, { ...request, destination: settings.aeTitle }, transfer.signal)) {
        if (progress.final) finals.push(progress)
        else noteTotal(transfer, progress, alreadyHere + settled.completed + settled.failed)
      }
      if (finals.length > 0 && sum(finals).status !== 0 && sum(finals).completed === 0) break
    }
    const final = sum(finals)
    await settle(running, alreadyHere + final.completed)
    for (const key of final.failedSOPInstanceUIDs)
      if (!transfer.items.has(key))
        transfer.item({ key, state: 'failed', status: null, note: `${server.name} could not send it.` })
    if (transfer.signal.aborted) return cancelled()
    noteTotal(transfer, final, alreadyHere)
    const { ourAddress } = await callContext(peer)
    const row = transfer.row()
    const { state, message } = retrieveEnd({
      final: { ...final, completed: final.completed + alreadyHere },
      arrived: row.done,
      refusedHere: Math.max(0, row.failed - final.failedSOPInstanceUIDs.length),
      total: row.total,
      serverName: server.name,
      destination: { aeTitle: settings.aeTitle, address: ourAddress, port: server.listenPort },
    })
    transfer.end(state, message)
  } catch (error) {
    if (transfer.signal.aborted) return cancelled()
    const { sentence } = failureOf(error, await callContext(peer))
    await settle(running, Number.POSITIVE_INFINITY)
    const { done, total } = transfer.row()
    const count = done > 0 ? `${done}${total === null ? '' : ` of ${total}`} images arrived. ` : ''
    transfer.end(done > 0 ? 'partial' : 'failed', `${count}${sentence}`)
  } finally {
    forget()
    release()
  }
}

async function requestsFor(
  { node, reader, study, onlyMissing }: RetrieveOptions,
  peer: ReturnType<typeof peerOf>,
  signal: AbortSignal,
): Promise<Omit<MoveRequest, 'destination'>[]> {
  const { studyInstanceUID, seriesInstanceUIDs } = study
  if (onlyMissing) {
    const missing = await missingInstances({ node, reader, peer }, study, signal)
    if (missing) return missing
  }
  return seriesInstanceUIDs
    ? [{ level: 'SERIES', studyInstanceUID, seriesInstanceUIDs }]
    : [{ level: 'STUDY', studyInstanceUID }]
}

/** The server's own count beats what a query said before. */
function noteTotal(transfer: Transfer, progress: MoveProgress, before: number): void {
  const { remaining = 0, completed, failed, warning } = progress
  const total = before + remaining + completed + failed + warning
  const known = transfer.row().total
  if (total > (known ?? 0)) transfer.set({ total })
}

/** PS3.4 C.4.2.1.6: the counts of several requests as one; the worst status counts. */
function sum(finals: readonly MoveProgress[]): MoveProgress {
  const worst = finals.find(({ status }) => status !== 0)
  const total = (pick: (final: MoveProgress) => number) => finals.reduce((count, final) => count + pick(final), 0)
  return {
    final: true,
    status: worst?.status ?? 0,
    errorComment: worst?.errorComment,
    remaining: undefined,
    completed: total((final) => final.completed + final.warning),
    failed: total((final) => final.failed),
    warning: 0,
    failedSOPInstanceUIDs: finals.flatMap((final) => final.failedSOPInstanceUIDs),
  }
}

/** Our own events take another road than the move's responses: wait until the counts agree or nothing comes any more. */
async function settle(running: RunningRetrieve, expected: number): Promise<void> {
  const startedAt = Date.now()
  const { transfer } = running
  while (!transfer.signal.aborted) {
    const now = Date.now()
    const { done, failed } = transfer.row()
    if (done + failed >= expected) return
    if (now - Math.max(running.lastReceivedAt, startedAt) > SETTLE_QUIET_MS || now - startedAt > SETTLE_MAX_MS) return
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}

function cancelledMessage(transfer: Transfer): string {
  const { done, total } = transfer.row()
  return `Stopped by you after ${done}${total === null ? '' : ` of ${total}`} images. They are kept; retry gets the rest.`
}
