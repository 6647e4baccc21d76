/** Up to which image each rule has looked: study 0 is for all studies. A firing names what it did as it was then. */
export const sql = `
CREATE TABLE rule_progress (
  rule_id INTEGER NOT NULL,
  study_id INTEGER NOT NULL,
  through_instance_id INTEGER NOT NULL,
  PRIMARY KEY (rule_id, study_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE rule_firings (
  firing_id INTEGER PRIMARY KEY,
  rule_id INTEGER NOT NULL,
  at INTEGER NOT NULL,
  firing TEXT NOT NULL
) STRICT;
CREATE INDEX rule_firings_by_rule ON rule_firings (rule_id, at);
`
