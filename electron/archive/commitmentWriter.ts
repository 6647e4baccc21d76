import { type CommitmentReport, failureReason, WAITING_MAX } from '#electron/commitment/commitment.ts'
import type { CommitmentWriterApi } from './commitmentApi.ts'
import { type Connection, prepare } from './database.ts'
import type { GroupCommit } from './groupCommit.ts'

const KEEP_MS = 90 * 24 * 60 * 60 * 1000
/** Answered ones are kept to know a transaction again; an instance takes about 150 bytes. */
const ENDED = { requests: 5000, instances: 300_000 }

/** Storage commitment as it outlives the process. */
export function commitmentWriter(db: Connection, commits: GroupCommit): CommitmentWriterApi {
  const same = prepare<{ requestId: number }>(
    db,
    `SELECT request_id AS requestId FROM commitment_requests
     WHERE transaction_uid = ? AND calling_ae_title = ? AND instances = ? LIMIT 1`,
  )
  const other = prepare(
    db,
    'SELECT 1 FROM commitment_requests WHERE transaction_uid = ? AND calling_ae_title = ? LIMIT 1',
  )
  const renew = prepare(
    db,
    `UPDATE commitment_requests SET association_id = ?, address = ?, called_ae_title = ?, failed = NULL, attempts = 0,
       next_attempt_at = ?, ended_at = NULL, note = '' WHERE request_id = ?`,
  )
  const begin = prepare(
    db,
    `INSERT INTO commitment_requests
       (transaction_uid, calling_ae_title, called_ae_title, address, association_id, requested_at, instances,
        instance_count, failed, next_attempt_at)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  )
  const waiting = prepare<{ requests: number; instances: number }>(
    db,
    `SELECT count(*) AS requests, coalesce(sum(instance_count), 0) AS instances
     FROM commitment_requests WHERE calling_ae_title = ? AND ended_at IS NULL`,
  )
  const forgetMany = prepare(
    db,
    `DELETE FROM commitment_requests WHERE request_id IN (
       SELECT request_id FROM (
         SELECT request_id, row_number() OVER latest AS requests, sum(instance_count) OVER latest AS instances
         FROM commitment_requests WHERE ended_at IS NOT NULL WINDOW latest AS (ORDER BY request_id DESC))
       WHERE requests > ${ENDED.requests} OR instances > ${ENDED.instances})`,
  )
  const forget = prepare(db, 'DELETE FROM commitment_requests WHERE ended_at < ?')
  const saveResult = prepare(db, 'UPDATE commitment_requests SET failed = ? WHERE request_id = ?')
  const saveAttempt = prepare(
    db,
    'UPDATE commitment_requests SET attempts = ?, next_attempt_at = ?, ended_at = ?, note = ? WHERE request_id = ?',
  )
  const ask = prepare(
    db,
    'INSERT INTO commitment_transactions (transaction_uid, transfer_id, asked_at) VALUES (?, ?, ?)',
  )
  // of transfers that a person cleared, or that are too old to be listed
  const forgetAsked = prepare(
    db,
    `DELETE FROM commitments WHERE transaction_uid IN (SELECT transaction_uid FROM commitment_transactions WHERE asked_at < ?)`,
  )
  const forgetTransactions = prepare(db, 'DELETE FROM commitment_transactions WHERE asked_at < ?')
  const askOne = prepare(
    db,
    `INSERT INTO commitments (transfer_id, sop_instance_uid, transaction_uid, state) VALUES (?, ?, ?, 'asked')
     ON CONFLICT (transfer_id, sop_instance_uid) DO UPDATE SET
       transaction_uid = excluded.transaction_uid, state = 'asked', reason = NULL, note = ''`,
  )
  const fail = prepare(
    db,
    `UPDATE commitments SET state = 'not-asked', note = ? WHERE transaction_uid = ? AND state = 'asked'`,
  )
  const transaction = prepare<{ transferId: string }>(
    db,
    'SELECT transfer_id AS transferId FROM commitment_transactions WHERE transaction_uid = ?',
  )
  const answered = prepare(db, 'UPDATE commitment_transactions SET answered_at = ? WHERE transaction_uid = ?')
  const settle = prepare(
    db,
    'UPDATE commitments SET state = ?, reason = ? WHERE transaction_uid = ? AND sop_instance_uid = ?',
  )
  // Asked about again meanwhile, an instance belongs to the later transaction; the earlier answer is as good.
  const settleLater = prepare(
    db,
    `UPDATE commitments SET state = 'committed', reason = NULL, note = ''
     WHERE transfer_id = ? AND sop_instance_uid = ? AND state <> 'committed'`,
  )

  return {
    beginCommitment: (request) =>
      commits.write(() => {
        const { transactionUID, callingAETitle, calledAETitle, address, associationId, requestedAt } = request
        forget.run(requestedAt - KEEP_MS)
        const instances = JSON.stringify(request.references)
        const known = same.get(transactionUID, callingAETitle, instances)
        if (known) {
          renew.run(associationId, address, calledAETitle, requestedAt, known.requestId)
          return known.requestId
        }
        forgetMany.run()
        const { length } = request.references
        const open = waiting.get(callingAETitle)
        if (open && (open.requests >= WAITING_MAX.requests || open.instances + length > WAITING_MAX.instances))
          return undefined
        const row = [transactionUID, callingAETitle, calledAETitle, address, associationId, requestedAt] as const
        // PS3.3 C.14.1.1: the UID was used for another list of instances.
        const isReused = other.get(transactionUID, callingAETitle) !== undefined
        const reason = failureReason.duplicateTransactionUID
        const failed = isReused ? JSON.stringify(request.references.map((one) => ({ ...one, reason }))) : null
        return Number(begin.run(...row, instances, length, failed, requestedAt).lastInsertRowid)
      }),
    saveCommitmentResult: (requestId, failed) =>
      commits.write(() => void saveResult.run(JSON.stringify(failed), requestId)),
    saveCommitmentAttempt: (requestId, { attempts, nextAttemptAt, endedAt, note }) =>
      commits.write(() => void saveAttempt.run(attempts, Math.trunc(nextAttemptAt), endedAt ?? null, note, requestId)),
    askCommitment: ({ transactionUID, transferId, askedAt, references }) =>
      commits.write(() => {
        forgetAsked.run(askedAt - KEEP_MS)
        forgetTransactions.run(askedAt - KEEP_MS)
        ask.run(transactionUID, transferId, askedAt)
        for (const { sopInstanceUID } of references) askOne.run(transferId, sopInstanceUID, transactionUID)
      }),
    failCommitment: (transactionUID, note) => commits.write(() => void fail.run(note, transactionUID)),
    answerCommitment: (report) => commits.write(() => answer(report)),
  }

  function answer({ transactionUID, committed, failed }: CommitmentReport): string | undefined {
    const transferId = transaction.get(transactionUID)?.transferId
    if (transferId === undefined) return undefined
    answered.run(Date.now(), transactionUID)
    for (const { sopInstanceUID } of committed) {
      const { changes } = settle.run('committed', null, transactionUID, sopInstanceUID)
      if (changes === 0) settleLater.run(transferId, sopInstanceUID)
    }
    for (const { sopInstanceUID, reason } of failed) settle.run('refused', reason, transactionUID, sopInstanceUID)
    return transferId
  }
}
