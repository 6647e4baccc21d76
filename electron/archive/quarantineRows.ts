import type { InstanceImage } from '#shared/imaging/instanceImage.ts'
import type { InstanceSource, NewInstance } from './archiveApi.ts'
import { type Connection, prepare } from './database.ts'
import type { KeptRow } from './measurements.ts'
import type { StorageFolder } from './storageFolders.ts'

/** The directory in a storage folder. */
export const QUARANTINE = 'quarantine'

/** What was measured on it waits with it: points of one image say nothing about another. */
export type SetAside = NewInstance & { measurements?: KeptRow[] }

export interface QuarantineRow {
  quarantineId: number
  sopInstanceUID: string
  folderId: number
  /** Relative to the storage folder. */
  file: string
  differences: string[]
  instance: SetAside
}

export interface NewQuarantineRow {
  reason: 'differs' | 'replaced'
  folder: Pick<StorageFolder, 'folderId'>
  name: string
  instance: SetAside
  differences: string[]
  at: number
}

interface IndexedRow {
  instanceId: number
  folderId: number
  file: string
  bytes: number
  dataSetHash: string
  transferSyntaxUID: string
  attributes: string | null
  image: string | null
}

/** All within the caller's transaction. */
export function quarantineRows(db: Connection) {
  const insert = prepare(
    db,
    `INSERT INTO quarantined_instances
       (reason, sop_instance_uid, data_set_hash, folder_id, file, bytes, calling_ae_title, address, received_at,
        quarantined_at, differences, instance)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (sop_instance_uid, data_set_hash) DO NOTHING`,
  )
  const find = prepare<{ folderId: number; file: string }>(
    db,
    `SELECT folder_id AS folderId, file FROM quarantined_instances WHERE sop_instance_uid = ? AND data_set_hash = ?`,
  )
  const again = prepare(
    db,
    `UPDATE quarantined_instances SET reason = 'differs', calling_ae_title = ?, address = ?, received_at = ?,
       quarantined_at = ?, differences = ?
     WHERE sop_instance_uid = ? AND data_set_hash = ?`,
  )
  const move = prepare(
    db,
    'UPDATE quarantined_instances SET folder_id = ?, file = ? WHERE sop_instance_uid = ? AND data_set_hash = ?',
  )
  const get = prepare<Omit<QuarantineRow, 'instance' | 'differences'> & { instance: string; differences: string }>(
    db,
    `SELECT quarantine_id AS quarantineId, sop_instance_uid AS sopInstanceUID, folder_id AS folderId, file, differences,
       instance FROM quarantined_instances WHERE quarantine_id = ?`,
  )
  const keep = prepare(
    db,
    `UPDATE quarantined_instances SET instance = json_set(instance, '$.measurements', json(?))
     WHERE sop_instance_uid = ? AND data_set_hash = ?`,
  )
  const remove = prepare(db, 'DELETE FROM quarantined_instances WHERE quarantine_id = ?')
  const replaced = prepare<{ id: number }>(
    db,
    `SELECT quarantine_id AS id FROM quarantined_instances WHERE reason = 'replaced' AND quarantined_at <= ?`,
  )
  const indexed = prepare<IndexedRow>(
    db,
    `SELECT i.instance_id AS instanceId, folder_id AS folderId, file, bytes, data_set_hash AS dataSetHash,
       transfer_syntax_uid AS transferSyntaxUID, attributes, image
     FROM instances i LEFT JOIN instance_attributes USING (instance_id) LEFT JOIN instance_images USING (instance_id)
     WHERE sop_instance_uid = ?`,
  )
  const source = prepare<InstanceSource>(
    db,
    `SELECT kind, calling_ae_title AS callingAETitle, address, received_at AS at
     FROM instances JOIN sources USING (source_id) WHERE instance_id = ?`,
  )

  return {
    /** False when the very same is there already; then nothing changes. */
    insert({ reason, folder, name, instance, differences, at }: NewQuarantineRow): boolean {
      const uid = instance.attributes.SOPInstanceUID ?? ''
      const { callingAETitle, address } = instance.source
      const receivedAt = Math.trunc(instance.source.at)
      const { changes } = insert.run(
        ...([reason, uid, instance.dataSetHash, folder.folderId, `${QUARANTINE}/${name}`] as const),
        ...([instance.bytes, callingAETitle, address, receivedAt, at] as const),
        ...([JSON.stringify(differences), JSON.stringify(instance)] as const),
      )
      return changes > 0
    },
    /** The very same has come again: whatever it was there for, from now on it waits for a person. */
    cameAgain({ instance: { attributes, dataSetHash, source }, differences, at }: NewQuarantineRow): void {
      const from = [source.callingAETitle, source.address, Math.trunc(source.at)] as const
      again.run(...from, at, JSON.stringify(differences), attributes.SOPInstanceUID ?? '', dataSetHash)
    },
    find: ({ attributes, dataSetHash }: NewInstance) => find.get(attributes.SOPInstanceUID ?? '', dataSetHash),
    /** Where the very same lay in quarantine before it was here. */
    keepMeasurements({ attributes, dataSetHash, measurements }: SetAside): void {
      keep.run(JSON.stringify(measurements ?? []), attributes.SOPInstanceUID ?? '', dataSetHash)
    },
    /** The file of the row that is there. */
    setFile({ instance: { attributes, dataSetHash }, folder, name }: NewQuarantineRow): void {
      move.run(folder.folderId, `${QUARANTINE}/${name}`, attributes.SOPInstanceUID ?? '', dataSetHash)
    },
    get(quarantineId: number): QuarantineRow | undefined {
      const row = get.get(quarantineId)
      if (!row) return undefined
      const instance = JSON.parse(row.instance) as SetAside
      return { ...row, differences: JSON.parse(row.differences) as string[], instance }
    },
    remove: (quarantineId: number) => void remove.run(quarantineId),
    replacedBefore: (before: number) => replaced.all(before).map(({ id }) => id),
    /** What the archive has under a UID, as it would be indexed anew. */
    indexed(sopInstanceUID: string): (NewInstance & { folderId: number }) | undefined {
      const row = indexed.get(sopInstanceUID)
      if (!row) return undefined
      const { instanceId, attributes, image, ...rest } = row
      const from = source.get(instanceId) ?? { kind: 'unknown', callingAETitle: '', address: '', at: Date.now() }
      return {
        ...rest,
        attributes: attributes === null ? { SOPInstanceUID: sopInstanceUID } : JSON.parse(attributes),
        image: JSON.parse(image ?? 'null') as InstanceImage,
        source: from,
      }
    },
  }
}
