import type { OrderContent } from '#shared/contract/order.ts'
import type { RuleFiring } from '#shared/contract/rules.ts'
import { formatPersonName } from '#shared/dicom/personName.ts'
import { type Connection, prepare } from './database.ts'
import type { GroupCommit } from './groupCommit.ts'
import type { Arrival, ArrivedInstance, NewFiring, RoutingReaderApi, RoutingWriterApi } from './routingApi.ts'

const FIRINGS_KEPT = 10_000
/** So many say what a study, or a day's requests, are about. */
const SAMPLE = 500

export function routingWriter(db: Connection, commits: GroupCommit): RoutingWriterApi {
  const forget = prepare(db, 'DELETE FROM rule_progress WHERE rule_id = ?')
  const progress = prepare(
    db,
    `INSERT INTO rule_progress (rule_id, study_id, through_instance_id) VALUES (?, ?, ?)
     ON CONFLICT (rule_id, study_id) DO UPDATE SET through_instance_id = max(through_instance_id, excluded.through_instance_id)`,
  )
  const fire = prepare(db, 'INSERT INTO rule_firings (rule_id, at, firing) VALUES (?, ?, ?)')
  const prune = prepare(
    db,
    `DELETE FROM rule_firings WHERE firing_id <= (SELECT max(firing_id) FROM rule_firings) - ${FIRINGS_KEPT}`,
  )
  return {
    startRule: (ruleId, throughInstanceId) =>
      commits.write(() => {
        forget.run(ruleId)
        progress.run(ruleId, 0, throughInstanceId)
      }),
    saveFirings: (ruleId, studyId, throughInstanceId, firings: NewFiring[]) =>
      commits.write(() => {
        for (const firing of firings) fire.run(ruleId, Math.trunc(firing.at), JSON.stringify(firing))
        progress.run(ruleId, studyId, throughInstanceId)
        prune.run()
      }),
  }
}

type FoundInstance = Omit<ArrivedInstance, 'attributes'> & { attributes: string }

export function routingReader(db: Connection): RoutingReaderApi {
  const newest = prepare<{ id: number }>(db, 'SELECT coalesce(max(instance_id), 0) AS id FROM instances')
  const start = prepare<{ id: number }>(
    db,
    'SELECT through_instance_id AS id FROM rule_progress WHERE rule_id = ? AND study_id = 0',
  )
  const arrivals = prepare<Arrival>(
    db,
    `SELECT a.study_id AS studyId, newest AS newestInstanceId, last AS lastReceivedAt,
       max(coalesce(p.through_instance_id, 0), ?) AS throughInstanceId
     FROM (SELECT study_id, max(instance_id) AS newest, max(received_at) AS last
       FROM instances JOIN sources USING (source_id)
       WHERE instance_id > ? AND kind = 'receive' AND trashed_at IS NULL GROUP BY study_id) a
     LEFT JOIN rule_progress p ON p.rule_id = ? AND p.study_id = a.study_id
     WHERE newest > coalesce(p.through_instance_id, 0)`,
  )
  const arrived = prepare<FoundInstance>(
    db,
    `SELECT i.instance_id AS instanceId, calling_ae_title AS callingAETitle, address, attributes
     FROM instances i JOIN sources USING (source_id) JOIN instance_attributes USING (instance_id)
     WHERE study_id = ? AND i.instance_id > ? AND i.instance_id <= ? AND kind = 'receive' AND trashed_at IS NULL
     ORDER BY i.instance_id`,
  )
  const sample = prepare<FoundInstance>(
    db,
    `SELECT i.instance_id AS instanceId, calling_ae_title AS callingAETitle, address, attributes
     FROM instances i JOIN sources USING (source_id) JOIN instance_attributes USING (instance_id)
     WHERE study_id = ? AND trashed_at IS NULL ORDER BY i.instance_id LIMIT ${SAMPLE}`,
  )
  // in place of a study: requests
  const startOfOrders = prepare<{ id: number }>(
    db,
    'SELECT through_instance_id AS id FROM rule_progress WHERE rule_id = ? AND study_id = -1',
  )
  const newestOrder = prepare<{ id: number }>(db, 'SELECT coalesce(max(order_id), 0) AS id FROM orders')
  const orders = prepare<{ orderId: number; accessionNumber: string; studyInstanceUID: string; content: string }>(
    db,
    `SELECT order_id AS orderId, accession_number AS accessionNumber, study_instance_uid AS studyInstanceUID, content
     FROM orders WHERE state = 'scheduled' AND order_id > ? ORDER BY order_id LIMIT ${SAMPLE}`,
  )
  const received = prepare<{ id: number }>(
    db,
    `SELECT study_id AS id FROM studies s WHERE listed = 1 AND EXISTS (SELECT 1 FROM instances i
       JOIN sources USING (source_id) WHERE i.study_id = s.study_id AND kind = 'receive' AND trashed_at IS NULL)
     ORDER BY received_at DESC LIMIT ?`,
  )
  const firings = prepare<{ id: number; firing: string }>(
    db,
    'SELECT firing_id AS id, firing FROM rule_firings ORDER BY firing_id DESC LIMIT ?',
  )
  const fired = prepare<{ ruleId: number; lastFiredAt: number; fired: number }>(
    db,
    `SELECT rule_id AS ruleId, max(at) AS lastFiredAt, sum(firing ->> '$.images') AS fired FROM rule_firings
     WHERE firing ->> '$.transferId' <> '' OR firing ->> '$.images' > 0 GROUP BY rule_id`,
  )
  return {
    newestInstanceId: async () => newest.get()?.id ?? 0,
    arrivals: async (ruleId) => {
      const from = start.get(ruleId)
      return from === undefined ? undefined : arrivals.all(from.id, from.id, ruleId)
    },
    arrived: async ({ studyId, afterId, throughId }) => arrived.all(studyId, afterId, throughId).map(withAttributes),
    sampleOf: async (studyId) => sample.all(studyId).map(withAttributes),
    newestOrderId: async () => newestOrder.get()?.id ?? 0,
    ordersAfter: async (ruleId) => {
      const from = startOfOrders.get(ruleId)
      return from === undefined ? undefined : orders.all(from.id).map(requestOf)
    },
    newestReceivedStudies: async (limit) => received.all(limit).map(({ id }) => id),
    listFirings: async (limit) =>
      firings
        .all(limit)
        .map(({ id, firing }) => ({ ...(JSON.parse(firing) as Omit<RuleFiring, 'firingId'>), firingId: id })),
    firedByRule: async () => Object.fromEntries(fired.all().map(({ ruleId, ...counts }) => [ruleId, counts])),
  }
}

function withAttributes({ attributes, ...instance }: FoundInstance): ArrivedInstance {
  return { ...instance, attributes: JSON.parse(attributes) as Record<string, string> }
}

/** A request as its images will say it. */
function requestOf(row: { orderId: number; accessionNumber: string; studyInstanceUID: string; content: string }) {
  const { orderId, accessionNumber, studyInstanceUID } = row
  const { patient, request } = JSON.parse(row.content) as OrderContent
  return {
    orderId,
    title: formatPersonName(patient.patientName) || patient.patientId,
    attributes: {
      ...{ PatientName: patient.patientName, PatientID: patient.patientId, PatientBirthDate: patient.birthDate },
      ...{ PatientSex: patient.sex, PatientSpeciesDescription: patient.species, Modality: request.modality },
      ...{ StudyDescription: request.procedure, AccessionNumber: accessionNumber, StudyInstanceUID: studyInstanceUID },
      ...{ StudyDate: request.date, ScheduledStationAETitle: request.stationAETitle },
    },
  }
}
