import { type Connection, prepare } from '../database.ts'

/** Written about images, here or elsewhere, after a device has said what it made. */
const DOCUMENTS = `('SR', 'KO', 'PR', 'DOC')`

export interface UnnamedImages {
  /** In studies that stand here by their patient ID alone. */
  byPatientId: number
  /** In studies of the request's own; what a person attached is not asked about. */
  others: number
}

/** Images of a request that no performed step of it names (PS3.3 C.4.15). */
export function unnamedImages(db: Connection): (orderId: number) => UnnamedImages {
  const count = prepare<UnnamedImages>(
    db,
    `SELECT coalesce(sum(os.how = 'patient-id'), 0) AS byPatientId, coalesce(sum(os.how IN ('study-uid', 'accession')), 0) AS others
     FROM order_studies os JOIN series s USING (study_id) JOIN instances i USING (series_id)
     WHERE os.order_id = ? AND os.how NOT IN ('proposed', 'unknown', 'left') AND i.trashed_at IS NULL
       AND s.modality NOT IN ${DOCUMENTS} AND NOT EXISTS
         (SELECT 1 FROM performed_steps t JOIN performed_step_instances p USING (step_ref)
          WHERE t.order_id = os.order_id AND p.sop_instance_uid = i.sop_instance_uid)`,
  )
  return (orderId) => count.get(orderId) ?? { byPatientId: 0, others: 0 }
}
