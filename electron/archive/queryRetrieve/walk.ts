import { type Connection, prepare } from '../database.ts'
import { type Conditions, conditionsOf } from './conditions.ts'
import { newestMatch } from './newestMatch.ts'
import type { Query } from './query.ts'
import { studyPaths } from './studyPaths.ts'
import { type Candidate, type InstanceRow, SERIES_COLUMNS, type SeriesRow, Subject } from './subject.ts'
import { keyValues } from './values.ts'

const PAGE = 500
const INSTANCE_COLUMNS = `i.instance_id AS instanceId, i.sop_instance_uid AS sopInstanceUID,
  i.sop_class_uid AS sopClassUID, i.transfer_syntax_uid AS transferSyntaxUID`

/**
 * Every match, one by one; `undefined` where time passed without one. What is in the trash is not seen. `bare`: images
 * without the attributes that only a query asks for.
 */
export type Walk = (query: Query, bare?: 'bare') => Generator<Candidate | undefined>

/**
 * From the studies down (PS3.4 C.4.1.2.2), or, where unique keys name what is wanted, from there up: a list of UIDs costs
 * what it is long, not what the archive holds.
 */
export function walker(db: Connection): { walk: Walk; valueFor: ReturnType<typeof keyValues> } {
  const pathOf = studyPaths(db)
  const valueFor = keyValues(db)
  const newestMatches = newestMatch(db)
  const seriesOfStudy = prepare<SeriesRow>(
    db,
    `SELECT ${SERIES_COLUMNS} FROM series WHERE study_id = ? AND instance_count > 0
     ORDER BY series_number IS NULL, series_number, series_id`,
  )
  const seriesByUID = prepare<SeriesRow & { studyId: number }>(
    db,
    `SELECT ${SERIES_COLUMNS}, study_id AS studyId FROM series WHERE series_instance_uid = ? AND instance_count > 0
     ORDER BY series_id`,
  )
  const seriesById = prepare<SeriesRow>(db, `SELECT ${SERIES_COLUMNS} FROM series WHERE series_id = ?`)
  const studyById = prepare<Candidate['study']['row']>(
    db,
    `SELECT study_id AS studyId, study_instance_uid AS studyInstanceUID, patient_ref AS patientRef, series_count AS series,
       instance_count AS instances, modalities, attributes
     FROM studies WHERE study_id = ? AND listed = 1`,
  )
  const whole = 'attributes FROM instances i JOIN instance_attributes USING (instance_id)'
  const instances = (more: string, columns = INSTANCE_COLUMNS, from = whole) =>
    prepare<InstanceRow & { seriesId: number; studyId: number }>(
      db,
      `SELECT ${columns}, ${from} WHERE i.trashed_at IS NULL AND ${more}`,
    )
  const OF_SERIES = `i.series_id = ? AND i.instance_id > ? ORDER BY i.instance_id LIMIT ${PAGE}`
  const instancesOfSeries = instances(OF_SERIES)
  const bareOfSeries = instances(OF_SERIES, INSTANCE_COLUMNS, "'{}' AS attributes FROM instances i")
  const instanceByUID = instances(
    'i.sop_instance_uid = ?',
    `${INSTANCE_COLUMNS}, i.series_id AS seriesId, i.study_id AS studyId`,
  )

  function* studies(query: Query, conditions: Conditions): Generator<Candidate | undefined> {
    const newestOf = query.level === 'PATIENT' ? newestMatches(conditions.STUDY) : undefined
    for (const row of pathOf(query).rows()) {
      if (!row) {
        yield undefined
        continue
      }
      const candidate = { study: new Subject(row), series: undefined, instance: undefined }
      if (!conditions.STUDY(candidate)) continue
      // A patient is told once.
      if (!newestOf || (yield* newestOf(row.patientRef)) === row.studyId) yield candidate
    }
  }

  function* seriesOf(query: Query, conditions: Conditions): Generator<Candidate | undefined> {
    const uids = listOf(query, 'SeriesInstanceUID')
    if (uids) {
      for (const uid of uids) {
        yield undefined
        for (const { studyId, ...row } of seriesByUID.all(uid)) {
          const study = studyById.get(studyId)
          const candidate = study && { study: new Subject(study), series: new Subject(row), instance: undefined }
          if (candidate && conditions.STUDY(candidate) && conditions.SERIES(candidate)) yield candidate
        }
      }
      return
    }
    for (const above of studies(query, conditions)) {
      yield undefined
      for (const row of above ? seriesOfStudy.all(above.study.row.studyId) : []) {
        const candidate = { ...(above as Candidate), series: new Subject(row) }
        if (conditions.SERIES(candidate)) yield candidate
      }
    }
  }

  function* imagesOf(query: Query, conditions: Conditions, bare: boolean): Generator<Candidate | undefined> {
    const uids = listOf(query, 'SOPInstanceUID')
    if (uids) {
      for (const uid of uids) {
        const candidate = imageByUID(uid)
        yield candidate && conditions.STUDY(candidate) && conditions.SERIES(candidate) && conditions.IMAGE(candidate)
          ? candidate
          : undefined
      }
      return
    }
    for (const above of seriesOf(query, conditions)) {
      yield undefined
      if (!above?.series) continue
      let last = 0
      while (true) {
        const page = (bare ? bareOfSeries : instancesOfSeries).all(above.series.row.seriesId, last)
        for (const row of page) {
          const candidate = { ...above, instance: new Subject(row) }
          yield conditions.IMAGE(candidate) ? candidate : undefined
        }
        if (page.length < PAGE) break
        last = page.at(-1)?.instanceId ?? last
      }
    }
  }

  function imageByUID(uid: string): Candidate | undefined {
    const row = instanceByUID.get(uid)
    const study = row && studyById.get(row.studyId)
    const series = row && seriesById.get(row.seriesId)
    if (!row || !study || !series) return undefined
    return { study: new Subject(study), series: new Subject(series), instance: new Subject(row) }
  }

  return {
    valueFor,
    walk(query, bare) {
      const conditions = conditionsOf(query, valueFor)
      if (query.level === 'SERIES') return seriesOf(query, conditions)
      return query.level === 'IMAGE' ? imagesOf(query, conditions, bare === 'bare') : studies(query, conditions)
    },
  }
}

/** The UIDs that a key lists; undefined where it asks for all. */
function listOf(query: Query, keyword: string): string[] | undefined {
  const value = query.keys.find((key) => key.keyword === keyword)?.value ?? ''
  return /^\**$/.test(value) ? undefined : [...new Set(value.split('\\'))]
}
