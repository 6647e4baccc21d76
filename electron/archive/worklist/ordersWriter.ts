import type { Order, OrderContent } from '#shared/contract/order.ts'
import { dateOf } from '#shared/dicom/dateTime.ts'
import { comparePatients, patientIdKey } from '#shared/dicom/samePatient.ts'
import { newUID } from '#shared/dicom/uid.ts'
import { type Connection, prepare } from '../database.ts'
import { type OrderRow, orderColumns, orderOf, orderPatient, searchKey } from './orderRow.ts'
import type { NewOrder } from './worklistApi.ts'

export type OrdersWriter = ReturnType<typeof ordersWriter>

/** Requests; every function runs inside the writer's transaction. */
export function ordersWriter(db: Connection) {
  const insert = prepare(
    db,
    `INSERT INTO orders (state, source_kind, source_name, source_server_id, source_key, accession_number, study_instance_uid,
       requested_procedure_id, scheduled_step_id, station_ae_title, start_date, start_time, patient_id_key, search_key,
       created_at, changed_at, content)
     VALUES ('scheduled', ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  )
  const identify = prepare(
    db,
    `UPDATE orders SET accession_number = ?, requested_procedure_id = ?, scheduled_step_id = ?, search_key = ?,
       patient_id_key = ?, content = ? WHERE order_id = ?`,
  )
  const update = prepare(
    db,
    `UPDATE orders SET station_ae_title = ?, start_date = ?, start_time = ?, patient_id_key = ?, search_key = ?,
       changed_at = ?, content = ? WHERE order_id = ?`,
  )
  const byId = prepare<OrderRow>(db, `SELECT ${orderColumns} FROM orders o WHERE order_id = ?`)
  const bySource = prepare<OrderRow>(db, `SELECT ${orderColumns} FROM orders o WHERE source_key = ?`)
  const accessionTaken = prepare(db, 'SELECT 1 FROM orders WHERE accession_number = ? LIMIT 1')
  const setState = prepare(
    db,
    'UPDATE orders SET state = ?, ended_by_person = ?, changed_at = ? WHERE order_id = ? AND (state <> ? OR ended_by_person <> ?)',
  )

  const release = prepare(db, 'UPDATE orders SET source_key = NULL WHERE order_id = ?')
  const hasImages = prepare(
    db,
    `SELECT 1 FROM order_studies WHERE order_id = ? AND how NOT IN ('proposed', 'unknown', 'left') LIMIT 1`,
  )

  const get = (orderId: number): Order | undefined => {
    const row = byId.get(orderId)
    return row && orderOf(row)
  }

  const hasBegun = ({ orderId, state }: OrderRow): boolean =>
    (state !== 'scheduled' && state !== 'cancelled') || hasImages.get(orderId) !== undefined

  function create({ content, source, sourceKey, isChange = false, given = {} }: NewOrder): Order {
    const known = sourceKey === undefined ? undefined : bySource.get(sourceKey)
    // A number that is used again: the images of one patient must not become those of the next one.
    const isReused = known !== undefined && !isChange && hasBegun(known) && isOther(orderOf(known), content)
    if (isReused) release.run(known.orderId)
    else if (known) {
      const { patientId } = orderOf(known).patient
      const patient = { ...content.patient, patientId: content.patient.patientId || patientId }
      if (known.state === 'cancelled') setState.run('scheduled', 0, Date.now(), known.orderId, 'scheduled', 0)
      return change(known.orderId, { ...content, patient }) ?? orderOf(known)
    }
    const now = Date.now()
    const { request } = content
    const uid = given.studyInstanceUID || newUID()
    const { lastInsertRowid } = insert.run(
      ...[source.kind, source.name, source.serverId, sourceKey ?? null, given.accessionNumber ?? '', uid],
      ...[given.requestedProcedureID ?? '', given.scheduledProcedureStepID ?? '', request.stationAETitle, request.date],
      ...[request.time, '', '', now, now, JSON.stringify(content)],
    )
    const orderId = Number(lastInsertRowid)
    const named = { ...content, patient: { ...content.patient, patientId: content.patient.patientId || `N${orderId}` } }
    const accession = given.accessionNumber || freeAccession(orderId, now)
    identify.run(
      ...[accession, given.requestedProcedureID || `R${orderId}`, given.scheduledProcedureStepID || `S${orderId}`],
      ...[searchKey(named, accession), patientIdKey(named.patient.patientId), JSON.stringify(named), orderId],
    )
    return get(orderId) as Order
  }

  /** SH: 16 characters. The day, so that people can read it over the telephone, and what makes it unique. */
  function freeAccession(orderId: number, now: number): string {
    const day = dateOf(new Date(now)).slice(2)
    for (let suffix = orderId; ; suffix += 1) {
      const candidate = `${day}${`${suffix}`.padStart(4, '0')}`
      if (!accessionTaken.get(candidate)) return candidate
    }
  }

  function change(orderId: number, content: OrderContent): Order | undefined {
    const known = get(orderId)
    if (!known) return undefined
    const { request } = content
    const patientId = content.patient.patientId || known.patient.patientId
    const named = { ...content, patient: { ...content.patient, patientId } }
    update.run(
      ...[request.stationAETitle, request.date, request.time, patientIdKey(patientId)],
      ...[searchKey(named, known.accessionNumber), Date.now(), JSON.stringify(named), orderId],
    )
    return get(orderId)
  }

  return {
    get,
    create,
    change,
    setState(orderId: number, state: Order['state'], byPerson: boolean): Order | undefined {
      const isByPerson = byPerson ? 1 : 0
      if (state === 'cancelled' && get(orderId)?.state !== 'scheduled') return get(orderId)
      setState.run(state, isByPerson, Date.now(), orderId, state, isByPerson)
      return get(orderId)
    },
    cancelBySource(sourceKey: string): Order | undefined {
      const known = bySource.get(sourceKey)
      if (!known) return undefined
      if (!hasBegun(known)) setState.run('cancelled', 0, Date.now(), known.orderId, 'cancelled', 0)
      return get(known.orderId)
    },
  }
}

/** Another patient ID; where one of them has none, any name but the same one. */
function isOther({ patient: known }: Pick<Order, 'patient'>, { patient }: OrderContent): boolean {
  const { reason } = comparePatients(orderPatient(known), orderPatient(patient))
  if (known.patientId !== '' && patient.patientId !== '') return reason === 'other-id'
  return reason !== 'no-id'
}
