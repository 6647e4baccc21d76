import type { StudyFilter, StudyRow } from '#shared/contract/studies.ts'
import type { StudyPage } from './archiveApi.ts'
import { type Connection, prepare } from './database.ts'
import { PATIENT_FACTS } from './studyFacts.ts'
import { type Condition, studyCondition, studyOrders } from './studyFilterSql.ts'

const COLUMNS = `study_id AS studyId, study_instance_uid AS studyInstanceUID, ${PATIENT_FACTS},
  patient_age AS patientAge, patient_sex_neutered AS patientSexNeutered, breed, owner, accession_number AS accessionNumber,
  study_date AS studyDate, study_time AS studyTime, study_number AS studyNumber, description, modalities,
  series_count AS series, CASE listed WHEN 1 THEN instance_count ELSE trashed_instances END AS instances,
  source, received_at AS receivedAt, opened_at AS openedAt, trashed_at AS trashedAt, listed`

type Selected = Omit<StudyRow, 'modalities'> & { modalities: string; listed: number }

const LISTED = 'listed = 1'
const TRASHED = 'trashed_instances > 0'

/** A page of the study list. Its cost must not grow with the archive: see listStudies.bench. */
export function studyList(db: Connection) {
  const selectById = prepare<Selected>(db, `SELECT ${COLUMNS} FROM studies WHERE study_id = ?`)

  function rows(studyIds: number[], asTrash: boolean): StudyRow[] {
    return studyIds.flatMap((studyId) => {
      const found = selectById.get(studyId)
      return found ? [toRow(found, asTrash)] : []
    })
  }

  function list(filter: StudyFilter): StudyPage {
    const { column, descending } = filter.sort ?? { column: 'studyDate', descending: true }
    const order = studyOrders[column]
    const direction = descending ? 'DESC' : 'ASC'
    const orderBy = [...order.columns, 'study_id'].map((name) => `${name} ${direction}`).join(', ')
    const condition = studyCondition(filter)
    const page = (from: string, where: string) => {
      const sql = `SELECT study_id AS id FROM ${from} WHERE ${where}${condition.sql} ORDER BY ${orderBy} LIMIT ? OFFSET ?`
      const ids = prepare<{ id: number }>(db, sql).all(...condition.parameters, filter.limit, filter.offset)
      return ids.map(({ id }) => id)
    }
    const days = (from: string, where: string) =>
      filter.days && column === 'studyDate' ? { days: studiesOfDays(from, where, condition, direction) } : {}
    if (filter.trashed) {
      const total = count('studies', TRASHED, condition)
      return { total, rows: rows(page('studies', TRASHED), true), ...days('studies', TRASHED) }
    }
    const walked = `studies INDEXED BY ${order.index}`
    if (condition.sql === '') {
      const total = count('studies INDEXED BY studies_by_arrival', LISTED, condition)
      return { total, rows: rows(page(walked, LISTED), false), ...days(walked, LISTED) }
    }
    const searched = 'studies INDEXED BY studies_for_search'
    const total = count(searched, LISTED, condition)
    if (total === 0) return { total, rows: [] }
    // Many matches: walk in the wanted order until the page is full. Few: find them all by the narrow index, then sort.
    const all = count('studies INDEXED BY studies_by_arrival', LISTED, { sql: '', parameters: [] })
    const visitedByWalk = ((filter.offset + filter.limit) / total) * all
    const ids = page(visitedByWalk < total ? walked : searched, LISTED)
    return { total, rows: rows(ids, false), ...days(searched, LISTED) }
  }

  function studiesOfDays(from: string, where: string, condition: Condition, direction: string) {
    const sql = `SELECT listed_date AS date, count(*) AS count FROM ${from} WHERE ${where}${condition.sql}
      GROUP BY listed_date ORDER BY listed_date ${direction}`
    return prepare<{ date: string; count: number }>(db, sql).all(...condition.parameters)
  }

  function count(from: string, where: string, condition: Condition): number {
    const sql = `SELECT count(*) AS total FROM ${from} WHERE ${where}${condition.sql}`
    return prepare<{ total: number }>(db, sql).get(...condition.parameters)?.total ?? 0
  }

  /** A list by study date may ask how many studies each day has: its table knows its layout before its rows. */
  function listWithDays(filter: StudyFilter): StudyPage {
    if (!filter.days || filter.sort?.column !== 'studyDate') return list(filter)
    const condition = studyCondition(filter)
    const index = condition.sql === '' ? 'studies_by_date' : 'studies_for_search'
    const from = filter.trashed ? 'studies' : `studies INDEXED BY ${index}`
    const sql = `SELECT listed_date AS date, count(*) AS count FROM ${from}
      WHERE ${filter.trashed ? TRASHED : LISTED}${condition.sql}
      GROUP BY listed_date ORDER BY listed_date ${filter.sort.descending ? 'DESC' : 'ASC'}`
    const days = prepare<{ date: string; count: number }>(db, sql).all(...condition.parameters)
    return { ...list(filter), days }
  }

  return { list: listWithDays, byIds: (studyIds: number[]) => rows(studyIds, false) }
}

function toRow({ listed, ...row }: Selected, asTrash: boolean): StudyRow {
  const modalities = row.modalities.split('\\').filter((name) => name !== '')
  // a study can be in the list and, with other images, in the trash
  return { ...row, modalities, trashedAt: asTrash || listed === 0 ? row.trashedAt : null }
}
