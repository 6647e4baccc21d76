import type { ArchiveWriterApi } from '#electron/archive/archiveApi.ts'
import { type CommitmentReport, TRANSACTION_INSTANCES_MAX } from '#electron/commitment/commitment.ts'
import type { Remote } from '#electron/threads/remote.ts'
import { PROCESSING_FAILURE, SUCCESS } from '#shared/dicom/status.ts'
import {
  EXPLICIT_VR_BIG_ENDIAN,
  EXPLICIT_VR_LITTLE_ENDIAN,
  IMPLICIT_VR_LITTLE_ENDIAN,
} from '#shared/dicom/transferSyntax.ts'
import { isAcceptableUID } from '#shared/dicom/uid.ts'
import { AssociationError } from '../associationError.ts'
import { commandField } from '../dimse/commandField.ts'
import type { CommandSet } from '../dimse/commandSet.ts'
import { DimseError } from '../dimse/dimseError.ts'
import type { DataSetSink } from '../dimse/messageReader.ts'
import {
  type CommitmentDataSet,
  decodeCommitment,
  REQUEST_ACTION,
  reportEvent,
  STORAGE_COMMITMENT_INSTANCE,
  STORAGE_COMMITMENT_PUSH,
} from '../dimse/storageCommitment.ts'
import { sendCommitmentReport } from '../scu/sendCommitmentReport.ts'
import type { AcceptedContext } from '../upperLayer/acceptContexts.ts'
import type { ServedAssociation, Service } from './service.ts'

export type CommitmentArchive = Pick<Remote<ArchiveWriterApi>, 'beginCommitment' | 'answerCommitment'>

/** PS3.7 10.1.4.1.10 and 10.1.1.1.8. */
const NO_SUCH_INSTANCE = 0x0112
const NO_SUCH_EVENT = 0x0113
const INVALID_ARGUMENT = 0x0115
const NO_SUCH_ACTION = 0x0123
const NOT_AUTHORIZED = 0x0124
const RESOURCE_LIMITATION = 0x0213

/** About 150 bytes an instance. */
const DATA_SET_MAX_BYTES = 8 * 1024 * 1024
const uncompressed = new Set([IMPLICIT_VR_LITTLE_ENDIAN, EXPLICIT_VR_LITTLE_ENDIAN, EXPLICIT_VR_BIG_ENDIAN])
const isCommitment = (uid: string) => uid === STORAGE_COMMITMENT_PUSH
const supportsTransferSyntax = (uid: string) => uncompressed.has(uid)

/** Associations on which commitment was asked for: as long as one is open its answer goes there (PS3.4 J.3.3). */
export class CommitmentRequesters {
  private readonly open = new Map<string, { association: ServedAssociation; context: AcceptedContext }>()

  remember(association: ServedAssociation, context: AcceptedContext): void {
    for (const [id, { association: known }] of this.open) if (!known.requests.isOpen) this.open.delete(id)
    this.open.set(association.id, { association, context })
  }

  isOpen(associationId: string): boolean {
    return this.open.get(associationId)?.association.requests.isOpen === true
  }

  /** Rejects with AssociationError. */
  async report(associationId: string, report: CommitmentReport): Promise<void> {
    const found = this.open.get(associationId)
    if (!found) throw new AssociationError('LOST', 'The association is over')
    await sendCommitmentReport(found.association.requests, found.context, report)
  }
}

/**
 * PS3.4 J, both ways: others ask us to answer for what they stored here, and answer what we asked of them. Whatever comes
 * is on disk before it is acknowledged.
 */
export function storageCommitment(archive: CommitmentArchive, requesters: CommitmentRequesters): Service {
  return {
    name: 'Storage Commitment Push Model',
    serviceClass: 'storageCommitment',
    commandFields: [commandField.nActionRequest, commandField.nEventReportRequest],
    supports: isCommitment,
    supportsTransferSyntax,
    performs: { supports: isCommitment, supportsTransferSyntax },
    request(association, context, command) {
      const isAction = command.commandField === commandField.nActionRequest
      const answer = async (bytes: Buffer | undefined) => {
        const release = association.hold()
        try {
          if (isAction && association.configuration.onlyCommitmentReports)
            throw new DimseError(NOT_AUTHORIZED, 'This workstation answers no storage commitment requests')
          if (isAction) await takeRequest(archive, association, context, command, bytes)
          else await takeReport(archive, association, context, command, bytes)
          if (isAction) requesters.remember(association, context)
          association.respond(context, command, { status: SUCCESS, ...named(command) })
        } catch (error) {
          association.respond(context, command, { ...failureOf(error), ...named(command) })
        } finally {
          release()
        }
        if (isAction) association.report({ kind: 'commitmentRequested' })
      }
      if (command.hasDataSet) return collect((bytes) => void answer(bytes))
      void answer(undefined)
      return undefined
    },
  }
}

async function takeRequest(
  archive: CommitmentArchive,
  association: ServedAssociation,
  context: AcceptedContext,
  command: CommandSet,
  bytes: Buffer | undefined,
): Promise<void> {
  checkInstance(command.requestedSOPInstanceUID)
  if (command.actionTypeID !== REQUEST_ACTION) throw new DimseError(NO_SUCH_ACTION, 'The action type is not known')
  const { transactionUID, committed } = read(bytes, context)
  if (committed.length === 0) throw new DimseError(INVALID_ARGUMENT, 'The request names no instance')
  const { callingAETitle, calledAETitle, address } = association.party
  const requestId = await archive.beginCommitment({
    ...{ transactionUID, callingAETitle, calledAETitle, address },
    associationId: association.id,
    requestedAt: Date.now(),
    references: committed,
  })
  if (requestId === undefined)
    throw new DimseError(RESOURCE_LIMITATION, 'Too many of your transactions wait for their answer')
}

async function takeReport(
  archive: CommitmentArchive,
  association: ServedAssociation,
  context: AcceptedContext,
  command: CommandSet,
  bytes: Buffer | undefined,
): Promise<void> {
  const transferId = await acceptReport(archive, context, command, bytes)
  association.report({ kind: 'commitmentAnswered', transferId })
}

/** An N-EVENT-REPORT, on whichever association it comes. Throws DimseError when it answers nothing that we asked. */
export async function acceptReport(
  archive: CommitmentArchive,
  context: AcceptedContext,
  command: CommandSet,
  bytes: Buffer | undefined,
): Promise<string> {
  checkInstance(command.affectedSOPInstanceUID)
  const { eventTypeID } = command
  if (eventTypeID !== reportEvent.allCommitted && eventTypeID !== reportEvent.failuresExist)
    throw new DimseError(NO_SUCH_EVENT, 'The event type is not known')
  const { transactionUID, committed, failed } = read(bytes, context)
  const transferId = await archive.answerCommitment({ transactionUID, committed, failed })
  if (transferId === undefined) throw new DimseError(INVALID_ARGUMENT, 'No transaction of ours has this UID')
  return transferId
}

function checkInstance(sopInstanceUID: string | undefined): void {
  if (sopInstanceUID !== STORAGE_COMMITMENT_INSTANCE)
    throw new DimseError(NO_SUCH_INSTANCE, 'The instance is not the well-known one of storage commitment')
}

function read(bytes: Buffer | undefined, { transferSyntax }: AcceptedContext): CommitmentDataSet {
  if (!bytes || bytes.length > DATA_SET_MAX_BYTES)
    throw bytes
      ? new DimseError(RESOURCE_LIMITATION, 'The list of instances is too long')
      : new DimseError(INVALID_ARGUMENT, 'The request has no data set')
  let dataSet: CommitmentDataSet
  try {
    dataSet = decodeCommitment(bytes, transferSyntax)
  } catch {
    throw new DimseError(INVALID_ARGUMENT, 'The data set cannot be read')
  }
  if (!isAcceptableUID(dataSet.transactionUID)) throw new DimseError(INVALID_ARGUMENT, 'The Transaction UID is missing')
  if (dataSet.unusable > 0) throw new DimseError(INVALID_ARGUMENT, 'An item lacks its SOP Instance UID')
  if (dataSet.committed.length + dataSet.failed.length > TRANSACTION_INSTANCES_MAX)
    throw new DimseError(RESOURCE_LIMITATION, `At most ${TRANSACTION_INSTANCES_MAX} instances in one transaction`)
  return dataSet
}

export function failureOf(error: unknown): { status: number; errorComment: string } {
  if (error instanceof DimseError) return { status: error.status, errorComment: error.message }
  return { status: PROCESSING_FAILURE, errorComment: 'The transaction cannot be kept' }
}

function named({ actionTypeID, eventTypeID }: CommandSet): Partial<CommandSet> {
  return {
    affectedSOPInstanceUID: STORAGE_COMMITMENT_INSTANCE,
    ...(actionTypeID === undefined ? {} : { actionTypeID }),
    ...(eventTypeID === undefined ? {} : { eventTypeID }),
  }
}

/** What is longer than we take is read to its end, so that the answer can say so; one chunk beyond the limit is kept. */
export function collect(deliver: (bytes: Buffer) => void): DataSetSink {
  const parts: Buffer[] = []
  let length = 0
  return {
    write(bytes) {
      if (length > DATA_SET_MAX_BYTES) return
      length += bytes.length
      parts.push(Buffer.from(bytes))
    },
    end: () => deliver(Buffer.concat(parts, length)),
    abort() {},
  }
}
