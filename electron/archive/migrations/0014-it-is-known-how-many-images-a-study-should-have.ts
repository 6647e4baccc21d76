/**
 * How many images a study has elsewhere: `server`, by what a server answered (PS3.4 C.3.4); `step`, by what a device said
 * to have made (PS3.4 F.7). `said_by` is one server, or one performed procedure step, whose device is `speaker`.
 */
export const sql = `
CREATE TABLE expected_instances (
  study_instance_uid TEXT NOT NULL,
  kind TEXT NOT NULL,
  said_by TEXT NOT NULL,
  speaker TEXT NOT NULL,
  instances INTEGER NOT NULL,
  said_at INTEGER NOT NULL,
  PRIMARY KEY (study_instance_uid, kind, said_by)
) STRICT, WITHOUT ROWID;
`
