/** A measurement (JSON of the contract) belongs to one instance: it goes with it, and comes back from the trash with it. */
export const sql = `
CREATE TABLE measurements (
  measurement_id TEXT PRIMARY KEY,
  instance_id INTEGER NOT NULL REFERENCES instances (instance_id) ON DELETE CASCADE,
  saved_at INTEGER NOT NULL,
  measurement TEXT NOT NULL
) STRICT;
CREATE INDEX measurements_by_instance ON measurements (instance_id);
`
