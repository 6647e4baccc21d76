import type { FindQuery } from '#electron/dicom/nodeApi.ts'
import { tagOf } from '#shared/dicom/tag.ts'
import { isAcceptableUID } from '#shared/dicom/uid.ts'

/** Attributes that every server matches (PS3.18 Table 10.6.1-5); others may be refused or ignored. */
const REQUIRED = new Set([
  ...['StudyDate', 'StudyTime', 'AccessionNumber', 'ModalitiesInStudy', 'ReferringPhysicianName', 'PatientName'],
  ...['PatientID', 'StudyInstanceUID', 'StudyID', 'Modality', 'SeriesInstanceUID', 'SOPInstanceUID'],
])
/** Asked for beside what is answered anyway (Table 10.6.3-3). */
const EXTRA = new Set([
  ...['StudyDescription', 'PatientSexNeutered', 'PatientSpeciesDescription', 'PatientBreedDescription'],
  ...['ResponsiblePerson', 'NumberOfStudyRelatedInstances', 'NumberOfSeriesRelatedInstances', 'SeriesDescription'],
])

export interface QidoQuery {
  /** Below the root: `/studies`, `/studies/U/series`. */
  resource: string
  parameters: [string, string][]
}

/**
 * PS3.18 10.6: the query that C-FIND would ask. `plain`: only what every server must understand, for one that refuses the
 * rest; the caller checks again what it did not match. Undefined where a UID of the path is none.
 */
export function qidoQuery({ level, keys }: FindQuery, plain: boolean): QidoQuery | undefined {
  const { StudyInstanceUID: study = '', SeriesInstanceUID: series = '', ...others } = keys
  const path: Record<string, string> = level === 'STUDY' ? {} : { studies: study }
  const parts = ['']
  if (level === 'STUDY') parts.push('studies')
  else {
    if (!isAcceptableUID(study)) return undefined
    parts.push('studies', path.studies ?? '')
    if (level === 'IMAGE' && series !== '') {
      if (!isAcceptableUID(series)) return undefined
      parts.push('series', series)
    }
    parts.push(level === 'SERIES' ? 'series' : 'instances')
  }
  const asked = { ...others, ...(level === 'STUDY' ? { StudyInstanceUID: study } : {}) }
  const matching: [string, string][] = []
  const extra: [string, string][] = []
  for (const [keyword, value] of Object.entries(asked)) {
    if (value !== '' && (!plain || REQUIRED.has(keyword))) matching.push([keyword, value])
    const tag = EXTRA.has(keyword) && !plain ? tagOf(keyword) : undefined
    if (tag !== undefined) extra.push(['includefield', tag])
  }
  return { resource: parts.join('/'), parameters: [...matching, ...extra] }
}

/** RFC 3986: everything but letters, digits and `-._~` is escaped; `*` and `?` are matched by servers in that form too. */
export function searchOf(parameters: readonly (readonly [string, string])[]): string {
  return parameters.map(([name, value]) => `${name}=${encodeURIComponent(value)}`).join('&')
}
