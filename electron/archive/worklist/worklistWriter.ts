import { type Order, type OrderContent, orderContent } from '#shared/contract/order.ts'
import { type Connection, prepare } from '../database.ts'
import type { GroupCommit } from '../groupCommit.ts'
import { ordersWriter } from './ordersWriter.ts'
import { stepsWriter } from './stepsWriter.ts'
import { studyMatcher } from './studyMatcher.ts'
import type { WorklistWriterApi } from './worklistApi.ts'

const KEEP_INPUTS = 2000
const DAY_MS = 24 * 60 * 60 * 1000
/** Images may be there before the request is written. */
const LOOK_BACK_MS = 2 * DAY_MS

/** Requests, steps and what they are about, each change in a transaction; `changed` is told after its commit. */
export function worklistWriter(
  db: Connection,
  commits: Pick<GroupCommit, 'write'>,
  changed: () => void,
): WorklistWriterApi {
  const orders = ordersWriter(db)
  const steps = stepsWriter(db, orders)
  const studies = studyMatcher(db)
  const insertProcedure = prepare(
    db,
    'INSERT INTO procedures (procedure_id, description, modality, code_value, coding_scheme) VALUES (?, ?, ?, ?, ?)',
  )
  const updateProcedure = prepare(
    db,
    'UPDATE procedures SET description = ?, modality = ?, code_value = ?, coding_scheme = ? WHERE procedure_id = ?',
  )
  const deleteProcedure = prepare(db, 'DELETE FROM procedures WHERE procedure_id = ?')
  const addInput = prepare(
    db,
    'INSERT INTO inputs (kind, received_at, source, outcome, sentence, order_id, content) VALUES (?, ?, ?, ?, ?, ?, ?)',
  )
  const forgetInputs = prepare(
    db,
    `DELETE FROM inputs WHERE input_id <= (SELECT max(input_id) FROM inputs) - ${KEEP_INPUTS}`,
  )

  async function write<Result>(work: () => Result): Promise<Result> {
    const result = await commits.write(work)
    changed()
    return result
  }
  const matchFor = (order: Order): void => {
    for (const id of studies.recentFor(order, Date.now() - LOOK_BACK_MS)) studies.match(id)
  }
  const matchRecent = (since: number): boolean => studies.recent(since).filter((id) => studies.match(id)).length > 0

  return {
    createOrder: (order) =>
      write(() => {
        const created = orders.create(order)
        matchFor(created)
        return created
      }),
    updateOrder: (orderId, content, was) =>
      write(() => {
        const known = orders.get(orderId)
        if (known && was && !isSameContent(known, was)) return 'changed' as const
        const updated = orders.change(orderId, content)
        if (updated) matchFor(updated)
        return updated
      }),
    setOrderState: (orderId, state) => write(() => orders.setState(orderId, state, true)),
    cancelOrder: (sourceKey) => write(() => orders.cancelBySource(sourceKey)),
    async matchStudies(studyIds) {
      if (await commits.write(() => studyIds.filter((id) => studies.match(id)).length > 0)) changed()
    },
    async matchRecent(since) {
      if (await commits.write(() => matchRecent(since))) changed()
    },
    attachStudy: (orderId, studyId) =>
      write(() => orders.get(orderId) !== undefined && studies.attach(orderId, studyId)),
    leaveStudy: (studyId) => write(() => studies.leave(studyId)),
    createStep: (step) => write(() => steps.create(step)),
    changeStep: (sopInstanceUID, changes) => write(() => steps.change(sopInstanceUID, changes)),
    leaveStep: (sopInstanceUID) => write(() => steps.leave(sopInstanceUID)),
    reportStep: (step) => write(() => steps.report(step)),
    retryReports: (orderId) => write(() => steps.retryReports(orderId)),
    saveReport: (reportId, attempt) => write(() => steps.saveReport(reportId, attempt)),
    saveProcedure: ({ procedureId, description, modality, code }) =>
      write(() => {
        const row = [description, modality, code?.value ?? '', code?.scheme ?? '']
        if (procedureId === null) insertProcedure.run(null, ...row)
        else updateProcedure.run(...row, procedureId)
      }),
    deleteProcedure: (procedureId) => write(() => void deleteProcedure.run(procedureId)),
    addInput: ({ kind, source, outcome, sentence, orderId, content }) =>
      write(() => {
        const { lastInsertRowid } = addInput.run(kind, Date.now(), source, outcome, sentence, orderId, content)
        forgetInputs.run()
        return Number(lastInsertRowid)
      }),
  }
}

/** The schema puts both in one order. */
function isSameContent(a: OrderContent, b: OrderContent): boolean {
  return JSON.stringify(orderContent.parse(a)) === JSON.stringify(orderContent.parse(b))
}
