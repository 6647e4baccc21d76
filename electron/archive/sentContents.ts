import type { NewInstance } from './archiveApi.ts'
import { type Connection, prepare } from './database.ts'

/** One sender's under one UID; whoever sends more than these is told "no" all the same. */
const CONTENTS_MAX = 20

/**
 * Of an instance `i` with its source `s`; three times the AE title of who asks. Where a UID came with several contents,
 * "yes" is for those alone who sent what is kept, and sent nothing else that was not replaced by their own.
 */
export const HAS_RIVAL = `(
  EXISTS (SELECT 1 FROM sent_contents c
    WHERE c.sop_instance_uid = i.sop_instance_uid AND c.data_set_hash <> i.data_set_hash) AND (
  EXISTS (SELECT 1 FROM sent_contents c
    WHERE c.sop_instance_uid = i.sop_instance_uid AND c.calling_ae_title = ?
      AND c.data_set_hash <> i.data_set_hash AND c.superseded = 0) OR NOT (
  s.calling_ae_title = ? OR EXISTS (SELECT 1 FROM sent_contents c
    WHERE c.sop_instance_uid = i.sop_instance_uid AND c.calling_ae_title = ?
      AND c.data_set_hash = i.data_set_hash))))`

type Sent = Pick<NewInstance, 'attributes' | 'dataSetHash' | 'source'>

/**
 * Who sent which contents, once a SOP Instance UID came with more than one, or was deleted for good. What becomes of the objects (dropped, in
 * quarantine, deleted, put in each other's place) changes nothing here. All within the caller's transaction.
 */
export function sentContents(db: Connection) {
  const note = prepare(
    db,
    `INSERT INTO sent_contents (sop_instance_uid, calling_ae_title, data_set_hash, address, came_at)
     SELECT @uid, @ae, @hash, @address, @at
     WHERE EXISTS (SELECT 1 FROM sent_contents
         WHERE sop_instance_uid = @uid AND calling_ae_title = @ae AND data_set_hash = @hash)
       OR (SELECT count(*) FROM sent_contents WHERE sop_instance_uid = @uid AND calling_ae_title = @ae) < ${CONTENTS_MAX}
     ON CONFLICT DO UPDATE SET address = excluded.address, came_at = excluded.came_at, superseded = 0`,
  )
  const isContested = prepare(db, 'SELECT 1 FROM sent_contents WHERE sop_instance_uid = ? LIMIT 1')
  const sourceOf = prepare<{ callingAETitle: string; address: string; at: number }>(
    db,
    `SELECT calling_ae_title AS callingAETitle, address, received_at AS at
     FROM instances JOIN sources USING (source_id) WHERE instance_id = ?`,
  )
  const sent = prepare<{ uid: string; hash: string; callingAETitle: string; address: string; at: number }>(
    db,
    `SELECT sop_instance_uid AS uid, data_set_hash AS hash, calling_ae_title AS callingAETitle, address, received_at AS at
     FROM instances JOIN sources USING (source_id) WHERE instance_id = ? AND kind IN ('receive', 'retrieve')`,
  )
  const supersedeOwn = prepare(
    db,
    'UPDATE sent_contents SET superseded = 1 WHERE sop_instance_uid = ? AND calling_ae_title = ? AND data_set_hash <> ?',
  )
  const supersede = prepare(
    db,
    `UPDATE sent_contents SET superseded = 1 WHERE sop_instance_uid = ? AND data_set_hash = ? AND calling_ae_title IN
       (SELECT calling_ae_title FROM sent_contents WHERE sop_instance_uid = ? AND data_set_hash = ?)`,
  )

  function put(uid: string, hash: string, { callingAETitle, address, at }: Omit<NewInstance['source'], 'kind'>): void {
    note.run({ uid, ae: callingAETitle, hash, address, at: Math.trunc(at) })
  }

  return {
    note: ({ attributes, dataSetHash, source }: Sent) => put(attributes.SOPInstanceUID ?? '', dataSetHash, source),
    /** What the archive has came again; `dataSetHash`: of the archive's own, where that is the same in other bytes. */
    cameAgain({ attributes, source, ...sent }: Sent, dataSetHash = sent.dataSetHash): void {
      const uid = attributes.SOPInstanceUID ?? ''
      if (isContested.get(uid) !== undefined) put(uid, dataSetHash, source)
    },
    /** The archive had nothing under this UID; it may have had before. Who sends anew means what comes now. */
    cameFirst({ attributes, source, dataSetHash }: Sent): void {
      const uid = attributes.SOPInstanceUID ?? ''
      if (isContested.get(uid) === undefined) return
      put(uid, dataSetHash, source)
      supersedeOwn.run(uid, source.callingAETitle, dataSetHash)
    },
    /** The archive is about to forget it for good. What comes under its UID later is not what its sender sent. */
    forgo(instanceId: number): void {
      const row = sent.get(instanceId)
      if (row) put(row.uid, row.hash, row)
    },
    /** `known` gives way to `instance`: that is in order for those who sent both. */
    replace(known: { instanceId: number; dataSetHash: string }, instance: Sent): void {
      const uid = instance.attributes.SOPInstanceUID ?? ''
      const source = sourceOf.get(known.instanceId)
      if (source) put(uid, known.dataSetHash, source)
      put(uid, instance.dataSetHash, instance.source)
      supersede.run(uid, known.dataSetHash, uid, instance.dataSetHash)
    },
  }
}
