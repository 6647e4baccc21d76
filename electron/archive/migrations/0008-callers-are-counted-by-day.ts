/** `day` is that of the workstation's clock, 20261121. The last image and its study go on from day to day. */
export const sql = `
CREATE TABLE caller_days (
  ae_title TEXT NOT NULL,
  address TEXT NOT NULL,
  day INTEGER NOT NULL,
  associations INTEGER NOT NULL,
  instances INTEGER NOT NULL,
  refused INTEGER NOT NULL,
  bytes INTEGER NOT NULL,
  last_seen_at INTEGER NOT NULL,
  last_image_at INTEGER,
  last_study_id INTEGER,
  PRIMARY KEY (ae_title, address, day)
) STRICT, WITHOUT ROWID;
CREATE INDEX caller_days_by_day ON caller_days (day);
`
