import type { MoveProgress, NodeApi, Peer, RetrieveKeys } from '#electron/dicom/nodeApi.ts'
import type { Remote } from '#electron/threads/remote.ts'
import { type RunningRetrieve, record } from './retrieveRegistry.ts'

type Ask = (request: RetrieveKeys) => AsyncIterable<MoveProgress>

/** By C-MOVE: images come to our listener, and are told by its events. */
export function askToMove(
  node: Pick<Remote<NodeApi>, 'move'>,
  peer: Peer,
  destination: string,
  signal: AbortSignal,
): Ask {
  return (request) => node.move(peer, { ...request, destination }, signal)
}

/** By C-GET: images come on the connection of the request, and are told here. */
export function askToGet(node: Pick<Remote<NodeApi>, 'get' | 'find'>, peer: Peer, running: RunningRetrieve): Ask {
  const { transfer, studyInstanceUID } = running
  let classes: Promise<string[]> | undefined
  let oneByOne = transfer.wasInterrupted || transfer.row().attempts > 0
  return async function* (request) {
    classes ??= peer.web ? Promise.resolve([]) : classesOf(node, peer, studyInstanceUID, transfer.signal)
    const sopClassUIDs = await classes
    const asked = { ...request, sopClassUIDs, oneByOne }
    oneByOne = false
    for await (const step of node.get(peer, asked, transfer.signal)) {
      if (step.kind === 'progress') yield step.progress
      else {
        running.lastReceivedAt = Date.now()
        record(transfer, step.event)
      }
    }
  }
}

/** What will come, so that it can be negotiated as the server holds it; [] where the server does not tell. */
async function classesOf(
  node: Pick<Remote<NodeApi>, 'find'>,
  peer: Peer,
  studyInstanceUID: string,
  signal: AbortSignal,
): Promise<string[]> {
  const keys = { StudyInstanceUID: studyInstanceUID, SOPClassesInStudy: '' }
  const found = new Set<string>()
  try {
    for await (const { SOPClassesInStudy = '' } of node.find(peer, { level: 'STUDY', keys }, signal))
      for (const uid of SOPClassesInStudy.split('\\')) if (uid !== '') found.add(uid)
  } catch (error) {
    if (signal.aborted) throw error
  }
  return [...found]
}
