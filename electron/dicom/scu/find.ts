import { PATIENT_ROOT_FIND } from '#shared/dicom/sopClass.ts'
import { statusClass, statusWords } from '#shared/dicom/status.ts'
import { AssociationError, cancelled } from '../associationError.ts'
import { commandField } from '../dimse/commandField.ts'
import { decodeIdentifier, encodeIdentifier, type Identifier } from '../dimse/identifier.ts'
import type { FindQuery, Match, Peer, QueryRetrieveLevel } from '../nodeApi.ts'
import type { AcceptedContext } from '../upperLayer/acceptContexts.ts'
import { askToStop } from './askToStop.ts'
import { type Ask, belowPatients } from './belowPatients.ts'
import { acceptedRoot, proposedRoots } from './queryRoot.ts'
import { Requestor } from './requestor.ts'

/** PS3.4 C.4.1. Cancelled it sends C-CANCEL, and ends with CANCELLED whatever the peer makes of that. */
export async function* find(peer: Peer, query: FindQuery, signal: AbortSignal): AsyncGenerator<Match> {
  const requestor = await Requestor.open(peer, proposedRoots('FIND', peer.queryRoot), signal, {
    // Relational queries (PS3.4 C.5.1.1): in the Patient Root nobody else may ask for a study without its patient.
    extended: peer.queryRoot === 'patient' ? [{ sopClassUID: PATIENT_ROOT_FIND, information: Uint8Array.of(1) }] : [],
  })
  try {
    const { root, context } = acceptedRoot(requestor, 'FIND', peer)
    const ask: Ask = (level, keys) => matchesOf(requestor, context, level, keys)
    yield* root === 'study' ? ask(query.level, query.keys) : belowPatients(ask, query)
  } finally {
    await requestor.release()
  }
}

async function* matchesOf(
  requestor: Requestor,
  context: AcceptedContext,
  level: QueryRetrieveLevel,
  keys: Identifier,
): AsyncGenerator<Match> {
  const messageID = requestor.nextMessageID()
  const command = {
    commandField: commandField.cFindRequest,
    hasDataSet: true,
    affectedSOPClassUID: context.abstractSyntax,
    messageID,
    priority: 0,
  }
  requestor.send(context, command, encodeIdentifier({ ...keys, QueryRetrieveLevel: level }, context.transferSyntax))
  const stop = askToStop(requestor, context, messageID)
  while (true) {
    const { command, identifier: match } = await requestor.next()
    const status = command.status ?? -1
    if (stop.asked) {
      if (statusClass(status) === 'pending') continue
      throw cancelled()
    }
    if (statusClass(status) === 'pending') {
      // PS3.4 C.4.1.1.4.2: a pending response has an identifier. Without one it could go on for ever, and nobody would see.
      if (!match) {
        requestor.abort()
        throw new AssociationError('ABORTED', 'The peer announces a match and does not say which')
      }
      yield decodeIdentifier(match, context.transferSyntax)
      continue
    }
    requestor.cancelRequest = undefined
    if (statusClass(status) === 'success') return
    const { errorComment } = command
    throw new AssociationError('DIMSE', `The peer answered ${statusWords(status)}`, {
      status,
      ...(errorComment === undefined ? {} : { errorComment }),
    })
  }
}
