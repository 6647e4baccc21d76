import { VERIFICATION } from '#shared/dicom/sopClass.ts'
import { SUCCESS, statusWords } from '#shared/dicom/status.ts'
import { EXPLICIT_VR_LITTLE_ENDIAN, IMPLICIT_VR_LITTLE_ENDIAN } from '#shared/dicom/transferSyntax.ts'
import { AssociationError } from '../associationError.ts'
import { commandField } from '../dimse/commandField.ts'
import type { EchoAnswer, Peer } from '../nodeApi.ts'
import { Requestor } from './requestor.ts'

export const echoContexts = [
  {
    id: 1,
    abstractSyntax: VERIFICATION,
    transferSyntaxes: [IMPLICIT_VR_LITTLE_ENDIAN, EXPLICIT_VR_LITTLE_ENDIAN],
  },
]

/** PS3.4 A. The time is that of the whole test: connection, association and answer. */
export async function echo(peer: Peer, signal: AbortSignal): Promise<EchoAnswer> {
  const startedAt = performance.now()
  const requestor = await Requestor.open(peer, echoContexts, signal)
  try {
    const context = requestor.contextFor(VERIFICATION)
    if (!context) throw new AssociationError('NO_CONTEXT', 'The peer does not accept Verification')
    requestor.send(context, {
      commandField: commandField.cEchoRequest,
      hasDataSet: false,
      affectedSOPClassUID: VERIFICATION,
      messageID: requestor.nextMessageID(),
    })
    const { command } = await requestor.next()
    const elapsedMs = performance.now() - startedAt
    const status = command.status ?? -1
    if (status !== SUCCESS) throw new AssociationError('DIMSE', `The peer answered ${statusWords(status)}`, { status })
    return { elapsedMs, implementation: requestor.implementation, security: requestor.security }
  } finally {
    await requestor.release()
  }
}
