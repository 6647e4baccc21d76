import type { NewInstance } from './archiveApi.ts'
import { type Connection, prepare } from './database.ts'
import { fold } from './fold.ts'
import { insertInto } from './insertRow.ts'
import { seriesColumns, sourceName, studyColumns } from './studyColumns.ts'
import { subjects } from './subjects.ts'

/** Finds or makes the study and series of an instance. */
export function parents(db: Connection) {
  const findStudy = prepare<{ id: number }>(db, 'SELECT study_id AS id FROM studies WHERE study_instance_uid = ?')
  const findSeries = prepare<{ id: number }>(
    db,
    'SELECT series_id AS id FROM series WHERE study_id = ? AND series_instance_uid = ?',
  )
  const addStudy = insertInto(db, 'studies', [
    ...(['study_instance_uid', 'patient_ref', 'client_ref', 'received_at', 'source', 'source_key'] as const),
    ...(Object.keys(studyColumns({})) as (keyof ReturnType<typeof studyColumns>)[]),
  ])
  const addSeries = insertInto(db, 'series', [
    ...(['study_id', 'series_instance_uid'] as const),
    ...(Object.keys(seriesColumns({})) as (keyof ReturnType<typeof seriesColumns>)[]),
  ])
  const subjectsOf = subjects(db)

  return ({ attributes, source }: NewInstance): { studyId: number; seriesId: number } => {
    const studyInstanceUID = attributes.StudyInstanceUID ?? ''
    const seriesInstanceUID = attributes.SeriesInstanceUID ?? ''
    if (!studyInstanceUID || !seriesInstanceUID || !attributes.SOPInstanceUID)
      throw new Error('An instance needs its three UIDs')
    let studyId = findStudy.get(studyInstanceUID)?.id
    if (studyId === undefined) {
      const { patientRef, clientRef } = subjectsOf(attributes, studyInstanceUID)
      const name = sourceName(source)
      studyId = addStudy({
        study_instance_uid: studyInstanceUID,
        patient_ref: patientRef,
        client_ref: clientRef,
        received_at: Math.trunc(source.at),
        source: name,
        source_key: fold(name),
        ...studyColumns(attributes),
      })
    }
    const seriesId =
      findSeries.get(studyId, seriesInstanceUID)?.id ??
      addSeries({ study_id: studyId, series_instance_uid: seriesInstanceUID, ...seriesColumns(attributes) })
    return { studyId, seriesId }
  }
}
