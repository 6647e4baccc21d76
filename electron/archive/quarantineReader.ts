import type { QuarantinedInstance } from '#shared/contract/quarantine.ts'
import type { NewInstance } from './archiveApi.ts'
import { type Connection, prepare } from './database.ts'
import type { QuarantineReaderApi } from './quarantineApi.ts'

type Row = Pick<
  QuarantinedInstance,
  | 'quarantineId'
  | 'reason'
  | 'sopInstanceUID'
  | 'callingAETitle'
  | 'address'
  | 'receivedAt'
  | 'quarantinedAt'
  | 'bytes'
  | 'measurements'
> & { alsoFrom: string; differences: string; instance: string; studyId: number | null }

const SENDERS_MAX = 10

export function quarantineReader(db: Connection): QuarantineReaderApi {
  const total = prepare<{ total: number }>(db, 'SELECT count(*) AS total FROM quarantined_instances')
  const list = prepare<Row>(
    db,
    `SELECT quarantine_id AS quarantineId, reason, q.sop_instance_uid AS sopInstanceUID,
       calling_ae_title AS callingAETitle, address, q.received_at AS receivedAt, quarantined_at AS quarantinedAt, q.bytes,
       differences, instance,
       (SELECT json_group_array(calling_ae_title) FROM (
         SELECT calling_ae_title FROM sent_contents c
         WHERE c.sop_instance_uid = q.sop_instance_uid AND c.data_set_hash = q.data_set_hash
           AND c.calling_ae_title NOT IN (q.calling_ae_title, '')
         ORDER BY came_at DESC LIMIT ${SENDERS_MAX})) AS alsoFrom,
       (SELECT study_id FROM instances i WHERE i.sop_instance_uid = q.sop_instance_uid AND trashed_at IS NULL) AS studyId,
       (SELECT count(*) FROM measurements JOIN instances i USING (instance_id)
        WHERE i.sop_instance_uid = q.sop_instance_uid) AS measurements
     FROM quarantined_instances q ORDER BY quarantined_at DESC, quarantine_id DESC LIMIT ?`,
  )
  return {
    listQuarantined: async (limit) => ({
      total: total.get()?.total ?? 0,
      rows: list.all(limit).map(({ instance, differences, alsoFrom, ...row }) => {
        const { attributes } = JSON.parse(instance) as NewInstance
        return {
          ...row,
          alsoFrom: JSON.parse(alsoFrom) as string[],
          patientName: attributes.PatientName ?? '',
          patientId: attributes.PatientID ?? '',
          studyDate: attributes.StudyDate ?? '',
          studyDescription: attributes.StudyDescription ?? '',
          modality: attributes.Modality ?? '',
          differences: JSON.parse(differences) as string[],
        }
      }),
    }),
  }
}
