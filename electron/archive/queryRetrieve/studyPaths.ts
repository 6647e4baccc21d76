import { fold } from '#shared/dicom/fold.ts'
import { type Connection, prepare } from '../database.ts'
import { namePieces, trigramsOf } from './namePieces.ts'
import type { Query } from './query.ts'
import { rangeOf } from './ranges.ts'
import { STUDY_COLUMNS, type StudyRow } from './subject.ts'

/** Rows read at a time: no statement of a query stays open while the peer is slow, nor holds the thread for long. */
const PAGE = 256
const SCAN_PAGE = 10_000
/** Counted so far to tell the narrow way from the wide one: few first, more where that does not tell. */
const COUNTS = [500, 20_000]
const BEHIND_EVERY_TEXT = '\u{10ffff}'

/** One way to the studies that may match: all of them, and perhaps others, each once, in an order of its own. */
export interface StudyPath {
  name: string
  /** Studies that it leads past, counted up to `most`. */
  count(most: number): number
  rows(): Generator<StudyRow | undefined>
}

type Parameter = string | number

/** Chooses the way that leads past the fewest studies. `undefined` in between: time to look whether to go on. */
export function studyPaths(db: Connection): (query: Query) => StudyPath {
  const byUID = prepare<StudyRow>(
    db,
    `SELECT ${STUDY_COLUMNS} FROM studies WHERE study_instance_uid = ? AND listed = 1 ORDER BY study_id`,
  )
  const byId = prepare<StudyRow>(db, `SELECT ${STUDY_COLUMNS} FROM studies WHERE study_id = ? AND listed = 1`)
  const everything = prepare<StudyRow>(
    db,
    `SELECT ${STUDY_COLUMNS} FROM studies WHERE study_id > ? AND listed = 1 ORDER BY study_id LIMIT ${PAGE}`,
  )
  const indexedTo = prepare<{ study: number }>(db, 'SELECT indexed_to AS study FROM study_name_progress')
  const named = prepare<{ id: number }>(
    db,
    `SELECT rowid AS id FROM study_names WHERE study_names MATCH ? AND rowid > ? ORDER BY rowid LIMIT ${PAGE}`,
  )
  const countNamed = prepare<{ total: number }>(
    db,
    `SELECT count(*) AS total FROM (SELECT 1 FROM study_names WHERE study_names MATCH ? LIMIT ?)`,
  )

  function ofUIDs(uids: readonly string[]): StudyPath {
    return {
      name: 'uid',
      count: (most) => Math.min(uids.length, most),
      *rows() {
        for (const [at, uid] of uids.entries()) {
          yield* byUID.all(uid)
          if (at % PAGE === PAGE - 1) yield undefined
        }
      },
    }
  }

  /** Along an index over `columns` and the study, between two bounds of its first column. */
  function between(name: string, columns: readonly string[], from: string, to: string | undefined): StudyPath {
    const [first = ''] = columns
    const key = [...columns, 'study_id'].join(', ')
    const end = to === undefined ? '' : `AND ${first} <= ?`
    const bounds: Parameter[] = to === undefined ? [from] : [from, to]
    const selected = `${STUDY_COLUMNS}, ${columns.map((column, at) => `${column} AS k${at}`).join(', ')}`
    const select = (start: string) =>
      prepare<StudyRow & Record<string, Parameter>>(
        db,
        `SELECT ${selected} FROM studies WHERE listed = 1 AND ${start} ${end} ORDER BY ${key} LIMIT ${PAGE}`,
      )
    return {
      name,
      count: (most) =>
        prepare<{ total: number }>(
          db,
          `SELECT count(*) AS total FROM
             (SELECT 1 FROM studies WHERE listed = 1 AND ${first} >= ? ${end} LIMIT ?)`,
        ).get(...bounds, most)?.total ?? 0,
      *rows() {
        let page = select(`${first} >= ?`).all(...bounds)
        const next = select(`(${key}) > (${[...columns, ''].map(() => '?').join(', ')})`)
        while (page.length > 0) {
          yield* page
          const last = page.at(-1)
          if (page.length < PAGE || !last) return
          yield undefined
          const keyset = [...columns.map((_, at) => last[`k${at}`] ?? ''), last.studyId]
          page = next.all(...keyset, ...bounds.slice(1))
        }
      },
    }
  }

  function ofText(name: string, column: string, value: string): StudyPath[] {
    if (value === '' || value.includes('\\')) return []
    const literal = fold(value.split(/[*?]/, 1)[0] ?? '')
    if (!/[*?]/.test(value)) return [between(name, [column], literal, literal)]
    return literal === '' ? [] : [between(name, [column], literal, literal + BEHIND_EVERY_TEXT)]
  }

  function ofName(value: string): StudyPath[] {
    const { prefix, pieces } = namePieces(value)
    if (prefix !== '') return [between('name', ['name_key'], prefix, prefix + BEHIND_EVERY_TEXT)]
    const trigrams = trigramsOf(pieces)
    if (trigrams.length > 0) return [ofTrigrams(trigrams)]
    const [longest] = pieces.toSorted((a, b) => b.length - a.length)
    return longest ? [scanOfNames(longest)] : []
  }

  /** Names that hold all the trigrams; studies that came in since the names were last indexed are looked at one by one. */
  function ofTrigrams(trigrams: readonly string[]): StudyPath {
    const match = trigrams.map((trigram) => `"${trigram.replaceAll('"', '""')}"`).join(' AND ')
    return {
      name: 'name part',
      count: (most) => countNamed.get(match, most)?.total ?? 0,
      *rows() {
        const upTo = indexedTo.get()?.study ?? 0
        let last = 0
        while (true) {
          const page = named.all(match, last)
          for (const { id } of page) {
            const row = id <= upTo ? byId.get(id) : undefined
            if (row) yield row
            last = id
          }
          if (page.length < PAGE) break
          yield undefined
        }
        yield* after(upTo)
      },
    }
  }

  /** For what has no trigram: one or two letters, or a script that writes a name with so few. */
  function scanOfNames(piece: string): StudyPath {
    const position = '(name_key, study_id)'
    const boundary = prepare<{ key: string; id: number }>(
      db,
      `SELECT name_key AS key, study_id AS id FROM studies WHERE listed = 1 AND ${position} > (?, ?)
       ORDER BY name_key, study_id LIMIT 1 OFFSET ${SCAN_PAGE}`,
    )
    const scan = prepare<{ id: number }>(
      db,
      `SELECT study_id AS id FROM studies WHERE listed = 1 AND ${position} > (?, ?) AND ${position} <= (?, ?)
         AND instr(name_key, ?) > 0 ORDER BY name_key, study_id`,
    )
    return {
      name: 'name scan',
      count: (most) => most,
      *rows() {
        let from = { key: '', id: 0 }
        while (true) {
          const to = boundary.get(from.key, from.id)
          const { key, id } = to ?? { key: BEHIND_EVERY_TEXT, id: Number.MAX_SAFE_INTEGER }
          for (const found of scan.all(from.key, from.id, key, id, piece)) yield byId.get(found.id)
          if (!to) return
          from = to
          yield undefined
        }
      },
    }
  }

  function* after(studyId: number): Generator<StudyRow | undefined> {
    let last = studyId
    while (true) {
      const page = everything.all(last)
      yield* page
      if (page.length < PAGE) return
      last = page.at(-1)?.studyId ?? last
      yield undefined
    }
  }

  return (query) => {
    const value = (keyword: string) => query.keys.find((key) => key.keyword === keyword)?.value ?? ''
    const uids = value('StudyInstanceUID')
    if (!/^\**$/.test(uids)) return ofUIDs([...new Set(uids.split('\\'))])
    const dates = rangeOf('DA', value('StudyDate'))
    const paths = [
      ...ofText('patient ID', 'patient_id_key', value('PatientID')),
      ...ofText('accession number', 'accession_key', value('AccessionNumber')),
      ...(value('PatientName').includes('\\') ? [] : ofName(value('PatientName'))),
    ]
    if (dates && (dates.from ?? dates.to) !== undefined) {
      // listed_date is the study date, or the day of arrival where there is none.
      const [from, to] = [String(dates.from ?? ''), dates.to === undefined ? undefined : String(dates.to)]
      paths.push(between('study date', ['listed_date', 'listed_time'], from, to))
    }
    const [only] = paths
    if (!only) return { name: 'everything', count: (most) => most, rows: () => after(0) }
    if (paths.length === 1) return only
    for (const most of COUNTS) {
      const counted = paths.map((path) => ({ path, count: path.count(most) }))
      const best = counted.reduce((least, other) => (other.count < least.count ? other : least))
      if (best.count < most) return best.path
    }
    return only
  }
}
