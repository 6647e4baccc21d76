import type { CommitmentReport } from '#electron/commitment/commitment.ts'
import { statusClass, statusWords } from '#shared/dicom/status.ts'
import { AssociationError } from '../associationError.ts'
import { commandField } from '../dimse/commandField.ts'
import type { RequestChannel } from '../dimse/requestChannel.ts'
import {
  commitmentContexts,
  encodeCommitmentReport,
  reportEvent,
  reporterRole,
  STORAGE_COMMITMENT_INSTANCE,
  STORAGE_COMMITMENT_PUSH,
} from '../dimse/storageCommitment.ts'
import type { Peer } from '../nodeApi.ts'
import type { AcceptedContext } from '../upperLayer/acceptContexts.ts'
import { Requestor } from './requestor.ts'

/** N-EVENT-REPORT (PS3.4 J.3.3). Resolves when the peer has acknowledged it; rejects with AssociationError otherwise. */
export async function sendCommitmentReport(
  channel: RequestChannel,
  context: AcceptedContext,
  report: CommitmentReport,
): Promise<void> {
  channel.send(
    context,
    {
      commandField: commandField.nEventReportRequest,
      hasDataSet: true,
      messageID: channel.nextMessageID(),
      affectedSOPClassUID: STORAGE_COMMITMENT_PUSH,
      affectedSOPInstanceUID: STORAGE_COMMITMENT_INSTANCE,
      eventTypeID: report.failed.length === 0 ? reportEvent.allCommitted : reportEvent.failuresExist,
    },
    encodeCommitmentReport(report, context.transferSyntax),
  )
  const { command } = await channel.next()
  const status = command.status ?? -1
  const kind = statusClass(status)
  if (kind !== 'success' && kind !== 'warning')
    throw new AssociationError('DIMSE', `The peer answered ${statusWords(status)}`, { status })
}

/**
 * On an association of its own, as SCP of the class (PS3.7 D.3.3.4). A peer that answers nothing about roles is taken at
 * its acceptance of the context: many devices leave the item out and take the report all the same.
 */
export async function dialCommitmentReport(peer: Peer, report: CommitmentReport, signal: AbortSignal): Promise<void> {
  const requestor = await Requestor.open(peer, commitmentContexts, signal, { roles: [reporterRole] })
  try {
    const context = requestor.contextFor(STORAGE_COMMITMENT_PUSH)
    const role = requestor.roles.find(({ sopClassUID }) => sopClassUID === STORAGE_COMMITMENT_PUSH)
    if (!context || (role && !role.scp))
      throw new AssociationError('NO_CONTEXT', 'The peer takes no storage commitment reports')
    await sendCommitmentReport(requestor, context, report)
  } finally {
    await requestor.release()
  }
}
