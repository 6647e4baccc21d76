import type { Identifier } from '../dimse/identifier.ts'
import type { QueryRoot, RetrieveKeys } from '../nodeApi.ts'

/** PS3.4 C.4.2.1.4.1: the unique keys of the level and of those above it, which in the Patient Root is the patient too. */
export function retrieveKeys(request: RetrieveKeys, root: QueryRoot): Identifier {
  const { level, patientID, studyInstanceUID, seriesInstanceUIDs = [], sopInstanceUIDs = [] } = request
  const keys: Identifier = { QueryRetrieveLevel: level }
  if (patientID !== undefined && (level === 'PATIENT' || root === 'patient')) keys.PatientID = patientID
  if (level === 'PATIENT') return keys
  keys.StudyInstanceUID = studyInstanceUID ?? ''
  if (level !== 'STUDY') keys.SeriesInstanceUID = seriesInstanceUIDs.join('\\')
  if (level === 'IMAGE') keys.SOPInstanceUID = sopInstanceUIDs.join('\\')
  return keys
}
