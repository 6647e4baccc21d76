/** `A 1` and `a1` are one patient ID (see patientIdKey). In the order in which earlier studies of a patient are asked for. */
export const sql = `
CREATE INDEX studies_by_plain_patient_id ON studies
  (replace(patient_id_key, ' ', ''), listed_date, listed_time, study_id) WHERE listed = 1;
`
