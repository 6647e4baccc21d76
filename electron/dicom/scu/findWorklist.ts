import type { AttributeSet } from '#shared/dicom/attributeSet.ts'
import { MODALITY_WORKLIST_FIND } from '#shared/dicom/sopClass.ts'
import { statusClass, statusWords } from '#shared/dicom/status.ts'
import { EXPLICIT_VR_LITTLE_ENDIAN, IMPLICIT_VR_LITTLE_ENDIAN } from '#shared/dicom/transferSyntax.ts'
import { AssociationError, cancelled } from '../associationError.ts'
import { decodeAttributes, encodeAttributes } from '../dimse/attributeSetCodec.ts'
import { commandField } from '../dimse/commandField.ts'
import type { Peer } from '../nodeApi.ts'
import { askToStop } from './askToStop.ts'
import { Requestor } from './requestor.ts'

/** R093, R149: Implicit first, the one syntax that every worklist has; Explicit is accepted. */
export const worklistContexts = [
  {
    id: 1,
    abstractSyntax: MODALITY_WORKLIST_FIND,
    transferSyntaxes: [IMPLICIT_VR_LITTLE_ENDIAN, EXPLICIT_VR_LITTLE_ENDIAN],
  },
]

/** PS3.4 K.4.1. 0xFF01 is a match as 0xFF00 is: the peer left out keys that it does not know. */
export async function* findWorklist(peer: Peer, keys: AttributeSet, signal: AbortSignal): AsyncGenerator<AttributeSet> {
  const requestor = await Requestor.open(peer, worklistContexts, signal)
  try {
    const context = requestor.contextFor(MODALITY_WORKLIST_FIND)
    if (!context) throw new AssociationError('NO_CONTEXT', 'The peer offers no modality worklist')
    const messageID = requestor.nextMessageID()
    const command = {
      commandField: commandField.cFindRequest,
      hasDataSet: true,
      affectedSOPClassUID: MODALITY_WORKLIST_FIND,
      messageID,
      priority: 0,
    }
    requestor.send(context, command, encodeAttributes(keys, context.transferSyntax))
    const stop = askToStop(requestor, context, messageID)
    while (true) {
      const { command: response, identifier } = await requestor.next()
      const status = response.status ?? -1
      if (stop.asked) {
        if (statusClass(status) === 'pending') continue
        throw cancelled()
      }
      if (statusClass(status) === 'pending') {
        if (!identifier) {
          requestor.abort()
          throw new AssociationError('ABORTED', 'The peer announces a match and does not say which')
        }
        yield decodeAttributes(identifier, context.transferSyntax)
        continue
      }
      requestor.cancelRequest = undefined
      if (statusClass(status) === 'success') return
      const { errorComment } = response
      const details = errorComment === undefined ? { status } : { status, errorComment }
      throw new AssociationError('DIMSE', `The peer answered ${statusWords(status)}`, details)
    }
  } finally {
    await requestor.release()
  }
}
