/** `entry` is JSON of the log's own making, `details` the same deflated: a proposal repeats its UIDs a hundred times. */
export const sql = `
CREATE TABLE associations (
  association_id TEXT PRIMARY KEY,
  started_at INTEGER NOT NULL,
  state TEXT NOT NULL,
  ended_at INTEGER,
  entry TEXT NOT NULL,
  details BLOB NOT NULL
) STRICT;
CREATE INDEX associations_by_start ON associations (started_at, association_id);
CREATE INDEX associations_refused ON associations (started_at, association_id) WHERE state = 'refused';
CREATE INDEX associations_accepted ON associations (started_at, association_id) WHERE state <> 'refused';
CREATE INDEX associations_open ON associations (association_id) WHERE state = 'open';
`
