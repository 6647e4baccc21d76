import { SUCCESS, statusClass, statusWords } from '#shared/dicom/status.ts'
import { AssociationError } from '../associationError.ts'
import { commandField } from '../dimse/commandField.ts'
import type { CommandSet } from '../dimse/commandSet.ts'
import type { DataSetSink } from '../dimse/messageReader.ts'
import {
  commitmentContexts,
  encodeCommitmentRequest,
  REQUEST_ACTION,
  STORAGE_COMMITMENT_INSTANCE,
  STORAGE_COMMITMENT_PUSH,
} from '../dimse/storageCommitment.ts'
import type { CommitmentToAsk, Peer } from '../nodeApi.ts'
import { acceptReport, type CommitmentArchive, collect, failureOf } from '../scp/storageCommitment.ts'
import type { AcceptedContext } from '../upperLayer/acceptContexts.ts'
import { Requestor } from './requestor.ts'

/**
 * N-ACTION (PS3.4 J.3.2). Resolves when the peer has taken the request: `answered` says whether its report came on the
 * same association within `waitMs`; a later one comes to our listener. Rejects with AssociationError.
 */
export async function requestCommitment(
  archive: CommitmentArchive,
  peer: Peer,
  { transactionUID, references, waitMs }: CommitmentToAsk,
  signal: AbortSignal,
): Promise<{ answered: boolean }> {
  const reported = Promise.withResolvers<void>()
  const onRequest = (channel: Requestor, context: AcceptedContext, command: CommandSet): DataSetSink | undefined => {
    const answer = async (bytes: Buffer | undefined) => {
      const base = { affectedSOPInstanceUID: STORAGE_COMMITMENT_INSTANCE }
      const event = command.eventTypeID === undefined ? {} : { eventTypeID: command.eventTypeID }
      try {
        if (command.commandField !== commandField.nEventReportRequest)
          throw new AssociationError('DIMSE', 'The peer asks for something else')
        await acceptReport(archive, context, command, bytes)
        channel.respond(context, command, { status: SUCCESS, ...base, ...event })
        reported.resolve()
      } catch (error) {
        channel.respond(context, command, { ...failureOf(error), ...base, ...event })
      }
    }
    if (command.hasDataSet) return collect((bytes) => void answer(bytes))
    void answer(undefined)
    return undefined
  }
  const requestor = await Requestor.open(peer, commitmentContexts, signal, { onRequest })
  try {
    const context = requestor.contextFor(STORAGE_COMMITMENT_PUSH)
    if (!context) throw new AssociationError('NO_CONTEXT', 'The peer offers no storage commitment')
    requestor.send(
      context,
      {
        commandField: commandField.nActionRequest,
        hasDataSet: true,
        messageID: requestor.nextMessageID(),
        requestedSOPClassUID: STORAGE_COMMITMENT_PUSH,
        requestedSOPInstanceUID: STORAGE_COMMITMENT_INSTANCE,
        actionTypeID: REQUEST_ACTION,
      },
      encodeCommitmentRequest(transactionUID, references, context.transferSyntax),
    )
    const { command } = await requestor.next()
    const status = command.status ?? -1
    const kind = statusClass(status)
    if (kind !== 'success' && kind !== 'warning') {
      const { errorComment } = command
      const details = errorComment === undefined ? { status } : { status, errorComment }
      throw new AssociationError('DIMSE', `The peer answered ${statusWords(status)}`, details)
    }
    return { answered: await within(reported.promise, waitMs, requestor, signal) }
  } finally {
    await requestor.release()
  }
}

const LOOK_EVERY_MS = 100

/** Also ends when the peer goes away: its report comes on another association then. */
async function within(
  report: Promise<void>,
  waitMs: number,
  requestor: Requestor,
  signal: AbortSignal,
): Promise<boolean> {
  let answered = false
  void report.then(() => {
    answered = true
  })
  const deadline = performance.now() + waitMs
  while (!answered && requestor.isOpen && !signal.aborted && performance.now() < deadline)
    await Promise.race([report, new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS))])
  return answered
}
