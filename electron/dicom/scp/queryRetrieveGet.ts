import { isStorage, PATIENT_ROOT_GET, STUDY_ROOT_GET } from '#shared/dicom/sopClass.ts'
import { TRANSFER_SYNTAXES } from '#shared/dicom/transferSyntax.ts'
import { AssociationError } from '../associationError.ts'
import { commandField } from '../dimse/commandField.ts'
import type { InstanceToSend, SendOutcome } from '../nodeApi.ts'
import { ReadAhead } from '../scu/readAhead.ts'
import { type Sending, sendInstance } from '../scu/sendInstance.ts'
import { allocateStaging } from '../scu/store.ts'
import { Transcoder } from '../transcode/transcoder.ts'
import { answerIdentifier } from './queryRetrieveAnswer.ts'
import { agreeOn, isIdentifierSyntax } from './queryRetrieveModel.ts'
import { type RetrieveArchive, type RetrieveRequest, retrieve } from './queryRetrieveSelect.ts'
import type { Service } from './service.ts'

/** PS3.4 C.4.3: on the association of the request, in contexts for which the peer took the role of SCP. */
export function queryRetrieveGet(archive: RetrieveArchive): Service {
  return {
    name: 'Query/Retrieve - GET',
    serviceClass: 'queryRetrieve',
    commandFields: [commandField.cGetRequest],
    supports: (uid) => uid === STUDY_ROOT_GET || uid === PATIENT_ROOT_GET,
    supportsTransferSyntax: isIdentifierSyntax,
    agreeOn: (information) => agreeOn(information, false),
    performs: {
      supports: (uid) => isStorage(uid) || !uid.startsWith('1.2.840.10008.'),
      supportsTransferSyntax: (uid) => TRANSFER_SYNTAXES.has(uid),
    },
    request: (association, context, command, signal) =>
      answerIdentifier(association, context, command, async (identifier) => {
        const transcoder = new Transcoder()
        try {
          const request: RetrieveRequest = { archive, association, context, command, signal }
          await retrieve(request, identifier, () => gets(request, transcoder))
        } finally {
          transcoder.close()
        }
      }),
  }
}

function gets({ association, signal }: RetrieveRequest, transcoder: Transcoder) {
  const { requests } = association
  const sending: Sending = {
    channel: requests,
    contextFor: (abstractSyntax, fits) => requests.contextFor(abstractSyntax, fits),
    peerName: association.party.callingAETitle,
    transcoder,
    staging: allocateStaging(),
    ahead: new ReadAhead(),
  }
  return async function* (instances: InstanceToSend[]): AsyncGenerator<SendOutcome> {
    try {
      for (const [index, instance] of instances.entries()) {
        if (signal.aborted) return
        yield await sendInstance(sending, instance, instances[index + 1])
      }
    } catch (error) {
      // The association is over: nobody is left to be told.
      if (!(error instanceof AssociationError)) throw error
    } finally {
      sending.ahead.drop()
    }
  }
}
