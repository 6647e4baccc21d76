/**
 * R162: Patient - External patient - Client (owner) - Study - Series - Image. `*_ref` is ours; `patient_id` and the
 * like are DICOM's. A study keeps the demographics it came with, so that a patient joined or corrected later never
 * changes what an image says; `patients` joins studies.
 *
 * `*_key` is folded (lower case, no diacritics) for search and sorting. Counts and modalities on series and studies say
 * what is here and not in the trash; they are kept in the transaction that changes the instances.
 */
export const sql = `
CREATE TABLE storage_folders (
  folder_id INTEGER PRIMARY KEY,
  path TEXT NOT NULL UNIQUE,
  is_current INTEGER NOT NULL DEFAULT 0,
  -- the archive was moved away from here: what still arrives is brought along
  retired INTEGER NOT NULL DEFAULT 0,
  -- files without a row, in buckets above this number, are arrivals that a dying process could not index any more
  checked_bucket INTEGER NOT NULL DEFAULT 0,
  -- such arrivals are looked for: it was the current folder since the last start
  adopts INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE TABLE clients (
  client_ref INTEGER PRIMARY KEY,
  identity TEXT NOT NULL UNIQUE,
  responsible_person TEXT NOT NULL,
  responsible_person_role TEXT NOT NULL,
  responsible_organization TEXT NOT NULL
) STRICT;

CREATE TABLE patients (
  patient_ref INTEGER PRIMARY KEY,
  identity TEXT NOT NULL UNIQUE,
  client_ref INTEGER REFERENCES clients (client_ref),
  patient_id TEXT NOT NULL,
  issuer_of_patient_id TEXT NOT NULL,
  patient_name TEXT NOT NULL,
  name_key TEXT NOT NULL
) STRICT;
CREATE INDEX patients_by_name ON patients (name_key);
CREATE INDEX patients_by_client ON patients (client_ref);

CREATE TABLE external_patients (
  patient_ref INTEGER NOT NULL REFERENCES patients (patient_ref) ON DELETE CASCADE,
  patient_id TEXT NOT NULL,
  issuer_of_patient_id TEXT NOT NULL,
  PRIMARY KEY (patient_ref, patient_id, issuer_of_patient_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX external_patients_by_id ON external_patients (patient_id);

CREATE TABLE studies (
  study_id INTEGER PRIMARY KEY AUTOINCREMENT,
  study_instance_uid TEXT NOT NULL,
  -- see patientIdentity: one StudyInstanceUID that comes with two patients is two studies
  patient_identity TEXT NOT NULL,
  patient_ref INTEGER NOT NULL REFERENCES patients (patient_ref),
  client_ref INTEGER REFERENCES clients (client_ref),
  listed INTEGER NOT NULL DEFAULT 0,
  series_count INTEGER NOT NULL DEFAULT 0,
  instance_count INTEGER NOT NULL DEFAULT 0,
  bytes INTEGER NOT NULL DEFAULT 0,
  trashed_instances INTEGER NOT NULL DEFAULT 0,
  trashed_at INTEGER,
  received_at INTEGER NOT NULL,
  opened_at INTEGER,
  study_date TEXT NOT NULL,
  study_time TEXT NOT NULL,
  -- where the list has it: its study date, or without one the day and time of its first arrival
  listed_date TEXT NOT NULL,
  listed_time TEXT NOT NULL,
  modalities TEXT NOT NULL DEFAULT '',
  source TEXT NOT NULL,
  name_key TEXT NOT NULL,
  patient_id_key TEXT NOT NULL,
  owner_key TEXT NOT NULL,
  species_key TEXT NOT NULL,
  description_key TEXT NOT NULL,
  accession_key TEXT NOT NULL,
  source_key TEXT NOT NULL,
  patient_name TEXT NOT NULL,
  patient_id TEXT NOT NULL,
  patient_birth_date TEXT NOT NULL,
  patient_age TEXT NOT NULL,
  patient_sex TEXT NOT NULL,
  patient_sex_neutered TEXT NOT NULL,
  species TEXT NOT NULL,
  breed TEXT NOT NULL,
  owner TEXT NOT NULL,
  accession_number TEXT NOT NULL,
  study_number TEXT NOT NULL,
  description TEXT NOT NULL,
  -- JSON, keyword to text: patient and study level, for matching on every key
  attributes TEXT NOT NULL,
  UNIQUE (study_instance_uid, patient_identity)
) STRICT;
CREATE INDEX studies_by_patient ON studies (patient_ref);
CREATE INDEX studies_by_client ON studies (client_ref);
CREATE INDEX studies_in_trash ON studies (trashed_at) WHERE trashed_instances > 0;
CREATE INDEX studies_by_patient_name ON studies (name_key, study_id) WHERE listed = 1;
CREATE INDEX studies_by_patient_id ON studies (patient_id_key, study_id) WHERE listed = 1;
CREATE INDEX studies_by_owner ON studies (owner_key, study_id) WHERE listed = 1;
CREATE INDEX studies_by_species ON studies (species_key, study_id) WHERE listed = 1;
CREATE INDEX studies_by_date ON studies (listed_date, listed_time, study_id) WHERE listed = 1;
CREATE INDEX studies_by_modalities ON studies (modalities, study_id) WHERE listed = 1;
CREATE INDEX studies_by_description ON studies (description_key, study_id) WHERE listed = 1;
CREATE INDEX studies_by_accession ON studies (accession_key, study_id) WHERE listed = 1;
CREATE INDEX studies_by_series ON studies (series_count, study_id) WHERE listed = 1;
CREATE INDEX studies_by_instances ON studies (instance_count, study_id, bytes) WHERE listed = 1;
CREATE INDEX studies_by_source ON studies (source_key, study_id) WHERE listed = 1;
CREATE INDEX studies_by_arrival ON studies (received_at, study_id) WHERE listed = 1;
-- covers every filter of the study list, so that a search reads this and not the table
CREATE INDEX studies_for_search ON studies
  (name_key, patient_id_key, accession_key, description_key, owner_key, modalities, listed_date) WHERE listed = 1;

CREATE TABLE series (
  series_id INTEGER PRIMARY KEY AUTOINCREMENT,
  study_id INTEGER NOT NULL REFERENCES studies (study_id),
  series_instance_uid TEXT NOT NULL,
  modality TEXT NOT NULL,
  series_number INTEGER,
  description TEXT NOT NULL,
  body_part TEXT NOT NULL,
  instance_count INTEGER NOT NULL DEFAULT 0,
  frame_count INTEGER NOT NULL DEFAULT 0,
  attributes TEXT NOT NULL,
  UNIQUE (study_id, series_instance_uid)
) STRICT;
CREATE INDEX series_by_uid ON series (series_instance_uid);

CREATE TABLE sources (
  source_id INTEGER PRIMARY KEY,
  kind TEXT NOT NULL,
  calling_ae_title TEXT NOT NULL,
  address TEXT NOT NULL,
  UNIQUE (kind, calling_ae_title, address)
) STRICT;

CREATE TABLE instances (
  instance_id INTEGER PRIMARY KEY AUTOINCREMENT,
  series_id INTEGER NOT NULL REFERENCES series (series_id),
  study_id INTEGER NOT NULL REFERENCES studies (study_id),
  sop_instance_uid TEXT NOT NULL UNIQUE,
  sop_class_uid TEXT NOT NULL,
  transfer_syntax_uid TEXT NOT NULL,
  folder_id INTEGER NOT NULL REFERENCES storage_folders (folder_id),
  file TEXT NOT NULL,
  bytes INTEGER NOT NULL,
  data_set_hash TEXT NOT NULL,
  source_id INTEGER NOT NULL REFERENCES sources (source_id),
  received_at INTEGER NOT NULL,
  trashed_at INTEGER,
  instance_number INTEGER,
  -- mm along the normal of the first frame
  position REAL,
  acquisition_number INTEGER,
  acquired_at TEXT NOT NULL,
  frames INTEGER NOT NULL,
  drawable INTEGER NOT NULL
) STRICT;
CREATE INDEX instances_by_series ON instances (series_id);
CREATE INDEX instances_by_study ON instances (study_id);
CREATE INDEX instances_by_file ON instances (file);
CREATE INDEX instances_in_trash ON instances (trashed_at) WHERE trashed_at IS NOT NULL;

-- JSON, keyword to text: what R154 to R163 ask for, of every level
CREATE TABLE instance_attributes (
  instance_id INTEGER PRIMARY KEY REFERENCES instances (instance_id) ON DELETE CASCADE,
  attributes TEXT NOT NULL
) STRICT;

-- the viewer's description (JSON); an older version is worked out anew from the file
CREATE TABLE instance_images (
  instance_id INTEGER PRIMARY KEY REFERENCES instances (instance_id) ON DELETE CASCADE,
  version INTEGER NOT NULL,
  image TEXT NOT NULL
) STRICT;
CREATE INDEX instance_images_by_version ON instance_images (version);

-- files whose row is gone or points elsewhere: removed after the commit, or at the next start
CREATE TABLE file_removals (
  path TEXT PRIMARY KEY
) STRICT, WITHOUT ROWID;

-- copies that a move to another folder has verified so far
CREATE TABLE relocated_instances (
  instance_id INTEGER PRIMARY KEY REFERENCES instances (instance_id) ON DELETE CASCADE,
  folder_id INTEGER NOT NULL REFERENCES storage_folders (folder_id)
) STRICT;

CREATE TABLE transfers (
  transfer_id TEXT PRIMARY KEY,
  started_at INTEGER NOT NULL,
  transfer TEXT NOT NULL
) STRICT;
CREATE INDEX transfers_by_start ON transfers (started_at);

CREATE TABLE transfer_items (
  item_id INTEGER PRIMARY KEY,
  transfer_id TEXT NOT NULL REFERENCES transfers (transfer_id) ON DELETE CASCADE,
  item_key TEXT NOT NULL,
  state TEXT NOT NULL,
  status INTEGER,
  note TEXT NOT NULL,
  UNIQUE (transfer_id, item_key)
) STRICT;
`
