/**
 * What runs is found at once, whatever the length of the history. `transfer` (JSON of the transfers' own making) stays
 * the truth; the columns are read out of it. `proof`: what the destination was found to hold of an item.
 */
export const sql = `
ALTER TABLE transfers ADD COLUMN kind ANY GENERATED ALWAYS AS (transfer ->> '$.kind') VIRTUAL;
ALTER TABLE transfers ADD COLUMN state ANY GENERATED ALWAYS AS (transfer ->> '$.state') VIRTUAL;
ALTER TABLE transfers ADD COLUMN ended_at ANY GENERATED ALWAYS AS (transfer ->> '$.endedAt') VIRTUAL;
ALTER TABLE transfers ADD COLUMN proof_state ANY GENERATED ALWAYS AS (transfer ->> '$.proof.state') VIRTUAL;
-- the items of a transfer that ended well long ago are gone, the counts stay
ALTER TABLE transfers ADD COLUMN items_pruned INTEGER NOT NULL DEFAULT 0;
DROP INDEX transfers_by_start;
CREATE INDEX transfers_by_start ON transfers (started_at, transfer_id);
CREATE INDEX transfers_by_kind ON transfers (kind, started_at, transfer_id);
CREATE INDEX transfers_open ON transfers (started_at, transfer_id) WHERE ended_at IS NULL;
CREATE INDEX transfers_counting ON transfers (started_at, transfer_id) WHERE proof_state = 'counting';
CREATE INDEX transfers_with_items ON transfers (started_at) WHERE items_pruned = 0 AND state = 'done';

ALTER TABLE transfer_items ADD COLUMN proof TEXT NOT NULL DEFAULT '';

CREATE TABLE sent_studies (
  study_id INTEGER NOT NULL,
  transfer_id TEXT NOT NULL REFERENCES transfers (transfer_id) ON DELETE CASCADE,
  PRIMARY KEY (study_id, transfer_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX sent_studies_by_transfer ON sent_studies (transfer_id);
INSERT OR IGNORE INTO sent_studies (study_id, transfer_id)
  SELECT value, transfer_id FROM transfers, json_each(transfer, '$.studyIds') WHERE kind = 'send';
`
