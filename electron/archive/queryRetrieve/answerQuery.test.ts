import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { temporaryFolder } from '../archiveFixture.ts'
import type { Connection } from '../database.ts'
import { fillWithStudies } from '../manyStudies.ts'
import { openIndex } from '../openIndex.ts'
import { queryRetrieve } from './answerQuery.ts'
import { matcherOf } from './matcher.ts'
import { nameIndexer } from './nameIndex.ts'
import type { Query } from './query.ts'
import { studyPaths } from './studyPaths.ts'

const STUDIES = 3000
const never = new AbortController().signal
let db: Connection
let remove: () => void

beforeAll(() => {
  const folder = temporaryFolder()
  remove = folder.remove
  db = openIndex(folder.path).db
  fillWithStudies(db, STUDIES)
  // A part of the names is indexed, the last ones are not yet.
  db.transaction(() => nameIndexer(db)(1))()
  db.exec(`UPDATE studies SET listed = 0 WHERE study_id % 50 = 0`)
})
afterAll(() => {
  db.close()
  remove()
})

const studyQuery = (keys: Record<string, string>): Query => ({
  level: 'STUDY',
  combinedDateTime: false,
  keys: [...new Set(['StudyInstanceUID', ...Object.keys(keys)])].map((keyword) => ({
    keyword,
    value: keys[keyword] ?? '',
  })),
})

async function uidsOf(query: Query): Promise<string[]> {
  const uids: string[] = []
  for await (const page of queryRetrieve(db).query(query, never)) uids.push(...page.map(([uid]) => uid ?? ''))
  return uids
}

/** Without any index: each listed study held against each key. */
function expected(keys: Record<string, string>): string[] {
  const tests = Object.entries(keys).map(([keyword, value]) => ({ keyword, test: matcherOf({ keyword, value }) }))
  const rows = db.prepare('SELECT study_instance_uid AS uid, attributes FROM studies WHERE listed = 1').all()
  return (rows as { uid: string; attributes: string }[])
    .filter(({ attributes }) => {
      const values = JSON.parse(attributes) as Record<string, string>
      return tests.every(({ keyword, test }) => test === undefined || test(values[keyword] ?? ''))
    })
    .map(({ uid }) => uid)
}

const queries: [string, Record<string, string>][] = [
  ['everything', {}],
  ['uid', { StudyInstanceUID: '1.2.3.7\\1.2.3.9\\1.2.3.99999' }],
  ['patient ID', { PatientID: 'V-47' }],
  ['patient ID', { PatientID: 'V-1?' }],
  ['patient ID', { PatientID: 'V-12*' }],
  ['everything', { PatientID: '*99' }],
  ['accession number', { AccessionNumber: 'A100123' }],
  ['accession number', { AccessionNumber: 'A1001*' }],
  ['name', { PatientName: 'MULLER^BELLA' }],
  ['name', { PatientName: 'mül*' }],
  ['name', { PatientName: 'S*^Z*' }],
  ['name', { PatientName: 'Ö*' }],
  ['name part', { PatientName: '*wal*' }],
  ['name part', { PatientName: '*üll*ell?' }],
  ['name part', { PatientName: '?mi?h^Max' }],
  ['name scan', { PatientName: '*oë' }],
  ['name scan', { PatientName: '*a?' }],
  ['study date', { StudyDate: '20200101-20200131' }],
  ['study date', { StudyDate: '-20150301' }],
  ['study date', { StudyDate: '20241201-' }],
  ['study date', { StudyDate: '20240115' }],
  ['everything', { StudyDate: '-' }],
  ['everything', { StudyDescription: '*control' }],
  ['patient ID', { PatientName: 'S*', PatientID: 'V-47', StudyDate: '2000-' }],
  ['study date', { PatientName: '*a*', StudyDate: '20240101-20240110', StudyDescription: 'Thorax*' }],
]

describe('each way to the studies', () => {
  test.each(queries)('by %s %j finds what a look at every study finds, each once', async (path, keys) => {
    const query = studyQuery(keys)
    expect(studyPaths(db)(query).name).toBe(path)
    const found = await uidsOf(query)
    expect(new Set(found).size).toBe(found.length)
    expect(found.toSorted()).toEqual(expected(keys).toSorted())
    expect(await uidsOf(query)).toEqual(found)
  })

  test('an index leads there, no scan of the table', () => {
    const plans: string[] = []
    const spied = new Proxy(db, {
      get(target, property) {
        if (property !== 'prepare') return Reflect.get(target, property) as unknown
        return (sql: string) => {
          if (sql.includes('FROM studies') && sql.includes('k0'))
            for (const { detail } of db
              .prepare(`EXPLAIN QUERY PLAN ${sql}`)
              .all(...Array(sql.split('?').length - 1).fill('')) as { detail: string }[])
              plans.push(detail)
          return db.prepare(sql)
        }
      },
    })
    for (const keys of [
      { PatientID: 'V-1*' },
      { AccessionNumber: 'A1*' },
      { PatientName: 'S*' },
      { StudyDate: '2020-' },
      { StudyDate: '20200101-20200131' },
    ]) {
      const rows = studyPaths(spied)(studyQuery(keys)).rows()
      rows.next()
    }
    expect(plans.length).toBeGreaterThan(0)
    expect(plans.filter((detail) => !/^SEARCH studies USING INDEX/.test(detail))).toEqual([])
  })
})

test('patients are told once, by their latest study', async () => {
  const query: Query = {
    ...studyQuery({}),
    level: 'PATIENT',
    keys: [
      { keyword: 'PatientID', value: '' },
      { keyword: 'NumberOfPatientRelatedStudies', value: '' },
    ],
  }
  const patients: string[][] = []
  for await (const page of queryRetrieve(db).query(query, never)) patients.push(...page)
  const listed = db.prepare('SELECT count(DISTINCT patient_ref) AS total FROM studies WHERE listed = 1').get() as {
    total: number
  }
  expect(patients).toHaveLength(listed.total)
  expect(new Set(patients.map(([id]) => id)).size).toBe(patients.length)
})

test('a query that is not read goes no further, and ends when it is cancelled', async () => {
  const abort = new AbortController()
  const pages = queryRetrieve(db).query(studyQuery({}), abort.signal)[Symbol.asyncIterator]()
  const first = await pages.next()
  expect(first.value?.length).toBeLessThan(200)
  abort.abort()
  const rest: unknown[] = []
  for (let page = await pages.next(); !page.done; page = await pages.next()) rest.push(...page.value)
  expect(rest.length).toBeLessThan(200)
})
