import { AssociationError } from '../associationError.ts'
import type { Peer, QueryRoot, RetrieveKeys } from '../nodeApi.ts'
import { find } from './find.ts'

/** In the Patient Root a retrieve names the patient (PS3.4 C.4.2.2.1): a study's is asked for where nobody gave it. */
export async function withPatient<Request extends RetrieveKeys>(
  peer: Peer,
  request: Request,
  root: QueryRoot,
  signal: AbortSignal,
): Promise<Request> {
  const { level, patientID, studyInstanceUID } = request
  if (root === 'study' || level === 'PATIENT' || patientID !== undefined || !studyInstanceUID) return request
  const keys = { StudyInstanceUID: studyInstanceUID, PatientID: '' }
  try {
    for await (const match of find(peer, { level: 'STUDY', keys }, signal))
      if (match.PatientID) return { ...request, patientID: match.PatientID }
  } catch (error) {
    // Without its patient the study may be found all the same.
    if (!(error instanceof AssociationError) || signal.aborted) throw error
  }
  return request
}
