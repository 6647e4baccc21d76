/**
 * Storage commitment (PS3.4 J). `commitment_requests`: what others want us to answer for, kept until they have the answer.
 * `commitment_transactions` and `commitments`: what we asked others, with their answer for each instance.
 */
export const sql = `
CREATE TABLE commitment_requests (
  request_id INTEGER PRIMARY KEY AUTOINCREMENT,
  transaction_uid TEXT NOT NULL,
  calling_ae_title TEXT NOT NULL,
  called_ae_title TEXT NOT NULL,
  address TEXT NOT NULL,
  association_id TEXT NOT NULL,
  requested_at INTEGER NOT NULL,
  -- JSON: what is asked for, and (once the files were read) what we cannot answer for
  instances TEXT NOT NULL,
  failed TEXT,
  attempts INTEGER NOT NULL DEFAULT 0,
  next_attempt_at INTEGER NOT NULL,
  -- answered, or given up
  ended_at INTEGER,
  note TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX commitment_requests_open ON commitment_requests (next_attempt_at) WHERE ended_at IS NULL;
CREATE INDEX commitment_requests_by_transaction ON commitment_requests (transaction_uid, calling_ae_title);

CREATE TABLE commitment_transactions (
  transaction_uid TEXT PRIMARY KEY,
  transfer_id TEXT NOT NULL,
  asked_at INTEGER NOT NULL,
  answered_at INTEGER
) STRICT;

CREATE TABLE commitments (
  transfer_id TEXT NOT NULL,
  sop_instance_uid TEXT NOT NULL,
  transaction_uid TEXT NOT NULL,
  state TEXT NOT NULL,
  reason INTEGER,
  note TEXT NOT NULL DEFAULT '',
  PRIMARY KEY (transfer_id, sop_instance_uid)
) STRICT, WITHOUT ROWID;
CREATE INDEX commitments_by_transaction ON commitments (transaction_uid);
`
