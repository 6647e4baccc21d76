import { CANNOT_UNDERSTAND, DATA_SET_DOES_NOT_MATCH_SOP_CLASS } from '#shared/dicom/status.ts'
import type { CommandSet } from '../dimse/commandSet.ts'
import { DimseError } from '../dimse/dimseError.ts'
import { collectIdentifier } from '../dimse/identifierSink.ts'
import type { DataSetSink } from '../dimse/messageReader.ts'
import type { AcceptedContext } from '../upperLayer/acceptContexts.ts'
import type { ServedAssociation } from './service.ts'

/** Collects the identifier of a query or retrieve; what its answer throws becomes the final response. */
export function answerIdentifier(
  association: ServedAssociation,
  context: AcceptedContext,
  command: CommandSet,
  answer: (identifier: Buffer) => Promise<void>,
): DataSetSink | undefined {
  const refuse = (error: unknown) => {
    const { status, message } =
      error instanceof DimseError ? error : new DimseError(CANNOT_UNDERSTAND, 'The archive cannot be asked now')
    association.respond(context, command, { status, errorComment: message })
  }
  if (command.affectedSOPClassUID !== undefined && command.affectedSOPClassUID !== context.abstractSyntax) {
    refuse(
      new DimseError(DATA_SET_DOES_NOT_MATCH_SOP_CLASS, 'The SOP class is not the one of the presentation context'),
    )
    return undefined
  }
  if (!command.hasDataSet) {
    refuse(new DimseError(DATA_SET_DOES_NOT_MATCH_SOP_CLASS, 'The request has no identifier'))
    return undefined
  }
  return collectIdentifier((identifier) => void answer(identifier).catch(refuse))
}
