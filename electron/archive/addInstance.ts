import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { AddedInstance, NewInstance } from './archiveApi.ts'
import { bringAlong } from './bringAlong.ts'
import { counts } from './counts.ts'
import { type Connection, prepare } from './database.ts'
import { IMAGE_VERSION, imageColumns } from './imageColumns.ts'
import { insertInto } from './insertRow.ts'
import { parents } from './parents.ts'
import { StorageError } from './storageError.ts'
import type { StorageFolders } from './storageFolders.ts'

interface Existing {
  instanceId: number
  seriesId: number
  studyId: number
  folderId: number
  file: string
  dataSetHash: string
  trashedAt: number | null
}

export interface Indexed extends AddedInstance {
  /** A file that the index does not use: to be removed after the commit. A crash before leaves it for recoverOrphans. */
  leftover: string | undefined
  /** The study looks different now. */
  changed: boolean
}

/** Indexes one published file, within the caller's transaction. */
export function instanceAdder(db: Connection, folders: StorageFolders) {
  const find = prepare<Existing>(
    db,
    `SELECT instance_id AS instanceId, series_id AS seriesId, study_id AS studyId, folder_id AS folderId, file,
       data_set_hash AS dataSetHash, trashed_at AS trashedAt
     FROM instances WHERE sop_instance_uid = ?`,
  )
  const findSource = prepare<{ id: number }>(
    db,
    'SELECT source_id AS id FROM sources WHERE kind = ? AND calling_ae_title = ? AND address = ?',
  )
  const addSource = insertInto(db, 'sources', ['kind', 'calling_ae_title', 'address'])
  const addRow = insertInto(db, 'instances', [
    ...(['series_id', 'study_id', 'sop_instance_uid', 'sop_class_uid', 'transfer_syntax_uid'] as const),
    ...(['folder_id', 'file', 'bytes', 'data_set_hash', 'source_id', 'received_at'] as const),
    ...(['instance_number', 'position', 'acquisition_number', 'acquired_at', 'frames', 'drawable'] as const),
  ])
  const addAttributes = prepare(db, 'INSERT INTO instance_attributes (instance_id, attributes) VALUES (?, ?)')
  const addImage = prepare(db, 'INSERT INTO instance_images (instance_id, version, image) VALUES (?, ?, ?)')
  const restore = prepare(db, 'UPDATE instances SET trashed_at = NULL WHERE instance_id = ?')
  const removeRow = prepare(db, 'DELETE FROM instances WHERE instance_id = ?')
  const parentsOf = parents(db)
  const { add: addToCounts, recount } = counts(db)

  return (instance: NewInstance): Indexed => {
    const folder = folders.holding(instance.file)
    if (!folder) throw new StorageError('io', 'The file of the instance is not in the storage folder')
    const known = find.get(instance.attributes.SOPInstanceUID)
    if (known) {
      const path = folders.pathOf(known)
      const same = known.folderId === folder.folderId && known.file === instance.file
      if (same || existsSync(path)) {
        const changed = known.trashedAt !== null
        if (changed) {
          restore.run(known.instanceId)
          recount(known.studyId)
        }
        const { instanceId, seriesId, studyId } = known
        const outcome = known.dataSetHash === instance.dataSetHash ? 'duplicate' : 'conflict'
        // the sender of a call whose answer was lost may offer the very file that is indexed
        const leftover = same ? undefined : join(folder.path, instance.file)
        return { outcome, instanceId, seriesId, studyId, leftover, changed }
      }
      // the archive's own file was lost: what arrives now takes its place
      removeRow.run(known.instanceId)
      recount(known.studyId)
    }
    if (!folder.retired) return { ...insert(instance, folder.folderId), leftover: undefined, changed: true }
    const { folderId } = bringAlong(folder, folders.current(), instance.file)
    return { ...insert(instance, folderId), leftover: join(folder.path, instance.file), changed: true }
  }

  function insert(instance: NewInstance, folderId: number): AddedInstance {
    const { attributes, source } = instance
    const { studyId, seriesId } = parentsOf(instance)
    const sourceId =
      findSource.get(source.kind, source.callingAETitle, source.address)?.id ??
      addSource({ kind: source.kind, calling_ae_title: source.callingAETitle, address: source.address })
    const { image } = instance
    const columns = imageColumns(image, attributes)
    const instanceId = addRow({
      series_id: seriesId,
      study_id: studyId,
      sop_instance_uid: attributes.SOPInstanceUID ?? '',
      sop_class_uid: attributes.SOPClassUID ?? image.sopClassUID,
      transfer_syntax_uid: instance.transferSyntaxUID,
      folder_id: folderId,
      file: instance.file,
      bytes: instance.bytes,
      data_set_hash: instance.dataSetHash,
      source_id: sourceId,
      received_at: Math.trunc(source.at),
      ...columns,
    })
    addAttributes.run(instanceId, JSON.stringify(attributes))
    addImage.run(instanceId, IMAGE_VERSION, JSON.stringify(image))
    addToCounts({ studyId, seriesId, frames: columns.frames, bytes: instance.bytes, receivedAt: Math.trunc(source.at) })
    return { outcome: 'stored', instanceId, seriesId, studyId }
  }
}
