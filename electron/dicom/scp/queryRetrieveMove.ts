import { PATIENT_ROOT_MOVE, STUDY_ROOT_MOVE } from '#shared/dicom/sopClass.ts'
import { MOVE_DESTINATION_UNKNOWN } from '#shared/dicom/status.ts'
import { AssociationError } from '../associationError.ts'
import { commandField } from '../dimse/commandField.ts'
import { DimseError } from '../dimse/dimseError.ts'
import type { InstanceToSend, Peer, SendOutcome } from '../nodeApi.ts'
import { send } from '../scu/send.ts'
import { answerIdentifier } from './queryRetrieveAnswer.ts'
import { agreeOn, isIdentifierSyntax } from './queryRetrieveModel.ts'
import { type RetrieveArchive, type RetrieveRequest, retrieve } from './queryRetrieveSelect.ts'
import type { ServedAssociation, Service } from './service.ts'

/** The caller hears of its C-CANCEL within a second, whatever the destination does. */
const CANCEL_GRACE_MS = 500

/** PS3.4 C.4.2: to a server of the editor, over associations of our own. */
export function queryRetrieveMove(archive: RetrieveArchive): Service {
  return {
    name: 'Query/Retrieve - MOVE',
    serviceClass: 'queryRetrieve',
    commandFields: [commandField.cMoveRequest],
    supports: (uid) => uid === STUDY_ROOT_MOVE || uid === PATIENT_ROOT_MOVE,
    supportsTransferSyntax: isIdentifierSyntax,
    agreeOn: (information) => agreeOn(information, false),
    request: (association, context, command, signal) =>
      answerIdentifier(association, context, command, (identifier) => {
        const request: RetrieveRequest = { archive, association, context, command, signal }
        return retrieve(request, identifier, () => moves(request), CANCEL_GRACE_MS)
      }),
  }
}

function moves({ association, command, signal }: RetrieveRequest) {
  const peer = destination(association, command.moveDestination ?? '')
  const originator = { aeTitle: association.party.callingAETitle, messageID: command.messageID ?? 0 }
  let unreachable = false
  return async function* (instances: InstanceToSend[]): AsyncGenerator<SendOutcome> {
    if (unreachable) {
      for (const instance of instances) yield lost(instance)
      return
    }
    try {
      yield* send(peer, instances, signal, originator)
    } catch (error) {
      // Each instance has its outcome already; there is no sense in calling again for the next ones.
      if (!(error instanceof AssociationError)) throw error
      unreachable = error.code !== 'NO_CONTEXT'
    }
  }
}

/** Of several servers with the same AE title the one at the caller's address is meant, if there is one. */
function destination({ configuration, party }: ServedAssociation, aeTitle: string): Peer {
  const known = configuration.destinations.filter((peer) => peer.calledAETitle === aeTitle.trim())
  const found = known.find(({ host }) => host === party.address) ?? known[0]
  if (!found) throw new DimseError(MOVE_DESTINATION_UNKNOWN, `No server here has the AE title ${aeTitle}`)
  return found
}

function lost({ instanceId, sopInstanceUID, bytes }: InstanceToSend): SendOutcome {
  return { instanceId, sopInstanceUID, status: undefined, outcome: 'failure', note: undefined, bytes }
}
