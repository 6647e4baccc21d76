import type { NodeApi, Peer } from '#electron/dicom/nodeApi.ts'
import type { Remote } from '#electron/threads/remote.ts'
import type { StudyRow } from '#shared/contract/studies.ts'
import { formatPersonName } from '#shared/dicom/personName.ts'

type Patient = Pick<StudyRow, 'patientId' | 'patientName'>
type Study = Patient & Pick<StudyRow, 'studyInstanceUID'>

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
      if (StudyInstanceUID === ours.studyInstanceUID && differ({ patientId, patientName }, ours))
        return `${peer.name} keeps this study under ${words({ patientId, patientName })}; here it is ${words(ours)}. Compare both, and correct the one that is wrong.`
    }
  }
  return ''
}

/** What the server leaves out is not held against it. */
function differ(theirs: Patient, ours: Patient): boolean {
  const id = theirs.patientId.trim()
  if (id !== '' && id !== ours.patientId.trim()) return true
  return theirs.patientName.trim() !== '' && isReadable(theirs.patientName) && !isSame(theirs, ours)
}

/** A server that lacks the character set writes something else for each letter that it does not have. */
function isReadable(name: string): boolean {
  return !/[?\uFFFD]/.test(name)
}

/** Case, accents, spaces and empty components at the end are written as each server likes. */
function isSame(theirs: Patient, ours: Patient): boolean {
  return plain(theirs.patientName) === plain(ours.patientName)
}

function plain(name: string): string {
  const [alphabetic = ''] = name.split('=')
  const letters = alphabetic.normalize('NFKD').replace(/\p{M}/gu, '').toUpperCase()
  return letters
    .split('^')
    .map((part) => part.trim().split(/\s+/).join(' '))
    .join('^')
    .replace(/\^+$/, '')
}

function words({ patientId, patientName }: Patient): string {
  const name = formatPersonName(patientName).trim().slice(0, 64)
  const id = patientId.trim()
  return `${name || 'a patient without a name'} (${id === '' ? 'no patient ID' : `patient ID ${id.slice(0, 64)}`})`
}
