import { join } from 'node:path'
import type { CommitmentRequest, FailedSOP, ReferencedSOP } from '#electron/commitment/commitment.ts'
import type { CommitmentReaderApi, CommittableInstance, InstanceCommitment } from './commitmentApi.ts'
import { type Connection, prepare } from './database.ts'
import { HAS_RIVAL } from './sentContents.ts'

/** More than are answered side by side. */
const DUE_MAX = 20

type RequestRow = Omit<CommitmentRequest, 'references' | 'failed'> & { instances: string; failed: string | null }

export function commitmentReader(db: Connection): CommitmentReaderApi {
  const due = prepare<RequestRow>(
    db,
    `SELECT request_id AS requestId, transaction_uid AS transactionUID, calling_ae_title AS callingAETitle,
       called_ae_title AS calledAETitle, address, association_id AS associationId, requested_at AS requestedAt, instances,
       failed, attempts, next_attempt_at AS nextAttemptAt
     FROM commitment_requests WHERE ended_at IS NULL AND next_attempt_at <= ?
     ORDER BY next_attempt_at, request_id LIMIT ${DUE_MAX}`,
  )
  const committable = prepare<
    Omit<CommittableInstance, 'path' | 'hasRival'> & { folder: string; file: string; rivals: number }
  >(
    db,
    `SELECT sop_class_uid AS sopClassUID, sop_instance_uid AS sopInstanceUID, data_set_hash AS dataSetHash,
       f.path AS folder, file,
       ${HAS_RIVAL} AS rivals
     FROM instances i JOIN storage_folders f USING (folder_id) JOIN sources s USING (source_id)
     WHERE i.sop_instance_uid = ? AND trashed_at IS NULL`,
  )
  const ofTransfer = prepare<InstanceCommitment>(
    db,
    `SELECT sop_instance_uid AS sopInstanceUID, state, reason, note, asked_at AS askedAt
     FROM commitments c JOIN commitment_transactions t USING (transaction_uid) WHERE c.transfer_id = ?`,
  )
  return {
    dueCommitments: async (now) =>
      due.all(now).map(({ instances, failed, ...row }) => ({
        ...row,
        references: JSON.parse(instances) as ReferencedSOP[],
        failed: failed === null ? undefined : (JSON.parse(failed) as FailedSOP[]),
      })),
    findCommittable: async (sopInstanceUIDs, callingAETitle) =>
      sopInstanceUIDs.flatMap((uid) => {
        const found = committable.get(callingAETitle, callingAETitle, callingAETitle, uid)
        if (!found) return []
        const { folder, file, rivals, ...row } = found
        return [{ ...row, path: join(folder, file), hasRival: rivals > 0 }]
      }),
    commitmentsOf: async (transferId) => ofTransfer.all(transferId),
  }
}
