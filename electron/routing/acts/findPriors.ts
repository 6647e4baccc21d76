import type { Match, NodeApi, Peer } from '#electron/dicom/nodeApi.ts'
import { toRemoteStudy } from '#electron/studies/remoteStudy.ts'
import type { Remote } from '#electron/threads/remote.ts'
import { comparePatients, type PatientFacts } from '#shared/dicom/samePatient.ts'

/** Whose earlier studies are looked for, and what they are compared with. */
export interface Subject {
  patient: PatientFacts
  studyInstanceUID: string
  studyDate: string
  modalities: ReadonlySet<string>
  bodyParts: ReadonlySet<string>
}

export interface Wanted {
  count: number
  sameModality: boolean
  sameBodyPart: boolean
  /** No study before this day; '' = any. */
  from: string
}

export interface Prior {
  studyInstanceUID: string
  patientName: string
  instances: number | null
}

/** A server that ignores our keys would send its whole archive. */
const MOST_ANSWERS = 1000
const LOOKED_INTO = 50

/** Undefined where it is not certain whose images these are: nobody's images come for somebody else. */
export function subjectOf(attributes: readonly Readonly<Record<string, string>>[]): Subject | undefined {
  const values = (keyword: string) =>
    new Set(attributes.flatMap((one) => (one[keyword] ?? '').split('\\').map((value) => value.trim())).filter(Boolean))
  const [patientId, another] = values('PatientID')
  // PS3.4 C.2.2.2.4: in a query these stand for other signs.
  if (!patientId || another !== undefined || /[*?\\]/.test(patientId)) return undefined
  const [patientName = ''] = values('PatientName')
  const [patientBirthDate] = values('PatientBirthDate')
  const [patientSex] = values('PatientSex')
  const [studyInstanceUID = ''] = values('StudyInstanceUID')
  const [studyDate = ''] = values('StudyDate')
  return {
    ...{ patient: { patientId, patientName, patientBirthDate, patientSex }, studyInstanceUID, studyDate },
    ...{ modalities: values('Modality'), bodyParts: values('BodyPartExamined') },
  }
}

/** The newest first, as many as are wanted. */
export async function findPriors(
  node: Pick<Remote<NodeApi>, 'find'>,
  peer: Peer,
  subject: Subject,
  wanted: Wanted,
  signal: AbortSignal,
): Promise<Prior[]> {
  const keys = {
    PatientID: subject.patient.patientId,
    ...{ PatientName: '', PatientBirthDate: '', PatientSex: '', StudyInstanceUID: '', StudyDate: '', StudyTime: '' },
    ...{ ModalitiesInStudy: '', NumberOfStudyRelatedInstances: '' },
  }
  const found: Match[] = []
  for await (const match of node.find(peer, { level: 'STUDY', keys }, signal)) {
    if (isPrior(match, subject, wanted)) found.push(match)
    if (found.length >= MOST_ANSWERS) break
  }
  const order = (match: Match) => `${match.StudyDate ?? ''} ${match.StudyTime ?? ''}`
  const newestFirst = found.toSorted((a, b) => (order(a) < order(b) ? 1 : -1)).slice(0, LOOKED_INTO)
  const chosen: Prior[] = []
  for (const match of newestFirst) {
    if (chosen.length >= wanted.count) break
    if (!(await fits(node, peer, match, subject, wanted, signal))) continue
    const { studyInstanceUID, patientName, instances } = toRemoteStudy(0, match)
    chosen.push({ studyInstanceUID, patientName: patientName.slice(0, 1024), instances })
  }
  return chosen
}

/** The same ID with another name or birth date is another patient; with another owner a person decides, who sees it said. */
function isPrior(match: Match, { patient, studyInstanceUID, studyDate }: Subject, { from }: Wanted) {
  const its = (keyword: string) => (match[keyword] ?? '').trim()
  if (its('StudyInstanceUID') === '' || its('StudyInstanceUID') === studyInstanceUID) return false
  if (its('PatientID') !== patient.patientId) return false
  const theirs = {
    ...{ patientId: patient.patientId, patientName: its('PatientName') },
    ...{ patientBirthDate: its('PatientBirthDate'), patientSex: its('PatientSex') },
  }
  const { verdict, reason } = comparePatients(patient, theirs)
  if (verdict === 'different' || reason === 'other-birth-date') return false
  const date = its('StudyDate')
  return (studyDate === '' || date <= studyDate) && (from === '' || date >= from)
}

/** Modalities in Study is optional (PS3.4 table C.6-5), and body parts stand on series: then its series are asked for. */
async function fits(
  node: Pick<Remote<NodeApi>, 'find'>,
  peer: Peer,
  match: Match,
  { modalities, bodyParts }: Subject,
  { sameModality, sameBodyPart }: Wanted,
  signal: AbortSignal,
): Promise<boolean> {
  const told = (match.ModalitiesInStudy ?? '').split('\\').filter(Boolean)
  if (sameModality && told.length > 0 && !told.some((one) => modalities.has(one))) return false
  const needsModality = sameModality && told.length === 0
  const needsPart = sameBodyPart && bodyParts.size > 0
  if (!needsModality && !needsPart) return true
  let hasModality = !needsModality
  let hasPart = !needsPart
  const keys = {
    ...{ StudyInstanceUID: match.StudyInstanceUID ?? '', SeriesInstanceUID: '' },
    ...{ Modality: '', BodyPartExamined: '' },
  }
  for await (const series of node.find(peer, { level: 'SERIES', keys }, signal)) {
    hasModality ||= modalities.has((series.Modality ?? '').trim())
    hasPart ||= bodyParts.has((series.BodyPartExamined ?? '').trim())
  }
  return hasModality && hasPart
}
