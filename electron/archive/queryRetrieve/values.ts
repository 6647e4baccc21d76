import { type Connection, prepare } from '../database.ts'
import { levelOfKey } from './keys.ts'
import type { Candidate } from './subject.ts'

export type ValueOf = (candidate: Candidate) => string

interface PatientCounts {
  studies: number
  series: number
  instances: number
}

/** How the value of each key is found. What is counted anew for each match is counted only where it is asked for. */
export function keyValues(db: Connection): (keyword: string) => ValueOf {
  const ofPatient = prepare<PatientCounts>(
    db,
    `SELECT count(*) AS studies, coalesce(sum(series_count), 0) AS series, coalesce(sum(instance_count), 0) AS instances
     FROM studies WHERE patient_ref = ? AND listed = 1`,
  )
  const classes = prepare<{ uid: string }>(
    db,
    `SELECT DISTINCT sop_class_uid AS uid FROM instances WHERE study_id = ? AND trashed_at IS NULL
     ORDER BY sop_class_uid LIMIT 256`,
  )
  const countOfPatient =
    (count: keyof PatientCounts): ValueOf =>
    ({ study }) =>
      String(ofPatient.get(study.row.patientRef)?.[count] ?? 0)

  const worked = new Map<string, ValueOf>([
    ['NumberOfPatientRelatedStudies', countOfPatient('studies')],
    ['NumberOfPatientRelatedSeries', countOfPatient('series')],
    ['NumberOfPatientRelatedInstances', countOfPatient('instances')],
    ['StudyInstanceUID', ({ study }) => study.row.studyInstanceUID],
    ['NumberOfStudyRelatedSeries', ({ study }) => String(study.row.series)],
    ['NumberOfStudyRelatedInstances', ({ study }) => String(study.row.instances)],
    ['ModalitiesInStudy', ({ study }) => study.row.modalities.slice(1, -1)],
    [
      'SOPClassesInStudy',
      ({ study }) =>
        classes
          .all(study.row.studyId)
          .map(({ uid }) => uid)
          .join('\\'),
    ],
    ['SeriesInstanceUID', ({ series }) => series?.row.seriesInstanceUID ?? ''],
    ['NumberOfSeriesRelatedInstances', ({ series }) => String(series?.row.instances ?? 0)],
    ['SOPInstanceUID', ({ instance }) => instance?.row.sopInstanceUID ?? ''],
    ['SOPClassUID', ({ instance }) => instance?.row.sopClassUID ?? ''],
    ['AvailableTransferSyntaxUID', ({ instance }) => instance?.row.transferSyntaxUID ?? ''],
  ])

  return (keyword) => {
    const own = worked.get(keyword)
    if (own) return own
    const level = levelOfKey(keyword)
    if (level === 'SERIES') return ({ series }) => series?.attribute(keyword) ?? ''
    if (level === 'IMAGE') return ({ instance }) => instance?.attribute(keyword) ?? ''
    return ({ study }) => study.attribute(keyword)
  }
}
