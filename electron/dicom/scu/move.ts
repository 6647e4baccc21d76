import { STUDY_ROOT_MOVE } from '#shared/dicom/sopClass.ts'
import { statusClass } from '#shared/dicom/status.ts'
import { AssociationError } from '../associationError.ts'
import { commandField } from '../dimse/commandField.ts'
import type { CommandSet } from '../dimse/commandSet.ts'
import { decodeIdentifier, encodeIdentifier } from '../dimse/identifier.ts'
import type { MoveProgress, MoveRequest, Peer } from '../nodeApi.ts'
import type { AcceptedContext } from '../upperLayer/acceptContexts.ts'
import { askToStop } from './askToStop.ts'
import { uncompressedContext } from './find.ts'
import { Requestor } from './requestor.ts'

/** PS3.4 C.4.2. The last progress is the peer's final response, whatever its status; cancelled, that is 0xFE00. */
export async function* move(peer: Peer, request: MoveRequest, signal: AbortSignal): AsyncGenerator<MoveProgress> {
  const requestor = await Requestor.open(peer, [uncompressedContext(STUDY_ROOT_MOVE)], signal)
  try {
    const context = requestor.contextFor(STUDY_ROOT_MOVE)
    if (!context) throw new AssociationError('NO_CONTEXT', 'The peer does not accept Study Root MOVE')
    const messageID = requestor.nextMessageID()
    const command: CommandSet = {
      commandField: commandField.cMoveRequest,
      hasDataSet: true,
      affectedSOPClassUID: STUDY_ROOT_MOVE,
      messageID,
      moveDestination: request.destination,
      priority: 0,
    }
    requestor.send(context, command, encodeIdentifier(uniqueKeys(request), context.transferSyntax))
    askToStop(requestor, context, messageID)
    while (true) {
      const response = await requestor.next()
      const progress = toProgress(response.command, response.identifier, context)
      yield progress
      if (progress.final) return
    }
  } finally {
    await requestor.release()
  }
}

/** PS3.4 C.4.2.1.4.1: the unique keys of the level and of those above it. */
function uniqueKeys(request: MoveRequest): Record<string, string> {
  const keys: Record<string, string> = {
    QueryRetrieveLevel: request.level,
    StudyInstanceUID: request.studyInstanceUID,
  }
  if (request.level !== 'STUDY') keys.SeriesInstanceUID = (request.seriesInstanceUIDs ?? []).join('\\')
  if (request.level === 'IMAGE') keys.SOPInstanceUID = (request.sopInstanceUIDs ?? []).join('\\')
  return keys
}

function toProgress(command: CommandSet, identifier: Buffer | undefined, context: AcceptedContext): MoveProgress {
  const status = command.status ?? -1
  return {
    final: statusClass(status) !== 'pending',
    status,
    errorComment: command.errorComment,
    remaining: command.remainingSubOperations,
    completed: command.completedSubOperations ?? 0,
    failed: command.failedSubOperations ?? 0,
    warning: command.warningSubOperations ?? 0,
    failedSOPInstanceUIDs: failedUIDs(identifier, context.transferSyntax),
  }
}

/** (0008,0058) of a final response that was not all success. A list that cannot be read is none. */
function failedUIDs(identifier: Buffer | undefined, transferSyntax: string): string[] {
  if (!identifier) return []
  try {
    const list = decodeIdentifier(identifier, transferSyntax).FailedSOPInstanceUIDList ?? ''
    return list === '' ? [] : list.split('\\')
  } catch {
    return []
  }
}
