/**
 * Objects that came under the SOP Instance UID of another one. Their files lie in `quarantine/` of a storage folder, where
 * neither a rebuild nor the search for lost arrivals takes them for the archive's own.
 */
export const sql = `
CREATE TABLE quarantined_instances (
  quarantine_id INTEGER PRIMARY KEY AUTOINCREMENT,
  reason TEXT NOT NULL,
  sop_instance_uid TEXT NOT NULL,
  data_set_hash TEXT NOT NULL,
  folder_id INTEGER NOT NULL REFERENCES storage_folders (folder_id),
  file TEXT NOT NULL,
  bytes INTEGER NOT NULL,
  calling_ae_title TEXT NOT NULL,
  address TEXT NOT NULL,
  received_at INTEGER NOT NULL,
  quarantined_at INTEGER NOT NULL,
  differences TEXT NOT NULL,
  -- JSON: what the index needs when a person wants it after all
  instance TEXT NOT NULL,
  UNIQUE (sop_instance_uid, data_set_hash)
) STRICT;
CREATE INDEX quarantined_instances_by_file ON quarantined_instances (file);
CREATE INDEX quarantined_instances_by_time ON quarantined_instances (quarantined_at);

-- contents that were dropped because the first one is kept: their senders must not be told that we keep them
CREATE TABLE dropped_contents (
  sop_instance_uid TEXT NOT NULL,
  calling_ae_title TEXT NOT NULL,
  dropped_at INTEGER NOT NULL,
  PRIMARY KEY (sop_instance_uid, calling_ae_title)
) STRICT, WITHOUT ROWID;
`
