import { fold } from '#shared/dicom/fold.ts'
import type { NewInstance } from './archiveApi.ts'
import { type Connection, prepare } from './database.ts'

type Attributes = NewInstance['attributes']

export interface StudyKey {
  uid: string
  patientIdentity: string
}

/** Finds or makes the patient and the owner that a study belongs to (R062, R157, R158, R162). */
export function subjects(db: Connection) {
  const findClient = prepare<{ client_ref: number }>(db, 'SELECT client_ref FROM clients WHERE identity = ?')
  const addClient = prepare(
    db,
    'INSERT INTO clients (identity, responsible_person, responsible_person_role, responsible_organization) VALUES (?, ?, ?, ?)',
  )
  const findPatient = prepare<{ patient_ref: number }>(db, 'SELECT patient_ref FROM patients WHERE identity = ?')
  const addPatient = prepare(
    db,
    'INSERT INTO patients (identity, client_ref, patient_id, issuer_of_patient_id, patient_name, name_key) VALUES (?, ?, ?, ?, ?, ?)',
  )
  const addExternal = prepare(
    db,
    'INSERT OR IGNORE INTO external_patients (patient_ref, patient_id, issuer_of_patient_id) VALUES (?, ?, ?)',
  )

  /** Null where no owner is given: an unknown owner is nobody's. */
  function client(attributes: Attributes): number | null {
    const person = attributes.ResponsiblePerson ?? ''
    const organization = attributes.ResponsibleOrganization ?? ''
    if (person === '' && organization === '') return null
    const identity = `${fold(person)}\n${fold(organization)}`
    const known = findClient.get(identity)
    if (known) return known.client_ref
    const role = attributes.ResponsiblePersonRole ?? ''
    return Number(addClient.run(identity, person, role, organization).lastInsertRowid)
  }

  /** By patient ID and its issuer. Without an ID each study has a patient of its own: names alone join nobody. */
  function patient(attributes: Attributes, study: StudyKey, clientRef: number | null): number {
    const id = attributes.PatientID ?? ''
    const issuer = attributes.IssuerOfPatientID ?? ''
    const identity = id === '' ? `study\n${study.uid}\n${study.patientIdentity}` : `id\n${id}\n${issuer}`
    const known = findPatient.get(identity)
    const name = attributes.PatientName ?? ''
    const patientRef =
      known?.patient_ref ?? Number(addPatient.run(identity, clientRef, id, issuer, name, fold(name)).lastInsertRowid)
    for (const other of otherIds(attributes))
      addExternal.run(patientRef, other.PatientID, other.IssuerOfPatientID ?? '')
    return patientRef
  }

  return (attributes: Attributes, study: StudyKey) => {
    const clientRef = client(attributes)
    return { clientRef, patientRef: patient(attributes, study, clientRef) }
  }
}

function otherIds(attributes: Attributes): { PatientID: string; IssuerOfPatientID?: string }[] {
  const single = (attributes.OtherPatientIDs ?? '').split('\\').filter((id) => id !== '')
  const items = JSON.parse(attributes.OtherPatientIDsSequence ?? '[]') as Record<string, string>[]
  return [
    ...single.map((PatientID) => ({ PatientID })),
    ...items.flatMap(({ PatientID, ...rest }) => (PatientID ? [{ PatientID, ...rest }] : [])),
  ]
}
