import { STUDY_ROOT_FIND } from '#shared/dicom/sopClass.ts'
import { statusClass, statusWords } from '#shared/dicom/status.ts'
import {
  EXPLICIT_VR_BIG_ENDIAN,
  EXPLICIT_VR_LITTLE_ENDIAN,
  IMPLICIT_VR_LITTLE_ENDIAN,
} from '#shared/dicom/transferSyntax.ts'
import { AssociationError, cancelled } from '../associationError.ts'
import { commandField } from '../dimse/commandField.ts'
import { decodeIdentifier, encodeIdentifier } from '../dimse/identifier.ts'
import type { FindQuery, Match, Peer } from '../nodeApi.ts'
import { askToStop } from './askToStop.ts'
import { Requestor } from './requestor.ts'

/** One context a syntax would let the peer choose per message; one for all is what every peer handles (R148). */
export function uncompressedContext(abstractSyntax: string) {
  const transferSyntaxes = [EXPLICIT_VR_LITTLE_ENDIAN, IMPLICIT_VR_LITTLE_ENDIAN, EXPLICIT_VR_BIG_ENDIAN]
  return { id: 1, abstractSyntax, transferSyntaxes }
}

/** PS3.4 C.4.1. Cancelled it sends C-CANCEL, and ends with CANCELLED whatever the peer makes of that. */
export async function* find(peer: Peer, query: FindQuery, signal: AbortSignal): AsyncGenerator<Match> {
  const requestor = await Requestor.open(peer, [uncompressedContext(STUDY_ROOT_FIND)], signal)
  try {
    const context = requestor.contextFor(STUDY_ROOT_FIND)
    if (!context) throw new AssociationError('NO_CONTEXT', 'The peer does not accept Study Root FIND')
    const messageID = requestor.nextMessageID()
    const identifier = encodeIdentifier({ ...query.keys, QueryRetrieveLevel: query.level }, context.transferSyntax)
    requestor.send(
      context,
      {
        commandField: commandField.cFindRequest,
        hasDataSet: true,
        affectedSOPClassUID: STUDY_ROOT_FIND,
        messageID,
        priority: 0,
      },
      identifier,
    )
    const stop = askToStop(requestor, context, messageID)
    while (true) {
      const { command, identifier: match } = await requestor.next()
      const status = command.status ?? -1
      if (stop.asked) {
        if (statusClass(status) === 'pending') continue
        throw cancelled()
      }
      if (statusClass(status) === 'pending') {
        if (match) yield decodeIdentifier(match, context.transferSyntax)
        continue
      }
      if (statusClass(status) === 'success') return
      const { errorComment } = command
      throw new AssociationError('DIMSE', `The peer answered ${statusWords(status)}`, {
        status,
        ...(errorComment === undefined ? {} : { errorComment }),
      })
    }
  } finally {
    await requestor.release()
  }
}
