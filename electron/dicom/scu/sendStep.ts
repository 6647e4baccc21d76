import { MODALITY_PERFORMED_PROCEDURE_STEP } from '#shared/dicom/sopClass.ts'
import { statusClass, statusWords } from '#shared/dicom/status.ts'
import { EXPLICIT_VR_LITTLE_ENDIAN, IMPLICIT_VR_LITTLE_ENDIAN } from '#shared/dicom/transferSyntax.ts'
import { AssociationError } from '../associationError.ts'
import { encodeAttributes } from '../dimse/attributeSetCodec.ts'
import { commandField } from '../dimse/commandField.ts'
import type { Peer, StepMessage } from '../nodeApi.ts'
import { Requestor } from './requestor.ts'

export const stepContexts = [
  {
    id: 1,
    abstractSyntax: MODALITY_PERFORMED_PROCEDURE_STEP,
    transferSyntaxes: [IMPLICIT_VR_LITTLE_ENDIAN, EXPLICIT_VR_LITTLE_ENDIAN],
  },
]

/** N-CREATE and N-SET of PS3.4 F.7.2. */
export async function sendStep(
  peer: Peer,
  { kind, sopInstanceUID, attributes }: StepMessage,
  signal: AbortSignal,
): Promise<{ status: number }> {
  const requestor = await Requestor.open(peer, stepContexts, signal)
  try {
    const context = requestor.contextFor(MODALITY_PERFORMED_PROCEDURE_STEP)
    if (!context) throw new AssociationError('NO_CONTEXT', 'The peer takes no performed procedure steps')
    const named =
      kind === 'create'
        ? {
            commandField: commandField.nCreateRequest,
            affectedSOPClassUID: MODALITY_PERFORMED_PROCEDURE_STEP,
            affectedSOPInstanceUID: sopInstanceUID,
          }
        : {
            commandField: commandField.nSetRequest,
            requestedSOPClassUID: MODALITY_PERFORMED_PROCEDURE_STEP,
            requestedSOPInstanceUID: sopInstanceUID,
          }
    const command = { ...named, hasDataSet: true, messageID: requestor.nextMessageID() }
    requestor.send(context, command, encodeAttributes(attributes, context.transferSyntax))
    const { command: response } = await requestor.next()
    const status = response.status ?? -1
    const outcome = statusClass(status)
    if (outcome === 'success' || outcome === 'warning') return { status }
    const { errorComment } = response
    const details = errorComment === undefined ? { status } : { status, errorComment }
    throw new AssociationError('DIMSE', `The peer answered ${statusWords(status)}`, details)
  } finally {
    await requestor.release()
  }
}
