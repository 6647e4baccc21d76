import type { NodeApi, Peer } from '#electron/dicom/nodeApi.ts'
import type { Remote } from '#electron/threads/remote.ts'
import type { StudyRow } from '#shared/contract/studies.ts'
import { patientDoubt } from '#shared/dicom/patientDoubt.ts'
import { formatPersonName } from '#shared/dicom/personName.ts'
import { comparePatients, type PatientFacts, type PatientReason } from '#shared/dicom/samePatient.ts'

type Study = PatientFacts & Pick<StudyRow, 'studyInstanceUID'>

/** Of more studies in one send each is counted, and whose they are is not asked. */
const MAX_STUDIES = 100

/**
 * A UID says which study it is and not whose: some servers give images another patient, or had another study under the
 * UID. Answers the sentence that says so, and '' where the patients agree or the server does not tell (PS3.4 C.6.2.1.2).
 */
export async function patientThere(
  node: Pick<Remote<NodeApi>, 'find'>,
  peer: Peer,
  studies: readonly Study[],
  signal: AbortSignal,
): Promise<string> {
  for (const ours of studies.slice(0, MAX_STUDIES)) {
    const keys = { StudyInstanceUID: ours.studyInstanceUID, PatientID: '', PatientName: '' }
    for await (const match of node.find(peer, { level: 'STUDY', keys }, signal)) {
      const { StudyInstanceUID, PatientID: patientId = '', PatientName: patientName = '' } = match
      if (StudyInstanceUID !== ours.studyInstanceUID) continue
      const theirs = { patientId: patientId.trim(), patientName: patientName.trim() }
      const why = difference(theirs, ours)
      if (why !== undefined)
        return `${peer.name} keeps this study under ${words(theirs)}; here it is ${words(ours)}${why}. Compare both, and correct the one that is wrong.`
    }
  }
  return ''
}

/** Of one study and ID these are ways in which servers write a name. */
const AS_SERVERS_WRITE: ReadonlySet<PatientReason> = new Set(['no-name', 'name-says-less', 'spelling', 'other-script'])

/** What the server leaves out is not held against it. Undefined: no difference; else what is said of it. */
function difference(theirs: PatientFacts, ours: PatientFacts): string | undefined {
  const { patientName } = ours
  if (theirs.patientId === '') {
    const isOther = comparePatients(theirs, { patientId: '', patientName }).verdict === 'different'
    return isOther ? '' : undefined
  }
  const found = comparePatients(theirs, { patientId: ours.patientId, patientName })
  // An ID that was given there is another one than none.
  if (found.verdict === 'different' || ours.patientId.trim() === '') return ''
  if (found.verdict === 'same' || AS_SERVERS_WRITE.has(found.reason)) return undefined
  return `: ${patientDoubt(found)}`
}

function words({ patientId, patientName }: PatientFacts): string {
  const name = formatPersonName(patientName).trim().slice(0, 64)
  const id = patientId.trim()
  return `${name || 'a patient without a name'} (${id === '' ? 'no patient ID' : `patient ID ${id.slice(0, 64)}`})`
}
