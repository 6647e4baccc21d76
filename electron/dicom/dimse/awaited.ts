import { statusClass } from '#shared/dicom/status.ts'
import type { AcceptedContext } from '../upperLayer/acceptContexts.ts'
import { commandField } from './commandField.ts'
import type { CommandSet } from './commandSet.ts'
import { DimseProtocolError } from './dimseError.ts'

/** A request of ours that is not answered to its end. */
export interface Awaited {
  context: AcceptedContext
  command: CommandSet
}

/** Why an association ends at which an answer lies when the next request is made. */
export const LEFT_OVER = 'The association was aborted: the peer answered more often than it was asked'

/** PS3.7 9.1: only these answer more than once. */
const answersInParts: ReadonlySet<number> = new Set([
  commandField.cFindRequest,
  commandField.cGetRequest,
  commandField.cMoveRequest,
])

/**
 * The request that a response belongs to, and whether it is the last one. Throws DimseProtocolError when it belongs to none:
 * who takes one answer for another shows a wrong patient's images.
 */
export function requestOf(
  response: CommandSet,
  contextId: number,
  awaited: Awaited | undefined,
): Awaited & { isAnswered: boolean } {
  if (!awaited) throw new DimseProtocolError('An answer came to nothing that was asked')
  if (response.messageIDBeingRespondedTo !== awaited.command.messageID)
    throw new DimseProtocolError('The answer belongs to another request')
  if (response.commandField !== (awaited.command.commandField | 0x8000))
    throw new DimseProtocolError('The answer is one to another kind of request')
  if (contextId !== awaited.context.id)
    throw new DimseProtocolError('The answer came in another presentation context than the request')
  if (response.status === undefined) throw new DimseProtocolError('The response has no status')
  const isAnswered = statusClass(response.status) !== 'pending'
  if (!isAnswered && !answersInParts.has(awaited.command.commandField))
    throw new DimseProtocolError('A request that has one answer was answered as pending')
  return { ...awaited, isAnswered }
}
