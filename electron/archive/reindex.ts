import type { InstanceSource, NewInstance } from './archiveApi.ts'
import { type Connection, prepare } from './database.ts'
import { IMAGE_VERSION, imageColumns } from './imageColumns.ts'
import { parents } from './parents.ts'
import { patientIdentity } from './patientIdentity.ts'
import { seriesColumns, studyColumns } from './studyColumns.ts'
import { type StudyKey, subjects } from './subjects.ts'

/** Images that say less than their study are few. */
const ASKED_FOR_THE_PATIENT = 32

/** Writes rows anew from what their files say, within the caller's transaction. */
export function reindexer(db: Connection) {
  const row = prepare<{ instanceId: number }>(
    db,
    'SELECT instance_id AS instanceId FROM instances WHERE sop_instance_uid = ? AND folder_id = ? AND file = ?',
  )
  const source = prepare<InstanceSource>(
    db,
    `SELECT kind, calling_ae_title AS callingAETitle, address, received_at AS at
     FROM instances JOIN sources USING (source_id) WHERE folder_id = ? AND file = ?`,
  )
  const parentsOf = parents(db)
  const subjectsOf = subjects(db)
  const setAttributes = prepare(
    db,
    'INSERT OR REPLACE INTO instance_attributes (instance_id, attributes) VALUES (?, ?)',
  )
  const setImage = prepare(db, 'INSERT OR REPLACE INTO instance_images (instance_id, version, image) VALUES (?, ?, ?)')
  const setTrashed = prepare(db, 'UPDATE instances SET trashed_at = ? WHERE instance_id = ?')
  const remove = prepare(db, 'DELETE FROM instances WHERE instance_id = ?')
  const firstOfStudy = prepare<{ attributes: string }>(
    db,
    `SELECT attributes FROM instance_attributes JOIN instances USING (instance_id)
     WHERE study_id = ? ORDER BY instance_id LIMIT ${ASKED_FOR_THE_PATIENT}`,
  )
  const firstOfSeries = prepare<{ attributes: string }>(
    db,
    `SELECT attributes FROM instance_attributes JOIN instances USING (instance_id)
     WHERE series_id = ? ORDER BY instance_id LIMIT 1`,
  )
  const studyOf = prepare<StudyKey>(
    db,
    'SELECT study_instance_uid AS uid, patient_identity AS patientIdentity FROM studies WHERE study_id = ?',
  )
  const seriesOf = prepare<{ id: number }>(db, 'SELECT series_id AS id FROM series WHERE study_id = ?')

  return {
    sourceOf: (folderId: number, file: string) => source.get(folderId, file),
    /** False when no row is about this very file. */
    update(instance: NewInstance, folderId: number): boolean {
      const { attributes, image } = instance
      const known = row.get(attributes.SOPInstanceUID, folderId, instance.file)
      if (!known) return false
      const { studyId, seriesId } = parentsOf(instance)
      update(db, 'instances', 'instance_id', known.instanceId, {
        study_id: studyId,
        series_id: seriesId,
        sop_class_uid: attributes.SOPClassUID ?? image.sopClassUID,
        transfer_syntax_uid: instance.transferSyntaxUID,
        bytes: instance.bytes,
        data_set_hash: instance.dataSetHash,
        ...imageColumns(image, attributes),
      })
      setAttributes.run(known.instanceId, JSON.stringify(attributes))
      setImage.run(known.instanceId, IMAGE_VERSION, JSON.stringify(image))
      return true
    },
    trash: (instanceId: number, trashedAt: number) => {
      setTrashed.run(trashedAt, instanceId)
    },
    remove: (instanceId: number) => {
      remove.run(instanceId)
    },
    /** Study and series say what their first instance says, as when they arrived: the first that names the patient. */
    retell(studyId: number): void {
      const study = studyOf.get(studyId)
      if (!study) return
      const attributes = firstOfStudy
        .all(studyId)
        .map((first) => JSON.parse(first.attributes) as Record<string, string>)
        .find((first) => patientIdentity(first) === study.patientIdentity)
      if (attributes) {
        const { patientRef, clientRef } = subjectsOf(attributes, study)
        update(db, 'studies', 'study_id', studyId, {
          patient_ref: patientRef,
          client_ref: clientRef,
          ...studyColumns(attributes),
        })
      }
      for (const { id } of seriesOf.all(studyId)) {
        const firstImage = firstOfSeries.get(id)
        if (firstImage)
          update(
            db,
            'series',
            'series_id',
            id,
            seriesColumns(JSON.parse(firstImage.attributes) as Record<string, string>),
          )
      }
    },
  }
}

function update(
  db: Connection,
  table: string,
  key: string,
  id: number,
  columns: Record<string, string | number | null>,
): void {
  const names = Object.keys(columns)
  prepare(db, `UPDATE ${table} SET ${names.map((name) => `${name} = ?`).join(', ')} WHERE ${key} = ?`).run(
    ...Object.values(columns),
    id,
  )
}
