import { type Connection, prepare } from '../database.ts'
import type { ArrivedSeries, WorklistReaderApi } from './worklistApi.ts'

/** No step of a clinic has more; a longer list would not fit into an N-SET of most servers. */
const INSTANCES_MAX = 20_000

/** What is here for an order, as a performed step lists it (PS3.3 C.4.15). */
export function arrivedSeries(db: Connection): WorklistReaderApi['arrivedSeries'] {
  const rows = prepare<{
    seriesInstanceUID: string
    description: string
    modality: string
    attributes: string
    sopClassUID: string
    sopInstanceUID: string
  }>(
    db,
    `SELECT s.series_instance_uid AS seriesInstanceUID, s.description, s.modality, s.attributes,
       i.sop_class_uid AS sopClassUID, i.sop_instance_uid AS sopInstanceUID
     FROM order_studies os JOIN series s USING (study_id) JOIN instances i USING (series_id)
     WHERE os.order_id = ? AND os.how NOT IN ('proposed', 'unknown', 'left') AND i.trashed_at IS NULL
       -- what is here by the patient ID alone may be of another hour: not named beside images that are this request's for sure
       AND (os.how <> 'patient-id' OR NOT EXISTS
         (SELECT 1 FROM order_studies sure WHERE sure.order_id = os.order_id AND sure.how IN ('study-uid', 'accession', 'person')))
     ORDER BY s.series_id, i.instance_number, i.instance_id LIMIT ${INSTANCES_MAX}`,
  )
  return async (orderId) => {
    const series = new Map<string, ArrivedSeries>()
    for (const { sopClassUID, sopInstanceUID, attributes, ...row } of rows.all(orderId)) {
      const { ProtocolName = '', OperatorsName = '' } = JSON.parse(attributes) as Record<string, string>
      const known = series.get(row.seriesInstanceUID) ?? {
        ...row,
        protocolName: ProtocolName,
        operatorsName: OperatorsName,
        instances: [],
      }
      known.instances.push({ sopClassUID, sopInstanceUID })
      series.set(row.seriesInstanceUID, known)
    }
    return [...series.values()]
  }
}
