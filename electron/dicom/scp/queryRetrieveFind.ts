import { setImmediate } from 'node:timers/promises'
import type { ArchiveReaderApi } from '#electron/archive/archiveApi.ts'
import type { Remote } from '#electron/threads/remote.ts'
import { PATIENT_ROOT_FIND, STUDY_ROOT_FIND } from '#shared/dicom/sopClass.ts'
import { CANCELLED, PENDING, PENDING_WITH_WARNING, SUCCESS } from '#shared/dicom/status.ts'
import { commandField } from '../dimse/commandField.ts'
import type { CommandSet } from '../dimse/commandSet.ts'
import { matchWriter } from '../dimse/matchWriter.ts'
import type { AcceptedContext } from '../upperLayer/acceptContexts.ts'
import { answerIdentifier } from './queryRetrieveAnswer.ts'
import { askedQuery } from './queryRetrieveIdentifier.ts'
import { agreedBy, agreeOn, isIdentifierSyntax } from './queryRetrieveModel.ts'
import type { ServedAssociation, Service } from './service.ts'

/** PS3.4 C.4.1: matches go out as the archive finds them and as fast as the peer reads them. */
export function queryRetrieveFind(archive: Pick<Remote<ArchiveReaderApi>, 'query'>): Service {
  return {
    name: 'Query/Retrieve - FIND',
    serviceClass: 'queryRetrieve',
    commandFields: [commandField.cFindRequest],
    supports: (uid) => uid === STUDY_ROOT_FIND || uid === PATIENT_ROOT_FIND,
    supportsTransferSyntax: isIdentifierSyntax,
    agreeOn: (information) => agreeOn(information, true),
    request: (association, context, command, signal) =>
      answerIdentifier(association, context, command, (identifier) =>
        answer({ archive, association, context, command, signal }, identifier),
      ),
  }
}

interface Request {
  archive: Pick<Remote<ArchiveReaderApi>, 'query'>
  association: ServedAssociation
  context: AcceptedContext
  command: CommandSet
  signal: AbortSignal
}

async function answer({ archive, association, context, command, signal }: Request, identifier: Buffer): Promise<void> {
  const agreed = agreedBy(association.agreed(context.abstractSyntax), true)
  const { aeTitle } = association.configuration
  const { query, response, knowsAllKeys, characterSet } = askedQuery(identifier, context, agreed, aeTitle)
  const write = matchWriter(response, context.transferSyntax, characterSet)
  const pending = { status: knowsAllKeys ? PENDING : PENDING_WITH_WARNING }
  for await (const page of archive.query(query, signal)) {
    if (signal.aborted) break
    for (const values of page) association.respond(context, command, pending, write(values))
    await association.drained()
    // Others have a turn, and the C-CANCEL that may be there is read.
    await setImmediate()
  }
  association.respond(context, command, { status: signal.aborted ? CANCELLED : SUCCESS })
}
