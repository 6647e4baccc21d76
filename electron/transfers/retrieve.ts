import type { ArchiveReaderApi } from '#electron/archive/archiveApi.ts'
import type { MoveProgress, NodeApi, Peer, RetrieveKeys } from '#electron/dicom/nodeApi.ts'
import { DOUBTFUL_TRIES, verdictOfError, verdictOfStatus, waitOfError } from '#electron/jobs/verdict.ts'
import { listenSentence } from '#electron/listening/listenSentence.ts'
import { callContext } from '#electron/servers/callContext.ts'
import { type Failure, failureOf } from '#electron/servers/failureSentence.ts'
import type { CallerCertificates } from '#electron/servers/peer.ts'
import { queryPeerOf, retrievePeerOf } from '#electron/servers/webPeer.ts'
import type { Remote } from '#electron/threads/remote.ts'
import type { ServerRow } from '#shared/contract/servers.ts'
import type { Settings } from '#shared/contract/settings.ts'
import { CANNOT_COUNT_MATCHES, CANNOT_PERFORM_SUB_OPERATIONS } from '#shared/dicom/status.ts'
import { askToGet, askToMove } from './askToRetrieve.ts'
import type { ExtraPorts, ListeningPort } from './extraPorts.ts'
import { missingInstances, type StudyToRetrieve } from './missingInstances.ts'
import { noteTotal, retrieveAll, settle } from './retrieveAll.ts'
import { retrieveEnd } from './retrieveEnd.ts'
import type { RetrieveRegistry, RunningRetrieve } from './retrieveRegistry.ts'
import { ended, type RunEnd } from './runEnd.ts'
import type { Transfer } from './transfer.ts'

export interface RetrieveOptions {
  node: Pick<Remote<NodeApi>, 'move' | 'get' | 'find'>
  reader: Pick<Remote<ArchiveReaderApi>, 'holds'>
  settings: Settings
  certificates: CallerCertificates
  server: ServerRow
  registry: RetrieveRegistry
  ports: ExtraPorts
  listening: ListeningPort
  study: StudyToRetrieve
  /** A retry asks for what is not here yet, where the server can tell. */
  onlyMissing: boolean
  /** Whether the storage folder takes more images. */
  hasRoom(): boolean
}

/** C-MOVE (PS3.4 C.4.2) into our own Storage SCP, or C-GET. Never rejects: how it went is the answer. */
export async function retrieve(transfer: Transfer, options: RetrieveOptions): Promise<RunEnd> {
  const { server } = options
  if (transfer.signal.aborted) return { kind: 'stopped' }
  if (!options.hasRoom()) return { kind: 'held', by: 'space', message: noRoom(transfer) }
  // By GET and over HTTP nothing has to come in.
  if (wayOf(server) === 'get') return run(transfer, options)
  // At each start jobs are there before the listener is: that is no try in vain.
  if (options.listening() === undefined) return { kind: 'held', by: 'listener', message: NOT_LISTENING }
  let release: () => void
  try {
    release = await options.ports.hold(server.listenPort)
  } catch (error) {
    const why = listenSentence({ host: options.ports.host, port: server.listenPort }, error)
    const message = `${server.name} would send to its listen port. ${why} What stands under Servers must be what its administrator entered.`
    return ended('failed', message)
  }
  try {
    return await run(transfer, options)
  } finally {
    release()
  }
}

async function run(transfer: Transfer, options: RetrieveOptions): Promise<RunEnd> {
  const { settings, server, registry, study, certificates } = options
  const { studyInstanceUID } = study
  const running = { transfer, studyInstanceUID, serverAETitle: server.aeTitle, lastReceivedAt: Date.now() }
  const forget = registry.add(running)
  const peer = retrievePeerOf(server, settings, certificates)
  const doneBefore = transfer.row().done
  try {
    return await retrieveStudy(running, options, peer)
  } catch (error) {
    if (transfer.signal.aborted) return { kind: 'stopped' }
    const hasAnswered = transfer.row().done > doneBefore
    const failure = failureOf(error, { ...(await callContext(peer)), hasAnswered })
    await settle(running, Number.POSITIVE_INFINITY)
    const { done, total } = transfer.row()
    const count = done > 0 ? `${done}${total === null ? '' : ` of ${total}`} images arrived. ` : ''
    const message = `${count}${sentenceOf(failure, server)}`
    // Not every image that was refused for want of room can be told to be of this retrieve.
    if (!options.hasRoom()) return full(transfer)
    if (verdictOfError(error) === 'passing')
      return { kind: 'again', scope: 'destination', message, waitMs: waitOfError(error) }
    endUnfinished(transfer)
    return ended(done > 0 ? 'partial' : 'failed', message)
  } finally {
    forget()
  }
}

async function retrieveStudy(running: RunningRetrieve, options: RetrieveOptions, peer: Peer): Promise<RunEnd> {
  const { transfer } = running
  const { node, reader, settings, certificates, server, study, onlyMissing } = options
  const asked = { node, reader, peer: queryPeerOf(server, settings, certificates) }
  const missing = onlyMissing ? await missingInstances(asked, study, transfer.signal) : undefined
  for (const key of missing?.here ?? []) noteHere(transfer, key)
  // Asked for image by image, only what is missing comes; otherwise everything comes again.
  const doneBefore = transfer.row().done
  const alreadyHere = missing ? doneBefore : 0
  const requests = missing?.requests ?? [wholeRequest(study)]
  const ask =
    wayOf(server) === 'get' ? askToGet(node, peer, running) : askToMove(node, peer, settings.aeTitle, transfer.signal)
  const final = await retrieveAll(running, { ask, requests, alreadyHere })
  await settle(running, alreadyHere + final.completed)
  if (transfer.signal.aborted) return { kind: 'stopped' }
  if (refusedHere(transfer) > 0 && !options.hasRoom()) return full(transfer)
  noteTotal(transfer, final, alreadyHere)
  const { ourAddress } = await callContext(peer)
  const { done, total } = transfer.row()
  const { state, message } = retrieveEnd({
    by: wayOf(server),
    final: { ...final, completed: final.completed + alreadyHere },
    arrived: done,
    arrivedNow: done - doneBefore,
    refusedHere: refusedHere(transfer),
    total,
    serverName: server.name,
    destination: { aeTitle: settings.aeTitle, address: ourAddress, port: server.listenPort },
  })
  if (state !== 'done' && !options.hasRoom()) return full(transfer)
  const isLastTry = transfer.row().attempts >= DOUBTFUL_TRIES - 1
  const run = { by: wayOf(server), arrived: done, isVain: done === doneBefore && isLastTry }
  if (state !== 'done' && refusedHere(transfer) === 0 && comesAgain(final, run))
    return { kind: 'again', scope: 'job', message }
  for (const key of final.failedSOPInstanceUIDs)
    if ((transfer.items.get(key)?.state ?? 'waiting') === 'waiting')
      transfer.item({ key, state: 'failed', status: null, note: `${server.name} could not send it.` })
  endUnfinished(transfer)
  return ended(state, message)
}

/** What arrived in a run that nobody saw the end of keeps its own word. */
function noteHere(transfer: Transfer, key: string): void {
  const known = transfer.items.get(key)?.state
  if (known !== 'done' && known !== 'warning' && known !== 'duplicate')
    transfer.item({ key, state: 'duplicate', status: null, note: 'Here already, not asked for again.' })
}

/** `isVain`: it brought nothing, and was the last of the tries that what is doubtful gets. */
function comesAgain(
  { status, failed }: MoveProgress,
  { by, arrived, isVain }: { by: 'move' | 'get'; arrived: number; isVain: boolean },
): boolean {
  // PS3.4 C.4.2.1.5: it could not perform the sub-operations; for want of a connection to us it may never.
  if (status === CANNOT_PERFORM_SUB_OPERATIONS) return !isVain
  // The second connection broke, as Orthanc (C000) and others (B000) say it: what came shows that there is a way.
  if (by === 'move' && arrived > 0 && (failed > 0 || status === 0xc000)) return !isVain
  return status !== CANNOT_COUNT_MATCHES && verdictOfStatus(status) === 'passing'
}

/** What came in and could not be kept comes again once there is room. */
function full(transfer: Transfer): RunEnd {
  for (const item of transfer.items.values())
    if (item.state === 'failed' && item.status !== null)
      transfer.item({ key: item.key, state: 'waiting', status: item.status, note: 'There was no room for it.' })
  return { kind: 'held', by: 'space', message: noRoom(transfer) }
}

function noRoom(transfer: Transfer): string {
  const { done, total } = transfer.row()
  const count = done > 0 ? `${done}${total === null ? '' : ` of ${total}`} images are here. ` : ''
  return `${count}The disk of the storage folder is full, or not connected. It goes on by itself once there is space.`
}

/** WADO-RS brings images as C-GET does: on the connection that asks. */
function wayOf({ restOn, restRetrieve, retrieveBy }: ServerRow): 'move' | 'get' {
  return restOn && restRetrieve ? 'get' : retrieveBy
}

function wholeRequest({ studyInstanceUID, seriesInstanceUIDs }: StudyToRetrieve): RetrieveKeys {
  return seriesInstanceUIDs
    ? { level: 'SERIES', studyInstanceUID, seriesInstanceUIDs }
    : { level: 'STUDY', studyInstanceUID }
}

/** Came in, was answered with a failure of ours; what a server lists as failed has no status. */
function refusedHere({ items }: Transfer): number {
  return [...items.values()].filter(({ state, status }) => state === 'failed' && status !== null).length
}

function sentenceOf({ code, sentence }: Failure, { name, retrieveBy }: ServerRow): string {
  if (code !== 'NO_CONTEXT') return sentence
  return retrieveBy === 'get'
    ? `${name} does not offer retrieving by GET. Choose MOVE for it under Servers.`
    : `${name} does not offer retrieving by MOVE to us. Its administrator must enable it, or choose GET for it under Servers.`
}

/** What failed before and was asked for again, and still did not come. */
function endUnfinished(transfer: Transfer): void {
  for (const { key, state } of transfer.items.values())
    if (state === 'waiting') transfer.item({ key, state: 'failed', status: null, note: 'Did not arrive.' })
}

const NOT_LISTENING =
  'Nothing can be retrieved by MOVE while this workstation does not listen: servers send images over a connection of their own. It goes on by itself once it listens: Settings says what hinders it. Or choose GET for the server under Servers.'
