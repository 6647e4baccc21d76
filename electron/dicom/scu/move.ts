import { commandField } from '../dimse/commandField.ts'
import type { CommandSet } from '../dimse/commandSet.ts'
import { encodeIdentifier } from '../dimse/identifier.ts'
import type { MoveProgress, MoveRequest, Peer } from '../nodeApi.ts'
import { askToStop } from './askToStop.ts'
import { withPatient } from './patientOfStudy.ts'
import { acceptedRoot, proposedRoots } from './queryRoot.ts'
import { Requestor } from './requestor.ts'
import { retrieveKeys } from './retrieveKeys.ts'
import { retrieveProgress } from './retrieveProgress.ts'

/** PS3.4 C.4.2. The last progress is the peer's final response, whatever its status; cancelled, that is 0xFE00. */
export async function* move(peer: Peer, request: MoveRequest, signal: AbortSignal): AsyncGenerator<MoveProgress> {
  const requestor = await Requestor.open(peer, proposedRoots('MOVE', peer.queryRoot), signal)
  try {
    const { root, context } = acceptedRoot(requestor, 'MOVE', peer)
    const asked = await withPatient(peer, request, root, signal)
    const messageID = requestor.nextMessageID()
    const command: CommandSet = {
      commandField: commandField.cMoveRequest,
      hasDataSet: true,
      affectedSOPClassUID: context.abstractSyntax,
      messageID,
      moveDestination: request.destination,
      priority: 0,
    }
    requestor.send(context, command, encodeIdentifier(retrieveKeys(asked, root), context.transferSyntax))
    askToStop(requestor, context, messageID)
    while (true) {
      const progress = retrieveProgress(await requestor.next())
      yield progress
      if (progress.final) return
    }
  } finally {
    await requestor.release()
  }
}
