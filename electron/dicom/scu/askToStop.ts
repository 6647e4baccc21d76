import { commandField } from '../dimse/commandField.ts'
import type { AcceptedContext } from '../upperLayer/acceptContexts.ts'
import type { Requestor } from './requestor.ts'

/** A peer that goes on after C-CANCEL is aborted. */
const PATIENCE_MS = 5000

/** From now on cancelling sends C-CANCEL for the message (PS3.7 9.3.2.3); the final response is then awaited. */
export function askToStop(
  requestor: Requestor,
  context: AcceptedContext,
  messageID: number,
  patienceMs = PATIENCE_MS,
): { asked: boolean } {
  const state = { asked: false }
  requestor.cancelRequest = () => {
    requestor.cancelRequest = undefined
    state.asked = true
    requestor.send(context, {
      commandField: commandField.cCancelRequest,
      hasDataSet: false,
      messageIDBeingRespondedTo: messageID,
    })
    requestor.abortAfter(patienceMs)
  }
  return state
}
