import { statusClass } from '#shared/dicom/status.ts'
import type { AcceptedContext } from '../upperLayer/acceptContexts.ts'
import type { CommandSet } from './commandSet.ts'
import { DimseProtocolError } from './dimseError.ts'

/** A request of ours that is not answered to its end. */
export interface Awaited {
  context: AcceptedContext
  command: CommandSet
}

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
  return { ...awaited, isAnswered: statusClass(response.status) !== 'pending' }
}
