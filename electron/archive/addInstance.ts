import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { AddedInstance, NewInstance } from './archiveApi.ts'
import { bringAlong } from './bringAlong.ts'
import { counts } from './counts.ts'
import { type Connection, prepare } from './database.ts'
import { fileRemover } from './fileRemovals.ts'
import { IMAGE_VERSION, imageColumns } from './imageColumns.ts'
import { insertInto } from './insertRow.ts'
import { isWhole } from './isWhole.ts'
import { parents } from './parents.ts'
import { emptyRemover } from './removeEmpty.ts'
import { sentContents } from './sentContents.ts'
import { StorageError } from './storageError.ts'
import type { StorageFolder, StorageFolders } from './storageFolders.ts'

const SHARED_UID =
  'Images of another patient carry the same Study Instance UID. The two patients are listed as two studies.'

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
  /** What the index has under this UID, where something else came. */
  kept: string | undefined
  keptHash?: string
  /** These studies look different now. */
  changed: number[]
  /** A row went, and its file with it. */
  replaced?: true
}

/** `disk`: found there at start or by a rebuild. What a person deleted stays deleted then. */
export type AddInstance = (instance: NewInstance, origin?: Origin) => Indexed
/** `replacement`: it takes the place of what is under its UID, whatever that is. */
type Origin = 'arrival' | 'disk' | 'replacement'

/** Indexes one published file, within the caller's transaction. */
export function instanceAdder(db: Connection, folders: StorageFolders): AddInstance {
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
  const setTrashed = prepare(db, 'UPDATE instances SET trashed_at = ? WHERE instance_id = ?')
  const removeRow = prepare(db, 'DELETE FROM instances WHERE instance_id = ?')
  const removeFile = fileRemover(db, folders)
  const removeEmpty = emptyRemover(db)
  const contents = sentContents(db)
  const parentsOf = parents(db)
  const { add: addToCounts, recount } = counts(db)

  return (instance, origin = 'arrival') => {
    const folder = folders.holding(instance.file)
    if (!folder) throw new StorageError('io', 'The file of the instance is not in the storage folder')
    const known = find.get(instance.attributes.SOPInstanceUID)
    if (!known) {
      if (origin === 'arrival') contents.cameFirst(instance)
      return place(instance, folder)
    }
    // the sender of a call whose answer was lost may offer the very file that is indexed
    const isSameFile = known.folderId === folder.folderId && known.file === instance.file
    const isSameContent = known.dataSetHash === instance.dataSetHash
    const path = folders.pathOf(known)
    // who sends the same again may do so because the one that is here is damaged
    const isThere = isSameFile || (isSameContent ? isReadable(path, known.dataSetHash) : existsSync(path))
    const isWanted = known.trashedAt !== null && origin === 'arrival'
    if (origin !== 'replacement' && isThere && (isSameContent || !isWanted)) {
      const { instanceId, seriesId, studyId } = known
      const leftover = isSameFile ? undefined : join(folder.path, instance.file)
      const same = { instanceId, seriesId, studyId, leftover }
      if (!isSameContent) return { ...same, outcome: 'conflict', kept: path, keptHash: known.dataSetHash, changed: [] }
      if (origin === 'arrival') contents.cameAgain(instance)
      if (isWanted && !isSameFile) {
        restore.run(instanceId)
        recount(studyId)
      }
      return { ...same, outcome: 'duplicate', kept: undefined, changed: isWanted ? [studyId] : [] }
    }
    return replace(known, instance, folder, origin)
  }

  /** The archive's own file was lost, or a person deleted it and what comes now is not the same. */
  function replace(known: Existing, instance: NewInstance, folder: StorageFolder, origin: Origin): Indexed {
    if (known.dataSetHash !== instance.dataSetHash) contents.replace(known, instance)
    removeFile(known.file)
    removeRow.run(known.instanceId)
    // a study of which nothing else is left is told anew by what comes
    removeEmpty(known.studyId)
    const placed = place(instance, folder)
    if (origin === 'disk' && known.trashedAt !== null) {
      setTrashed.run(known.trashedAt, placed.instanceId)
      recount(placed.studyId)
    }
    return { ...placed, changed: [...new Set([known.studyId, placed.studyId])], replaced: true }
  }

  function place(instance: NewInstance, folder: StorageFolder): Indexed {
    const home = folder.retired ? bringAlong(folder, folders.current(), instance.file) : folder
    const leftover = folder.retired ? join(folder.path, instance.file) : undefined
    const added = insert(instance, home.folderId)
    return { ...added, leftover, kept: undefined, changed: [added.studyId] }
  }

  function insert(instance: NewInstance, folderId: number): AddedInstance {
    const { attributes, source } = instance
    const { studyId, seriesId, sharesUID } = parentsOf(instance)
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
    return { outcome: 'stored', instanceId, seriesId, studyId, ...(sharesUID ? { note: SHARED_UID } : {}) }
  }
}

function isReadable(path: string, dataSetHash: string): boolean {
  try {
    return isWhole(path, dataSetHash)
  } catch {
    return false
  }
}
