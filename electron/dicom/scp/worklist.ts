import { setImmediate } from 'node:timers/promises'
import type { ArchiveReaderApi } from '#electron/archive/archiveApi.ts'
import type { Remote } from '#electron/threads/remote.ts'
import { textIn } from '#shared/dicom/attributeSet.ts'
import { MODALITY_WORKLIST_FIND } from '#shared/dicom/sopClass.ts'
import { CANCELLED, PENDING, PENDING_WITH_WARNING, SUCCESS } from '#shared/dicom/status.ts'
import { encodeAttributes } from '../dimse/attributeSetCodec.ts'
import { commandField } from '../dimse/commandField.ts'
import type { CommandSet } from '../dimse/commandSet.ts'
import type { AcceptedContext } from '../upperLayer/acceptContexts.ts'
import { answerIdentifier } from './queryRetrieveAnswer.ts'
import { isIdentifierSyntax } from './queryRetrieveModel.ts'
import type { ServedAssociation, Service } from './service.ts'
import { answerTo, forStation, readWorklistQuery } from './worklistQuery.ts'

export type WorklistArchive = Pick<Remote<ArchiveReaderApi>, 'worklistItems'>

/** PS3.4 K as SCP: the open requests of the front desk. */
export function worklist(archive: WorklistArchive): Service {
  return {
    name: 'Modality Worklist - FIND',
    serviceClass: 'worklist',
    commandFields: [commandField.cFindRequest],
    supports: (uid) => uid === MODALITY_WORKLIST_FIND,
    supportsTransferSyntax: isIdentifierSyntax,
    request: (association, context, command, signal) =>
      answerIdentifier(association, context, command, (identifier) =>
        answer({ archive, association, context, command, signal }, identifier),
      ),
  }
}

interface Request {
  archive: WorklistArchive
  association: ServedAssociation
  context: AcceptedContext
  command: CommandSet
  signal: AbortSignal
}

async function answer({ archive, association, context, command, signal }: Request, identifier: Buffer): Promise<void> {
  const { callingAETitle } = association.party
  const device = association.configuration.known.find(({ aeTitle }) => aeTitle === callingAETitle)
  const asked = readWorklistQuery(identifier, context.transferSyntax, callingAETitle)
  const query = forStation(asked, device?.scheduledAETitle ?? '')
  const askedIn = textIn(query.keys, 'SpecificCharacterSet')
  for await (const page of archive.worklistItems(query, signal)) {
    if (signal.aborted) break
    for (const item of page) {
      const { answer: match, knowsAll } = answerTo(query.keys, item)
      const bytes = encodeAttributes(match, context.transferSyntax, askedIn)
      association.respond(context, command, { status: knowsAll ? PENDING : PENDING_WITH_WARNING }, bytes)
    }
    await association.drained()
    // Others have a turn, and the C-CANCEL that may be there is read.
    await setImmediate()
  }
  association.respond(context, command, { status: signal.aborted ? CANCELLED : SUCCESS })
}
