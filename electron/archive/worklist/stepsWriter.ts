import {
  changedStep,
  duplicate,
  referencedInstances,
  StepRefusal,
  type StepState,
  unknown,
} from '#electron/worklist/performedStep.ts'
import { type AttributeSet, itemsIn, textIn } from '#shared/dicom/attributeSet.ts'
import { patientIdKey } from '#shared/dicom/samePatient.ts'
import { type Connection, prepare } from '../database.ts'
import type { OrdersWriter } from './ordersWriter.ts'
import type { NewStep, StepRefused, WorklistWriterApi } from './worklistApi.ts'

/** Performed procedure steps; every function runs inside the writer's transaction. */
export function stepsWriter(db: Connection, orders: OrdersWriter) {
  const insert = prepare(
    db,
    `INSERT INTO performed_steps
       (sop_instance_uid, server_id, order_id, state, calling_ae_title, address, created_at, changed_at, attributes)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  )
  const byUID = prepare<{
    stepRef: number
    orderId: number | null
    serverId: number
    state: StepState
    attributes: string
  }>(
    db,
    `SELECT step_ref AS stepRef, order_id AS orderId, server_id AS serverId, state, attributes FROM performed_steps
     WHERE sop_instance_uid = ?`,
  )
  const save = prepare(
    db,
    'UPDATE performed_steps SET state = ?, attributes = ?, changed_at = ? WHERE sop_instance_uid = ?',
  )
  const forgetInstances = prepare(db, 'DELETE FROM performed_step_instances WHERE step_ref = ?')
  const addInstance = prepare(
    db,
    'INSERT OR IGNORE INTO performed_step_instances (step_ref, sop_instance_uid) VALUES (?, ?)',
  )
  const expect = prepare(
    db,
    `INSERT OR REPLACE INTO expected_instances (study_instance_uid, kind, said_by, speaker, instances, said_at)
     SELECT ?, 'step', sop_instance_uid, calling_ae_title, ?, ? FROM performed_steps WHERE sop_instance_uid = ?`,
  )
  const scheduled = prepare<{ orderId: number; patientKey: string }>(
    db,
    `SELECT order_id AS orderId, patient_id_key AS patientKey FROM orders
     WHERE study_instance_uid = ? ORDER BY (scheduled_step_id = ?) DESC, order_id DESC LIMIT 1`,
  )
  const accession = prepare<{ orderId: number; patientKey: string }>(
    db,
    `SELECT order_id AS orderId, patient_id_key AS patientKey FROM orders
     WHERE accession_number = ? AND accession_number <> '' ORDER BY order_id DESC LIMIT 1`,
  )
  const states = prepare<{ state: StepState }>(db, 'SELECT state FROM performed_steps WHERE order_id = ?')
  const leave = prepare(db, 'UPDATE performed_steps SET is_left = 1 WHERE sop_instance_uid = ?')
  const addReport = prepare(
    db,
    `INSERT INTO step_reports (sop_instance_uid, server_id, kind, attributes, next_attempt_at) VALUES (?, ?, ?, ?, ?)`,
  )
  const saveReport = prepare(
    db,
    'UPDATE step_reports SET attempts = ?, next_attempt_at = ?, ended_at = ?, note = ? WHERE report_id = ?',
  )

  // One attempt is counted: a step whose answer got lost is there already, and 0111 says so.
  const retry = prepare(
    db,
    `UPDATE step_reports SET ended_at = NULL, attempts = 1, next_attempt_at = ?, note = ''
     WHERE note <> '' AND sop_instance_uid IN (SELECT sop_instance_uid FROM performed_steps WHERE order_id = ?)`,
  )

  /** By the study and step that the device was given, else the accession number; never where the patient is another one. */
  function orderOfStep(attributes: AttributeSet): number | null {
    const patient = patientIdKey(textIn(attributes, 'PatientID'))
    for (const step of itemsIn(attributes, 'ScheduledStepAttributesSequence')) {
      const found =
        scheduled.get(textIn(step, 'StudyInstanceUID'), textIn(step, 'ScheduledProcedureStepID')) ??
        accession.get(textIn(step, 'AccessionNumber'))
      if (found && (patient === '' || found.patientKey === patient)) return found.orderId
    }
    return null
  }

  /** What all steps of an order together make of it. */
  function settle(orderId: number): void {
    const all = states.all(orderId).map(({ state }) => state)
    if (all.length === 0) return
    const state = all.includes('IN PROGRESS') ? 'in-progress' : all.includes('COMPLETED') ? 'completed' : 'discontinued'
    orders.setState(orderId, state, false)
  }

  function put(uid: string, state: StepState, attributes: AttributeSet, now: number): void {
    save.run(state, JSON.stringify(attributes), now, uid)
    const known = byUID.get(uid)
    const stepRef = known?.stepRef ?? 0
    forgetInstances.run(stepRef)
    const instances = referencedInstances(attributes)
    for (const instance of instances) addInstance.run(stepRef, instance)
    // What a device says to have made is what should come. Of a step of several studies nobody knows which has what.
    const studies = itemsIn(attributes, 'ScheduledStepAttributesSequence').map((item) =>
      textIn(item, 'StudyInstanceUID'),
    )
    const [studyUID, another] = new Set(studies)
    const isSaid = state !== 'IN PROGRESS' && instances.length > 0 && known?.serverId === 0
    if (isSaid && studyUID && another === undefined) expect.run(studyUID, instances.length, now, uid)
  }

  return {
    create({ sopInstanceUID, attributes, callingAETitle, address }: NewStep): StepRefused | undefined {
      if (byUID.get(sopInstanceUID)) return refused(duplicate())
      const now = Date.now()
      const orderId = orderOfStep(attributes)
      const row = [sopInstanceUID, 0, orderId, 'IN PROGRESS', callingAETitle, address, now, now, '{}']
      insert.run(...row)
      put(sopInstanceUID, 'IN PROGRESS', attributes, now)
      if (orderId !== null) settle(orderId)
      return undefined
    },
    change(sopInstanceUID: string, changes: AttributeSet): StepRefused | undefined {
      const known = byUID.get(sopInstanceUID)
      if (known?.serverId !== 0) return refused(unknown())
      try {
        const attributes = JSON.parse(known.attributes) as AttributeSet
        const next = changedStep({ sopInstanceUID, state: known.state, attributes }, changes)
        put(sopInstanceUID, next.state, next.attributes, Date.now())
      } catch (error) {
        if (error instanceof StepRefusal) return refused(error)
        throw error
      }
      if (known.orderId !== null) settle(known.orderId)
      return undefined
    },
    leave: (sopInstanceUID: string) => void leave.run(sopInstanceUID),
    report({ orderId, serverId, sopInstanceUID, kind, state, attributes }: Reported): boolean {
      const now = Date.now()
      const known = byUID.get(sopInstanceUID)
      if (kind === 'create' && orders.get(orderId)?.state !== 'scheduled') return false
      if (known && known.state !== 'IN PROGRESS') return false
      if (!known) insert.run(sopInstanceUID, serverId, orderId, state, '', '', now, now, '{}')
      put(sopInstanceUID, state, { ...JSON.parse(known?.attributes ?? '{}'), ...attributes }, now)
      addReport.run(sopInstanceUID, serverId, kind, JSON.stringify(attributes), now)
      orders.setState(orderId, orderStates[state], state !== 'IN PROGRESS')
      return true
    },
    retryReports: (orderId: number) => void retry.run(Date.now(), orderId),
    saveReport(reportId: number, { attempts, nextAttemptAt, endedAt, note }: Attempt): void {
      saveReport.run(attempts, Math.trunc(nextAttemptAt), endedAt, note, reportId)
    },
  }
}

const orderStates = { 'IN PROGRESS': 'in-progress', COMPLETED: 'completed', DISCONTINUED: 'discontinued' } as const

type Reported = Parameters<WorklistWriterApi['reportStep']>[0]
type Attempt = Parameters<WorklistWriterApi['saveReport']>[1]

function refused({ status, message, errorID }: StepRefusal): StepRefused {
  return { status, comment: message, errorID }
}
