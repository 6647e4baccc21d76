import { cardColumn } from '#electron/worklist/cardColumn.ts'
import type { Board, Card, UnmatchedStep, UnmatchedStudy } from '#shared/contract/worklist.ts'
import { type AttributeSet, itemsIn, textIn } from '#shared/dicom/attributeSet.ts'
import { fold } from '#shared/dicom/fold.ts'
import { browseStudy } from '../browseStudy.ts'
import { type Connection, prepare } from '../database.ts'
import { type OrderRow, orderColumns, orderOf } from './orderRow.ts'
import { unnamedImages } from './unnamedImages.ts'
import type { BoardFilter, WorklistReaderApi } from './worklistApi.ts'

/** A large clinic makes a hundred a day; beyond, the board says so. */
const CARDS_MAX = 1500
const UNMATCHED_MAX = 100
const THUMBNAILS_MAX = 4
/** What nobody has looked at for so long is no news of today. */
const UNMATCHED_DAYS_MS = 7 * 24 * 60 * 60 * 1000

const ATTACHED = `how NOT IN ('proposed', 'unknown', 'left')`

type BoardRow = OrderRow & { isEndedByPerson: number }
interface StepRow {
  state: string
  callingAETitle: string
  createdAt: number
  changedAt: number
  attributes: string
  named: number
  missing: number
}

/** The front desk's board, as it stands now. */
export function boardReader(db: Connection): Pick<WorklistReaderApi, 'board' | 'deskAttention'> {
  const study = browseStudy(db)
  const byId = prepare<OrderRow>(db, `SELECT ${orderColumns} FROM orders o WHERE order_id = ?`)
  const unnamed = unnamedImages(db)
  const attached = prepare<{ studyId: number; images: number; receivedAt: number; how: string }>(
    db,
    `SELECT s.study_id AS studyId, instance_count AS images, received_at AS receivedAt, how
     FROM order_studies os JOIN studies s USING (study_id) WHERE os.order_id = ? AND ${ATTACHED} AND listed = 1`,
  )
  const stepsOf = prepare<StepRow>(
    db,
    `SELECT state, calling_ae_title AS callingAETitle, created_at AS createdAt, changed_at AS changedAt,
       CASE state WHEN 'DISCONTINUED' THEN attributes ELSE '{}' END AS attributes,
       (SELECT count(*) FROM performed_step_instances p WHERE p.step_ref = t.step_ref) AS named,
       (SELECT count(*) FROM performed_step_instances p WHERE p.step_ref = t.step_ref AND NOT EXISTS
         (SELECT 1 FROM instances i WHERE i.sop_instance_uid = p.sop_instance_uid AND trashed_at IS NULL)) AS missing
     FROM performed_steps t WHERE order_id = ? ORDER BY step_ref`,
  )
  const unsent = prepare<{ unsent: number; note: string | null }>(
    db,
    `SELECT count(*) AS unsent, max(note) AS note FROM step_reports r JOIN performed_steps t USING (sop_instance_uid)
     WHERE t.order_id = ? AND (r.ended_at IS NULL OR r.note <> '')`,
  )
  const unmatched = prepare<Omit<UnmatchedStudy, 'proposal'> & { orderId: number | null; reasons: string }>(
    db,
    `SELECT s.study_id AS studyId, s.patient_name AS patientName, s.patient_id AS patientId,
       s.accession_number AS accessionNumber, s.description, s.modalities, s.instance_count AS images,
       s.received_at AS receivedAt, coalesce((SELECT calling_ae_title FROM instances i JOIN sources USING (source_id)
         WHERE i.study_id = s.study_id LIMIT 1), '') AS callingAETitle, os.order_id AS orderId, os.reasons
     FROM order_studies os JOIN studies s USING (study_id)
     WHERE os.how IN ('proposed', 'unknown') AND s.listed = 1 AND os.decided_at >= ?
     ORDER BY s.received_at DESC LIMIT ${UNMATCHED_MAX}`,
  )
  const steps = prepare<{
    sopInstanceUID: string
    state: string
    callingAETitle: string
    startedAt: number
    attributes: string
  }>(
    db,
    `SELECT sop_instance_uid AS sopInstanceUID, state, calling_ae_title AS callingAETitle, created_at AS startedAt, attributes
     FROM performed_steps WHERE order_id IS NULL AND is_left = 0 AND created_at >= ?
     ORDER BY created_at DESC LIMIT ${UNMATCHED_MAX}`,
  )

  /** Where a request stands, and by what. */
  function standing(
    { orderId, state, isEndedByPerson }: Pick<BoardRow, 'orderId' | 'state' | 'isEndedByPerson'>,
    now: number,
  ) {
    const studies = attached.all(orderId)
    const performed = stepsOf.all(orderId)
    const last = performed.at(-1)
    const images = studies.reduce((sum, each) => sum + each.images, 0)
    const missingImages = performed.reduce((sum, { missing }) => sum + missing, 0)
    const named = performed.reduce((sum, each) => sum + each.named, 0)
    const guessed = studies.filter(({ how }) => how === 'patient-id')
    const isCounted = state === 'completed' && named > 0
    // As many as were named: looked at one by one only where the numbers differ, or where a study is here by its patient ID.
    const besides =
      isCounted && (images !== named - missingImages || guessed.length > 0)
        ? unnamed(orderId)
        : { byPatientId: isCounted ? 0 : guessed.reduce((sum, each) => sum + each.images, 0), others: 0 }
    const byPatientId = {
      studyIds: besides.byPatientId > 0 ? guessed.map(({ studyId }) => studyId) : [],
      images: besides.byPatientId,
    }
    const facts = {
      ...{ state, images, missingImages, isEndedByPerson: isEndedByPerson === 1 },
      besides: isCounted ? besides : { byPatientId: 0, others: 0 },
      endedAt: last && last.state !== 'IN PROGRESS' ? last.changedAt : null,
      discontinuationReason: last ? reasonOf(last.attributes) : '',
    }
    return { studies, performed, last, images, named, missingImages, byPatientId, place: cardColumn(facts, now) }
  }

  function cardOf({ isEndedByPerson, ...row }: BoardRow, now: number): Card {
    const order = orderOf(row)
    const stands = standing({ ...row, isEndedByPerson }, now)
    const { studies, performed, last, images, named, missingImages, byPatientId, place } = stands
    const report = unsent.get(order.orderId)
    return {
      order,
      ...place,
      performedBy: last?.callingAETitle ?? '',
      startedAt: performed[0]?.createdAt ?? null,
      studyIds: studies.map(({ studyId }) => studyId),
      images,
      lastImageAt: studies.length === 0 ? null : Math.max(...studies.map(({ receivedAt }) => receivedAt)),
      namedImages: named,
      missingImages,
      byPatientId,
      thumbnails: thumbnails(studies.map(({ studyId }) => studyId)),
      unsentReports: report?.unsent ?? 0,
      reportNote: report?.note ?? '',
    }
  }

  const endedOn = prepare<Pick<BoardRow, 'orderId' | 'state' | 'isEndedByPerson'>>(
    db,
    `SELECT order_id AS orderId, state, ended_by_person AS isEndedByPerson FROM orders
     WHERE start_date = ? AND state IN ('completed', 'discontinued') AND ended_by_person = 0 LIMIT ${CARDS_MAX}`,
  )
  const waiting = prepare<{ count: number }>(
    db,
    `SELECT (SELECT count(*) FROM order_studies os JOIN studies s USING (study_id)
         WHERE os.how IN ('proposed', 'unknown') AND s.listed = 1 AND os.decided_at >= ?)
       + (SELECT count(*) FROM performed_steps WHERE order_id IS NULL AND is_left = 0 AND created_at >= ?) AS count`,
  )

  function thumbnails(studyIds: readonly number[]): number[] {
    return studyIds
      .flatMap((studyId) => study.listSeries(studyId))
      .flatMap(({ thumbnailInstanceId }) => thumbnailInstanceId ?? [])
      .slice(0, THUMBNAILS_MAX)
  }

  return {
    async deskAttention(day, now) {
      const since = now - UNMATCHED_DAYS_MS
      const ended = endedOn.all(day).filter((row) => standing(row, now).place.column === 'attention')
      return ended.length + (waiting.get(since, since)?.count ?? 0)
    },
    async board(from, to, among = { text: '', modalities: [], stationAETitle: '' }): Promise<Board> {
      const now = Date.now()
      const rows = boardRows(db, from, to, among)
      const since = now - UNMATCHED_DAYS_MS
      return {
        cards: rows.slice(0, CARDS_MAX).map((row) => cardOf(row, now)),
        truncated: rows.length > CARDS_MAX,
        studies: unmatched.all(since).map(({ orderId, reasons, modalities, ...row }) => {
          const proposed = orderId === null ? undefined : byId.get(orderId)
          const proposal = proposed ? { order: orderOf(proposed), reasons: JSON.parse(reasons) as string[] } : null
          return { ...row, modalities: modalities.split('\\').filter(Boolean).join(', '), proposal }
        }),
        steps: steps.all(since).map(({ attributes, ...row }) => ({ ...row, ...spoken(attributes) })),
      }
    },
  }
}

/** By the index of days; whatever else is asked for is looked at row by row. */
function boardRows(db: Connection, from: string, to: string, among: BoardFilter): BoardRow[] {
  const words = fold(among.text).split(' ').filter(Boolean).slice(0, 8)
  const { modalities, stationAETitle } = among
  const conditions = [
    ...words.map(() => 'instr(o.search_key, ?) > 0'),
    ...(modalities.length > 0 ? [`o.content ->> '$.request.modality' IN (SELECT value FROM json_each(?))`] : []),
    ...(stationAETitle === '' ? [] : ['o.station_ae_title = ?']),
  ]
  const values = [...words, ...(modalities.length > 0 ? [JSON.stringify(modalities)] : [])]
  return prepare<BoardRow>(
    db,
    `SELECT ${orderColumns}, o.ended_by_person AS isEndedByPerson FROM orders o
     WHERE (start_date BETWEEN ? AND ? OR state = 'in-progress') AND state <> 'cancelled'
       ${conditions.map((each) => `AND ${each}`).join(' ')}
     ORDER BY start_date, start_time, order_id LIMIT ${CARDS_MAX + 1}`,
  ).all(from, to, ...values, ...(stationAETitle === '' ? [] : [stationAETitle]))
}

function spoken(json: string): Pick<UnmatchedStep, 'patientName' | 'patientId' | 'description'> {
  const attributes = JSON.parse(json) as AttributeSet
  const scheduled = itemsIn(attributes, 'ScheduledStepAttributesSequence')[0]
  return {
    patientName: textIn(attributes, 'PatientName'),
    patientId: textIn(attributes, 'PatientID'),
    description:
      textIn(attributes, 'PerformedProcedureStepDescription') || textIn(scheduled, 'RequestedProcedureDescription'),
  }
}

/** PS3.3 C.4.14: why it was discontinued, in the words of its code. */
function reasonOf(json: string): string {
  const [reason] = itemsIn(JSON.parse(json) as AttributeSet, 'PerformedProcedureStepDiscontinuationReasonCodeSequence')
  return textIn(reason, 'CodeMeaning')
}
