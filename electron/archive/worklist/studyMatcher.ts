import { type Arrival, type Candidates, type Choice, chooseOrder } from '#electron/worklist/chooseOrder.ts'
import type { Order } from '#shared/contract/order.ts'
import { comparePatients, type PatientReason, patientIdKey } from '#shared/dicom/samePatient.ts'
import { type Connection, prepare } from '../database.ts'
import { type OrderRow, orderColumns, orderOf, orderPatient } from './orderRow.ts'

/** What a person or a sure match has decided is not thought over again. */
const SETTLED = new Set(['study-uid', 'accession', 'patient-id', 'person', 'left'])
/** A device that makes a hundred images a minute is looked at in turns; a person looks at the last days only. */
const RECENT_MAX = 500
const CANDIDATES_MAX = 200

interface StudyLook extends Omit<Arrival, 'isReceived'> {
  studyId: number
  kind: string
  receivedAt: number
}

/** Finds the requests that arriving images belong to; every function runs inside the writer's transaction. */
export function studyMatcher(db: Connection) {
  const look = prepare<StudyLook>(
    db,
    `SELECT s.study_id AS studyId, study_instance_uid AS studyInstanceUID, accession_number AS accessionNumber,
       patient_id AS patientId, patient_name AS patientName, modalities, description,
       listed_date AS date, listed_time AS time, s.received_at AS receivedAt, coalesce(src.kind, '') AS kind,
       coalesce(src.calling_ae_title, '') AS callingAETitle
     FROM studies s LEFT JOIN sources src ON src.source_id =
       (SELECT source_id FROM instances i WHERE i.study_id = s.study_id AND trashed_at IS NULL LIMIT 1)
     WHERE s.study_id = ? AND listed = 1`,
  )
  const decided = prepare<{ how: string; orderId: number | null }>(
    db,
    'SELECT how, order_id AS orderId FROM order_studies WHERE study_id = ?',
  )
  const orders = (condition: string) =>
    prepare<OrderRow>(db, `SELECT ${orderColumns} FROM orders o WHERE ${condition} LIMIT ${CANDIDATES_MAX}`)
  const byUID = orders(`o.study_instance_uid = ? AND state <> 'cancelled'`)
  const byAccession = orders(`o.accession_number = ? AND o.accession_number <> '' AND state <> 'cancelled'`)
  const byPatient = orders(
    `o.patient_id_key = ? AND o.patient_id_key <> '' AND o.start_date BETWEEN ? AND ? AND state <> 'cancelled'
     AND (state IN ('scheduled', 'in-progress') OR NOT EXISTS (SELECT 1 FROM order_studies os WHERE os.order_id = o.order_id))`,
  )
  const onDay = orders(
    `o.start_date = ? AND state IN ('scheduled', 'in-progress')
     AND NOT EXISTS (SELECT 1 FROM order_studies os WHERE os.order_id = o.order_id AND os.how NOT IN ('proposed', 'left'))`,
  )
  const decide = prepare(
    db,
    `INSERT INTO order_studies (study_id, order_id, how, reasons, decided_at) VALUES (?, ?, ?, ?, ?)
     ON CONFLICT (study_id) DO UPDATE SET order_id = excluded.order_id, how = excluded.how, reasons = excluded.reasons,
       decided_at = excluded.decided_at`,
  )
  const forget = prepare(db, 'DELETE FROM order_studies WHERE study_id = ?')
  const recent = prepare<{ id: number }>(
    db,
    `SELECT s.study_id AS id FROM studies s LEFT JOIN order_studies os USING (study_id)
     WHERE listed = 1 AND received_at >= ? AND (os.how IS NULL OR os.how IN ('proposed', 'unknown'))
     ORDER BY received_at DESC LIMIT ${RECENT_MAX}`,
  )
  const proposedFor = prepare<{ id: number }>(
    db,
    `SELECT study_id AS id FROM order_studies WHERE order_id = ? AND how = 'proposed'`,
  )
  const exists = prepare(db, 'SELECT 1 FROM studies WHERE study_id = ?')

  const found = (rows: OrderRow[]): Order[] => rows.map(orderOf)

  function choose(study: StudyLook, candidates: Candidates): Choice {
    const arrival = { ...study, isReceived: study.kind === 'receive' }
    return chooseOrder(arrival, candidates, (order) => isSamePatient(order, study))
  }

  /** What this request alone is to a study: without it, its being there changes nothing about the study. */
  function isNews(order: Order, study: StudyLook): boolean {
    const where = (is: boolean) => (is ? [order] : [])
    const { patient, request } = order
    const key = patientIdKey(study.patientId)
    const isNear = request.date >= shifted(study.date, -1) && request.date <= shifted(study.date, 1)
    const { kind } = choose(study, {
      byStudyUID: where(order.studyInstanceUID === study.studyInstanceUID),
      byAccession: where(order.accessionNumber === study.accessionNumber),
      byPatientId: where(key !== '' && patientIdKey(patient.patientId) === key && isNear),
      sameDay: where(study.kind === 'receive' && request.date === study.date),
    })
    return kind === 'attach' || kind === 'propose'
  }

  /** True when the study stands elsewhere than before. */
  function match(studyId: number): boolean {
    const before = decided.get(studyId)
    if (before && SETTLED.has(before.how)) return false
    const study = look.get(studyId)
    if (!study) return false
    const { date } = study
    const choice = choose(study, {
      byStudyUID: found(byUID.all(study.studyInstanceUID)),
      byAccession: found(byAccession.all(study.accessionNumber)),
      byPatientId: found(byPatient.all(patientIdKey(study.patientId), shifted(date, -1), shifted(date, 1))),
      sameDay: study.kind === 'receive' ? found(onDay.all(date)) : [],
    })
    if (choice.kind === 'none') {
      if (before) forget.run(studyId)
      return before !== undefined
    }
    const orderId = choice.kind === 'unknown' ? null : choice.orderId
    const how = choice.kind === 'attach' ? choice.how : choice.kind === 'propose' ? 'proposed' : 'unknown'
    if (before && before.how === how && before.orderId === orderId) return false
    decide.run(studyId, orderId, how, JSON.stringify(choice.kind === 'propose' ? choice.reasons : []), Date.now())
    return true
  }

  return {
    match,
    recent: (since: number) => recent.all(since).map(({ id }) => id),
    /**
     * Of those, which a request that is new, or another one now, may be about. Each is then matched with all requests; to do
     * so with every study of two days would keep the images waiting that arrive meanwhile.
     */
    recentFor(order: Order, since: number): number[] {
      const about = recent.all(since).flatMap(({ id }) => {
        const study = look.get(id)
        return study && isNews(order, study) ? [id] : []
      })
      return [...new Set([...proposedFor.all(order.orderId).map(({ id }) => id), ...about])]
    },
    attach(orderId: number, studyId: number): boolean {
      if (!exists.get(studyId)) return false
      decide.run(studyId, orderId, 'person', '[]', Date.now())
      return true
    },
    leave(studyId: number): void {
      if (exists.get(studyId)) decide.run(studyId, null, 'left', '[]', Date.now())
    },
  }
}

/** Doubts that remain where images say less than the request, or spell it otherwise. */
const SAID_LESS: ReadonlySet<PatientReason> = new Set(['no-name', 'no-id'])

/** Equal patient IDs whose names contradict, or leave another doubt, are two patients until a person says otherwise. */
function isSamePatient({ patient }: Order, { patientId, patientName }: StudyLook): boolean {
  const { verdict, reason, lesser } = comparePatients(orderPatient(patient), { patientId, patientName })
  return verdict === 'same' || reason === 'spelling' || (SAID_LESS.has(reason) && lesser === 'other')
}

function shifted(date: string, days: number): string {
  const at = new Date(Date.UTC(Number(date.slice(0, 4)), Number(date.slice(4, 6)) - 1, Number(date.slice(6, 8)) + days))
  return Number.isNaN(at.getTime()) ? '' : at.toISOString().slice(0, 10).replaceAll('-', '')
}
