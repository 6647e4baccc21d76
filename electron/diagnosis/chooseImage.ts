import { day } from './day.ts'
import type { DiagnosisContext, RemoteImage } from './stage.ts'

const LOOK_BACK_DAYS = 30
const CANDIDATES = 50
const SHORT_ANSWER = 200

/** Something to fetch: the test image, a study that is here already, else any of today, of the last month, or at all. */
export async function chooseImage(context: DiagnosisContext, signal: AbortSignal): Promise<RemoteImage | undefined> {
  const { found, parts } = context
  if (found.testImage) return found.testImage
  const candidates = await studies(context, signal)
  const uids = candidates.map(({ studyInstanceUID }) => studyInstanceUID)
  const here = await parts.archive.reader.findStudyUIDs(uids)
  found.studiesHere = new Set(Object.keys(here))
  const study = candidates.find(({ studyInstanceUID }) => here[studyInstanceUID]) ?? candidates[0]
  if (!study) return undefined
  const { studyInstanceUID: StudyInstanceUID } = study
  const seriesInstanceUID = await first(context, 'SERIES', { StudyInstanceUID, SeriesInstanceUID: '' }, signal)
  if (!seriesInstanceUID) return undefined
  const keys = { StudyInstanceUID, SeriesInstanceUID: seriesInstanceUID, SOPInstanceUID: '' }
  const sopInstanceUID = await first(context, 'IMAGE', keys, signal)
  return sopInstanceUID ? { ...study, seriesInstanceUID, sopInstanceUID } : undefined
}

async function studies({ found, parts, queryPeer: peer }: DiagnosisContext, signal: AbortSignal) {
  const isWhole = ({ studyInstanceUID }: { studyInstanceUID: string }) => studyInstanceUID !== ''
  const known = found.studies.filter(isWhole).slice(0, CANDIDATES)
  if (known.length > 0) return known
  for (const date of [`${day(LOOK_BACK_DAYS)}-`, '']) {
    const keys = { StudyDate: date, StudyInstanceUID: '', PatientID: '' }
    const matches: { studyInstanceUID: string; patientID: string }[] = []
    for await (const match of parts.node.find(peer, { level: 'STUDY', keys }, signal)) {
      matches.push({ studyInstanceUID: match.StudyInstanceUID ?? '', patientID: match.PatientID ?? '' })
      if (matches.length >= CANDIDATES) break
    }
    const whole = matches.filter(isWhole)
    if (whole.length > 0) return whole
  }
  return []
}

/** The unique key of the first match; '' when there is none. A short answer is heard to its end: an abort alarms logs. */
async function first(
  { parts, queryPeer: peer }: DiagnosisContext,
  level: 'SERIES' | 'IMAGE',
  keys: Record<string, string>,
  signal: AbortSignal,
): Promise<string> {
  const unique = level === 'SERIES' ? 'SeriesInstanceUID' : 'SOPInstanceUID'
  let uid = ''
  let heard = 0
  for await (const match of parts.node.find(peer, { level, keys }, signal)) {
    uid ||= match[unique] ?? ''
    heard += 1
    if (uid !== '' && heard >= SHORT_ANSWER) break
  }
  return uid
}
