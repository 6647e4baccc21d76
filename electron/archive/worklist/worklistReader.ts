import { matchesItem } from '#electron/worklist/matchItem.ts'
import type { StepState } from '#electron/worklist/performedStep.ts'
import { timed, worklistItem } from '#electron/worklist/worklistItem.ts'
import type { Procedure } from '#shared/contract/worklist.ts'
import type { AttributeSet } from '#shared/dicom/attributeSet.ts'
import { type Connection, prepare } from '../database.ts'
import { arrivedSeries } from './arrivedSeries.ts'
import { boardReader } from './board.ts'
import { type OrderRow, orderColumns, orderOf } from './orderRow.ts'
import { patientsReader } from './patients.ts'
import type { KeptStep, StepReport, WorklistQuery, WorklistReaderApi } from './worklistApi.ts'

/** Matches that go out together; a reader that waits makes the search wait. */
const PAGE = 100
const DUE_MAX = 20

const stepColumns = `sop_instance_uid AS sopInstanceUID, order_id AS orderId, server_id AS serverId, state, attributes`

export function worklistReader(db: Connection): WorklistReaderApi {
  const narrowed = `state IN ('scheduled', 'in-progress') AND start_date >= ? AND start_date <= ?
    ORDER BY start_date, start_time, order_id`
  const ofAll = prepare<OrderRow>(db, `SELECT ${orderColumns} FROM orders o WHERE ${narrowed}`)
  const ofStation = prepare<OrderRow>(
    db,
    `SELECT ${orderColumns} FROM orders o WHERE station_ae_title IN (?, '') AND ${narrowed}`,
  )
  const byId = prepare<OrderRow>(db, `SELECT ${orderColumns} FROM orders o WHERE order_id = ?`)
  const bySource = prepare<OrderRow>(db, `SELECT ${orderColumns} FROM orders o WHERE source_key = ?`)
  const step = prepare<StepRow>(db, `SELECT ${stepColumns} FROM performed_steps WHERE sop_instance_uid = ?`)
  const own = prepare<StepRow>(
    db,
    `SELECT ${stepColumns} FROM performed_steps WHERE order_id = ? AND server_id <> 0 AND state = 'IN PROGRESS'
     ORDER BY step_ref DESC LIMIT 1`,
  )
  const procedures = prepare<{
    procedureId: number
    description: string
    modality: string
    value: string
    scheme: string
  }>(
    db,
    `SELECT procedure_id AS procedureId, description, modality, code_value AS value, coding_scheme AS scheme
     FROM procedures ORDER BY description`,
  )
  const stations = prepare<{ aeTitle: string }>(
    db,
    `SELECT calling_ae_title AS aeTitle FROM sources WHERE kind = 'receive' AND calling_ae_title <> ''
     UNION SELECT DISTINCT station_ae_title FROM orders WHERE station_ae_title <> '' ORDER BY 1 LIMIT 200`,
  )
  const inputs = prepare<Awaited<ReturnType<WorklistReaderApi['listInputs']>>[number]>(
    db,
    `SELECT input_id AS inputId, kind, received_at AS receivedAt, source, outcome, sentence, order_id AS orderId
     FROM inputs ORDER BY input_id DESC LIMIT ?`,
  )
  // A step is created before it is set: of each only the oldest report that waits.
  const due = prepare<Omit<StepReport, 'attributes'> & { attributes: string }>(
    db,
    `SELECT report_id AS reportId, sop_instance_uid AS sopInstanceUID, server_id AS serverId, kind, attributes, attempts
     FROM step_reports r WHERE ended_at IS NULL AND next_attempt_at <= ?
       AND NOT EXISTS (SELECT 1 FROM step_reports e WHERE e.sop_instance_uid = r.sop_instance_uid
         AND e.ended_at IS NULL AND e.report_id < r.report_id)
     ORDER BY report_id LIMIT ${DUE_MAX}`,
  )

  async function* worklistItems(query: WorklistQuery, signal: AbortSignal): AsyncGenerator<AttributeSet[]> {
    const { keys, station, from, to, callingAETitle } = query
    const days = [from, to || '9']
    const rows = station === '' ? ofAll.all(...days) : ofStation.all(station, ...days)
    let page: AttributeSet[] = []
    for (const row of rows) {
      const item = worklistItem(orderOf(row), station || callingAETitle)
      if (!matchesItem(keys, item)) continue
      page.push(timed(item))
      if (page.length < PAGE) continue
      yield page
      if (signal.aborted) return
      page = []
    }
    if (page.length > 0) yield page
  }

  return {
    worklistItems,
    performedStep: async (sopInstanceUID) => keptStep(step.get(sopInstanceUID)),
    ownStep: async (orderId) => keptStep(own.get(orderId)),
    getOrder: async (orderId) => {
      const row = byId.get(orderId)
      return row && orderOf(row)
    },
    orderOfSource: async (sourceKey) => {
      const row = bySource.get(sourceKey)
      return row && orderOf(row)
    },
    listProcedures: async () =>
      procedures.all().map(
        ({ value, scheme, ...rest }): Procedure => ({
          ...rest,
          code: value === '' ? null : { value, scheme, meaning: rest.description },
        }),
      ),
    seenStations: async () => stations.all().map(({ aeTitle }) => aeTitle),
    listInputs: async (limit) => inputs.all(limit),
    dueReports: async (now) =>
      due.all(now).map((row) => ({ ...row, attributes: JSON.parse(row.attributes) as AttributeSet })),
    arrivedSeries: arrivedSeries(db),
    ...boardReader(db),
    ...patientsReader(db),
  }
}

type StepRow = Omit<KeptStep, 'attributes' | 'state'> & { state: StepState; attributes: string }

function keptStep(row: StepRow | undefined): KeptStep | undefined {
  return row && { ...row, attributes: JSON.parse(row.attributes) as AttributeSet }
}
