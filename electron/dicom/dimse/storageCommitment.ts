import type { DataSet } from 'dicom-parser'
import type { CommitmentReport, FailedSOP, ReferencedSOP } from '#electron/commitment/commitment.ts'
import { EXPLICIT_VR_LITTLE_ENDIAN, IMPLICIT_VR_LITTLE_ENDIAN } from '#shared/dicom/transferSyntax.ts'
import { isAcceptableUID } from '#shared/dicom/uid.ts'
import { encodingOf } from '../part10/encoding.ts'
import { headerText } from '../part10/headerText.ts'
import { parseDataSet } from '../part10/parseDataSet.ts'
import type { ProposedContext, RoleSelection } from '../upperLayer/associatePdu.ts'
import { ElementWriter } from './elementWriter.ts'

/** PS3.4 J.4, PS3.6 A. */
export const STORAGE_COMMITMENT_PUSH = '1.2.840.10008.1.20.1'
/** The well-known instance. */
export const STORAGE_COMMITMENT_INSTANCE = '1.2.840.10008.1.20.1.1'
/** What we propose in either role. */
export const commitmentContexts: readonly ProposedContext[] = [
  {
    id: 1,
    abstractSyntax: STORAGE_COMMITMENT_PUSH,
    transferSyntaxes: [EXPLICIT_VR_LITTLE_ENDIAN, IMPLICIT_VR_LITTLE_ENDIAN],
  },
]
/** PS3.7 D.3.3.4: on an association that we open to report. */
export const reporterRole: RoleSelection = { sopClassUID: STORAGE_COMMITMENT_PUSH, scu: false, scp: true }
/** PS3.4 J.3.2: Request Storage Commitment. */
export const REQUEST_ACTION = 1
/** PS3.4 J.3.3. */
export const reportEvent = { allCommitted: 1, failuresExist: 2 } as const

const ELEMENTS_MAX = 400_000

/** The Action Information of PS3.4 Table J.3-1. */
export function encodeCommitmentRequest(
  transactionUID: string,
  references: readonly ReferencedSOP[],
  transferSyntaxUID: string,
): Buffer {
  const writer = new ElementWriter(encodingOf(transferSyntaxUID))
  writer.uid(0x0008_1195, transactionUID)
  writer.sequence(0x0008_1199, references, (item, reference) => writeReference(item, reference))
  return writer.bytes()
}

/** The Event Information of PS3.4 Table J.3-2; a sequence without items is left out. */
export function encodeCommitmentReport(report: CommitmentReport, transferSyntaxUID: string): Buffer {
  const writer = new ElementWriter(encodingOf(transferSyntaxUID))
  writer.uid(0x0008_1195, report.transactionUID)
  if (report.failed.length > 0)
    writer.sequence(0x0008_1198, report.failed, (item, failed) => {
      writeReference(item, failed)
      item.unsignedShort(0x0008_1197, failed.reason)
    })
  if (report.committed.length > 0)
    writer.sequence(0x0008_1199, report.committed, (item, reference) => writeReference(item, reference))
  return writer.bytes()
}

function writeReference(item: ElementWriter, { sopClassUID, sopInstanceUID }: ReferencedSOP): void {
  item.uid(0x0008_1150, sopClassUID)
  item.uid(0x0008_1155, sopInstanceUID)
}

export interface CommitmentDataSet extends CommitmentReport {
  /** Items of either sequence that name no instance. */
  unusable: number
}

/** Reads either information. Throws Part10Error. In a request, `committed` is what is asked for. */
export function decodeCommitment(bytes: Uint8Array, transferSyntaxUID: string): CommitmentDataSet {
  const bounds = { start: 0, end: bytes.length, maximumElements: ELEMENTS_MAX }
  const { dataSet } = parseDataSet(bytes, encodingOf(transferSyntaxUID), bounds)
  const transactionUID = headerText(dataSet, 'TransactionUID').trim()
  const committed = items(dataSet, 'x00081199').map((item) => reference(dataSet, item))
  const failed = items(dataSet, 'x00081198').map((item) => failure(dataSet, item))
  const isNamed = ({ sopInstanceUID }: ReferencedSOP) => isAcceptableUID(sopInstanceUID)
  const unusable = [...committed, ...failed].filter((item) => !isNamed(item)).length
  return { transactionUID, committed: committed.filter(isNamed), failed: failed.filter(isNamed), unusable }
}

function items(dataSet: DataSet, tag: string): DataSet[] {
  return (dataSet.elements[tag]?.items ?? []).flatMap((item) => (item.dataSet ? [item.dataSet] : []))
}

function reference(dataSet: DataSet, item: DataSet): ReferencedSOP {
  return {
    sopClassUID: headerText(dataSet, 'ReferencedSOPClassUID', item),
    sopInstanceUID: headerText(dataSet, 'ReferencedSOPInstanceUID', item),
  }
}

function failure(dataSet: DataSet, item: DataSet): FailedSOP {
  return { ...reference(dataSet, item), reason: Number.parseInt(headerText(dataSet, 'FailureReason', item), 10) || 0 }
}
