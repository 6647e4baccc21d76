import { dateOf } from '#shared/dicom/dateTime.ts'
import type { NewInstance } from './archiveApi.ts'
import { type Connection, prepare } from './database.ts'
import { fold } from './fold.ts'
import { insertInto } from './insertRow.ts'
import { maySharePatient, patientIdentity } from './patientIdentity.ts'
import { seriesColumns, sourceName, studyColumns } from './studyColumns.ts'
import { subjects } from './subjects.ts'

export interface Parents {
  studyId: number
  seriesId: number
  /** Another patient's study, here too, has the same Study Instance UID. */
  sharesUID: boolean
}

/** Finds or makes the study and series of an instance. */
export function parents(db: Connection) {
  const studiesOf = prepare<{ id: number; patientIdentity: string; listed: number }>(
    db,
    'SELECT study_id AS id, patient_identity AS patientIdentity, listed FROM studies WHERE study_instance_uid = ?',
  )
  const findSeries = prepare<{ id: number }>(
    db,
    'SELECT series_id AS id FROM series WHERE study_id = ? AND series_instance_uid = ?',
  )
  const addStudy = insertInto(db, 'studies', [
    ...([
      'study_instance_uid',
      'patient_identity',
      'patient_ref',
      'client_ref',
      'received_at',
      'source',
      'source_key',
      'listed_date',
      'listed_time',
    ] as const),
    ...(Object.keys(studyColumns({})) as (keyof ReturnType<typeof studyColumns>)[]),
  ])
  const addSeries = insertInto(db, 'series', [
    ...(['study_id', 'series_instance_uid'] as const),
    ...(Object.keys(seriesColumns({})) as (keyof ReturnType<typeof seriesColumns>)[]),
  ])
  const subjectsOf = subjects(db)

  return ({ attributes, source }: NewInstance): Parents => {
    const studyInstanceUID = attributes.StudyInstanceUID ?? ''
    const seriesInstanceUID = attributes.SeriesInstanceUID ?? ''
    if (!studyInstanceUID || !seriesInstanceUID || !attributes.SOPInstanceUID)
      throw new Error('An instance needs its three UIDs')
    const identity = patientIdentity(attributes)
    const known = studiesOf.all(studyInstanceUID)
    let studyId = choose(known, identity)
    if (studyId === undefined) {
      const { patientRef, clientRef } = subjectsOf(attributes, {
        uid: studyInstanceUID,
        patientIdentity: identity,
      })
      const name = sourceName(source)
      const columns = studyColumns(attributes)
      studyId = addStudy({
        study_instance_uid: studyInstanceUID,
        patient_identity: identity,
        patient_ref: patientRef,
        client_ref: clientRef,
        received_at: Math.trunc(source.at),
        source: name,
        source_key: fold(name),
        ...columns,
        ...listedAt(columns, new Date(source.at)),
      })
    }
    const seriesId =
      findSeries.get(studyId, seriesInstanceUID)?.id ??
      addSeries({ study_id: studyId, series_instance_uid: seriesInstanceUID, ...seriesColumns(attributes) })
    const sharesUID = known.some((study) => study.id !== studyId && study.listed === 1)
    return { studyId, seriesId, sharesUID }
  }
}

/** A study without a date would stand behind ten years of others on the day it comes in. */
function listedAt({ study_date, study_time }: { study_date: string; study_time: string }, arrived: Date) {
  if (study_date !== '') return { listed_date: study_date, listed_time: study_time }
  return { listed_date: dateOf(arrived), listed_time: arrived.toTimeString().slice(0, 8).replaceAll(':', '') }
}

/** The study of exactly this patient, else the one that alone can be meant. */
function choose(known: { id: number; patientIdentity: string }[], identity: string): number | undefined {
  const exact = known.find((study) => study.patientIdentity === identity)
  if (exact) return exact.id
  const possible = known.filter((study) => maySharePatient(study.patientIdentity, identity))
  return possible.length === 1 ? possible[0]?.id : undefined
}
