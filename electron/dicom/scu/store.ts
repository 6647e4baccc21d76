import { AssociationError } from '../associationError.ts'
import { commandField } from '../dimse/commandField.ts'
import { type CommandSet, encodeCommandSet } from '../dimse/commandSet.ts'
import { control, FRAGMENT_OVERHEAD, fragmentLength, writeFragmentHeader } from '../dimse/encodeMessage.ts'
import type { RequestChannel, Response } from '../dimse/requestChannel.ts'
import type { AcceptedContext } from '../upperLayer/acceptContexts.ts'
import { LARGEST_PDU_LENGTH } from '../upperLayer/pduType.ts'
import type { DataSetSource } from './storedDataSet.ts'

/** The cause of an abort of ours: half-way through, the stored file could not be read on. */
export const UNREADABLE = 'the stored file cannot be read'
const STAGING_BYTES = LARGEST_PDU_LENGTH + 4096

/** What an association needs to send by, whatever the size of the objects. */
export function allocateStaging(): Buffer {
  return Buffer.allocUnsafeSlow(STAGING_BYTES)
}

export interface ObjectToStore {
  sopClassUID: string
  sopInstanceUID: string
  dataSet: DataSetSource
  originator?: MoveOriginator | undefined
}

/** Who asked for the C-MOVE of which this is a sub-operation (PS3.7 9.1.1.1.6). */
export interface MoveOriginator {
  aeTitle: string
  messageID: number
}

/**
 * One C-STORE (PS3.7 9.1.1). The data set goes from the file into PDUs in `staging` and from there to the socket; many
 * PDUs make one write. Rejects with AssociationError when no answer comes.
 */
export async function store(
  channel: RequestChannel,
  context: AcceptedContext,
  { sopClassUID, sopInstanceUID, dataSet, originator }: ObjectToStore,
  staging: Buffer,
): Promise<Response> {
  const messageID = channel.nextMessageID()
  const request: CommandSet = {
    commandField: commandField.cStoreRequest,
    hasDataSet: true,
    affectedSOPClassUID: sopClassUID,
    affectedSOPInstanceUID: sopInstanceUID,
    messageID,
    priority: 0,
    ...(originator ? { moveOriginatorAETitle: originator.aeTitle, moveOriginatorMessageID: originator.messageID } : {}),
  }
  channel.expect(context, request)
  const command = encodeCommandSet(request)
  const most = Math.min(fragmentLength(channel.pduLength), staging.length - FRAGMENT_OVERHEAD)
  let at = writeFragmentHeader(staging, 0, context.id, control.command | control.last, command.length)
  staging.set(command, at)
  at += command.length
  while (dataSet.left > 0) {
    const room = (staging.length - at - FRAGMENT_OVERHEAD) & ~1
    // A fragment is cut short at the staging's end only when that saves more than it costs.
    if (room < Math.min(most, dataSet.left) && (room < most / 2 || at > staging.length / 2)) {
      await channel.write(staging.subarray(0, at))
      if (!channel.isOpen) break
      at = 0
      continue
    }
    const length = Math.min(most, dataSet.left, room)
    const last = length === dataSet.left ? control.last : 0
    at = writeFragmentHeader(staging, at, context.id, control.data | last, length)
    try {
      dataSet.read(staging, at, length)
    } catch (error) {
      // Half of a message is on its way: there is no other way to end it.
      channel.abort()
      const why = error instanceof Error ? error.message : 'The stored file cannot be read'
      throw new AssociationError('ABORTED', why, { cause: UNREADABLE })
    }
    at += length
  }
  const written = channel.write(staging.subarray(0, at))
  const response = await channel.next()
  await written
  return response
}
