import { dateOf } from '#shared/dicom/dateTime.ts'
import { fold } from '#shared/dicom/fold.ts'
import type { NewInstance } from './archiveApi.ts'
import { type Connection, prepare } from './database.ts'
import { insertInto } from './insertRow.ts'
import { maySharePatient, patientFacts, patientIdentity } from './patientIdentity.ts'
import { seriesColumns, sourceName, studyColumns } from './studyColumns.ts'
import { studyFacts } from './studyFacts.ts'
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
  const factsOf = studyFacts(db)

  /** The one that alone can be meant. */
  function possible(known: readonly { id: number }[], attributes: NewInstance['attributes']): number | undefined {
    if (known.length === 0) return undefined
    const arrival = patientFacts(attributes)
    const found = known.filter(({ id }) => {
      const facts = factsOf(id)
      return facts && maySharePatient(facts, arrival)
    })
    return found.length === 1 ? found[0]?.id : undefined
  }

  return ({ attributes, source }: NewInstance): Parents => {
    const studyInstanceUID = attributes.StudyInstanceUID ?? ''
    const seriesInstanceUID = attributes.SeriesInstanceUID ?? ''
    if (!studyInstanceUID || !seriesInstanceUID || !attributes.SOPInstanceUID)
      throw new Error('An instance needs its three UIDs')
    const identity = patientIdentity(attributes)
    const known = studiesOf.all(studyInstanceUID)
    let studyId = known.find((study) => study.patientIdentity === identity)?.id ?? possible(known, attributes)
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
