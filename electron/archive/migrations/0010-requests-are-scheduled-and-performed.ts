/**
 * Requests (PS3.3 C.4.10 to C.4.12 as one row: a clinic asks for one step at a time), performed procedure steps (PS3.4 F) that
 * devices report here or that we report elsewhere, and what practice management sent. None of it can be made anew from files.
 *
 * `content` is JSON of patient and request; the columns beside it are what matching and the board look for.
 */
export const sql = `
CREATE TABLE orders (
  order_id INTEGER PRIMARY KEY AUTOINCREMENT,
  state TEXT NOT NULL,
  source_kind TEXT NOT NULL,
  source_name TEXT NOT NULL,
  -- the server whose worklist it was taken from, and that is told what becomes of it
  source_server_id INTEGER,
  -- how its source knows it: what comes again is the same request
  source_key TEXT UNIQUE,
  accession_number TEXT NOT NULL,
  study_instance_uid TEXT NOT NULL,
  requested_procedure_id TEXT NOT NULL,
  scheduled_step_id TEXT NOT NULL,
  station_ae_title TEXT NOT NULL,
  start_date TEXT NOT NULL,
  start_time TEXT NOT NULL,
  patient_id_key TEXT NOT NULL,
  search_key TEXT NOT NULL,
  -- a person, not a device, ended it
  ended_by_person INTEGER NOT NULL DEFAULT 0,
  created_at INTEGER NOT NULL,
  changed_at INTEGER NOT NULL,
  content TEXT NOT NULL
) STRICT;
CREATE INDEX orders_by_station ON orders (station_ae_title, start_date) WHERE state IN ('scheduled', 'in-progress');
CREATE INDEX orders_open ON orders (start_date, start_time) WHERE state IN ('scheduled', 'in-progress');
CREATE INDEX orders_by_day ON orders (start_date, start_time);
CREATE INDEX orders_by_accession ON orders (accession_number);
CREATE INDEX orders_by_study ON orders (study_instance_uid);
CREATE INDEX orders_by_step ON orders (scheduled_step_id);
CREATE INDEX orders_by_patient ON orders (patient_id_key);

-- how: study-uid, accession, patient-id, person (attached); proposed, unknown (a person has to look); left (belongs to none)
CREATE TABLE order_studies (
  study_id INTEGER PRIMARY KEY REFERENCES studies (study_id) ON DELETE CASCADE,
  order_id INTEGER REFERENCES orders (order_id),
  how TEXT NOT NULL,
  reasons TEXT NOT NULL,
  decided_at INTEGER NOT NULL
) STRICT;
CREATE INDEX order_studies_by_order ON order_studies (order_id);
CREATE INDEX order_studies_open ON order_studies (decided_at) WHERE how IN ('proposed', 'unknown');

CREATE TABLE performed_steps (
  step_ref INTEGER PRIMARY KEY AUTOINCREMENT,
  sop_instance_uid TEXT NOT NULL UNIQUE,
  -- 0: a device told us; else the server that we tell
  server_id INTEGER NOT NULL DEFAULT 0,
  order_id INTEGER REFERENCES orders (order_id),
  state TEXT NOT NULL,
  -- a person has seen that it belongs to no request
  is_left INTEGER NOT NULL DEFAULT 0,
  calling_ae_title TEXT NOT NULL,
  address TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  changed_at INTEGER NOT NULL,
  attributes TEXT NOT NULL
) STRICT;
CREATE INDEX performed_steps_by_order ON performed_steps (order_id);
CREATE INDEX performed_steps_without_order ON performed_steps (created_at) WHERE order_id IS NULL AND is_left = 0;

CREATE TABLE performed_step_instances (
  step_ref INTEGER NOT NULL REFERENCES performed_steps (step_ref) ON DELETE CASCADE,
  sop_instance_uid TEXT NOT NULL,
  PRIMARY KEY (step_ref, sop_instance_uid)
) STRICT, WITHOUT ROWID;

-- changes of our own steps on their way to a server, in the order in which they happened
CREATE TABLE step_reports (
  report_id INTEGER PRIMARY KEY AUTOINCREMENT,
  sop_instance_uid TEXT NOT NULL,
  server_id INTEGER NOT NULL,
  kind TEXT NOT NULL,
  attributes TEXT NOT NULL,
  attempts INTEGER NOT NULL DEFAULT 0,
  next_attempt_at INTEGER NOT NULL,
  ended_at INTEGER,
  note TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX step_reports_open ON step_reports (next_attempt_at) WHERE ended_at IS NULL;
CREATE INDEX step_reports_by_step ON step_reports (sop_instance_uid);

CREATE TABLE procedures (
  procedure_id INTEGER PRIMARY KEY,
  description TEXT NOT NULL,
  modality TEXT NOT NULL,
  code_value TEXT NOT NULL,
  coding_scheme TEXT NOT NULL
) STRICT;
-- 99NGTS: a scheme of our own (PS3.3 8.2: private designators begin with 99); a clinic puts its own codes here
INSERT INTO procedures (description, modality, code_value, coding_scheme) VALUES
  ('Thorax, 2 views', 'DX', 'THX2', '99NGTS'),
  ('Thorax, 3 views', 'DX', 'THX3', '99NGTS'),
  ('Abdomen, 2 views', 'DX', 'ABD2', '99NGTS'),
  ('Pelvis VD, hip scoring', 'DX', 'PELVIS', '99NGTS'),
  ('Stifle, 2 views', 'DX', 'STIFLE2', '99NGTS'),
  ('Elbow, 2 views', 'DX', 'ELBOW2', '99NGTS'),
  ('Carpus, 5 views', 'DX', 'CARPUS5', '99NGTS'),
  ('Fetlock, 4 views', 'DX', 'FETLOCK4', '99NGTS'),
  ('Skull, dental views', 'DX', 'DENTAL', '99NGTS'),
  ('Spine, 2 views', 'DX', 'SPINE2', '99NGTS'),
  ('Chest PA and lateral', 'DX', 'CXR2', '99NGTS'),
  ('Abdomen, ultrasound', 'US', 'USABD', '99NGTS'),
  ('Heart, echocardiography', 'US', 'ECHO', '99NGTS'),
  ('Thorax, CT', 'CT', 'CTTHX', '99NGTS'),
  ('Head, CT', 'CT', 'CTHEAD', '99NGTS'),
  ('Brain, MR', 'MR', 'MRBRAIN', '99NGTS'),
  ('Spine, lumbar, MR', 'MR', 'MRLSPINE', '99NGTS');

CREATE TABLE inputs (
  input_id INTEGER PRIMARY KEY AUTOINCREMENT,
  kind TEXT NOT NULL,
  received_at INTEGER NOT NULL,
  source TEXT NOT NULL,
  outcome TEXT NOT NULL,
  sentence TEXT NOT NULL,
  order_id INTEGER REFERENCES orders (order_id),
  content TEXT NOT NULL
) STRICT;
CREATE INDEX inputs_by_time ON inputs (received_at);
`
