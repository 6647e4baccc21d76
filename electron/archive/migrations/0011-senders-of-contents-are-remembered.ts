/**
 * Who sent which contents under a SOP Instance UID that came with more than one: as long as one of them is not the
 * archive's, its sender must not be told that we keep it (PS3.4 J), whatever becomes of the object itself.
 */
export const sql = `
CREATE TABLE sent_contents (
  sop_instance_uid TEXT NOT NULL,
  calling_ae_title TEXT NOT NULL,
  -- '' where it was not kept: other than any
  data_set_hash TEXT NOT NULL,
  address TEXT NOT NULL,
  came_at INTEGER NOT NULL,
  -- other contents of the same sender took its place
  superseded INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (sop_instance_uid, calling_ae_title, data_set_hash)
) STRICT, WITHOUT ROWID;

INSERT INTO sent_contents (sop_instance_uid, calling_ae_title, data_set_hash, address, came_at)
  SELECT sop_instance_uid, calling_ae_title, '', '', dropped_at FROM dropped_contents;
INSERT INTO sent_contents (sop_instance_uid, calling_ae_title, data_set_hash, address, came_at, superseded)
  SELECT q.sop_instance_uid, q.calling_ae_title, q.data_set_hash, q.address, q.received_at,
    reason = 'replaced' AND EXISTS (
      SELECT 1 FROM instances i JOIN sources s USING (source_id)
      WHERE i.sop_instance_uid = q.sop_instance_uid AND s.calling_ae_title = q.calling_ae_title)
  FROM quarantined_instances q;
DROP TABLE dropped_contents;
`
