import { afterAll, beforeAll, expect, test } from 'vitest'
import { type StudyFilter, type StudyRow, studyColumn } from '#shared/contract/studies.ts'
import { fold } from '#shared/dicom/fold.ts'
import type { NewInstance } from './archiveApi.ts'
import { temporaryFolder } from './archiveFixture.ts'
import { studyList } from './listStudies.ts'
import { fillWithStudies } from './manyStudies.ts'
import { openIndex } from './openIndex.ts'
import { parents } from './parents.ts'

const STUDIES = 3000
const folder = temporaryFolder()
const { db } = openIndex(folder.path)
let list: ReturnType<typeof studyList>['list']
let everything: StudyRow[] = []
const all = (filter: Partial<StudyFilter> = {}) => {
  const rows: StudyRow[] = []
  for (let offset = 0; ; offset += 1000) {
    const page = list({ offset, limit: 1000, ...filter })
    rows.push(...page.rows)
    if (page.rows.length < 1000) return { total: page.total, rows }
  }
}

beforeAll(() => {
  fillWithStudies(db, STUDIES)
  list = studyList(db).list
  everything = all().rows
})
afterAll(() => {
  db.close()
  folder.remove()
})

test('pages join to the whole list, each study once, the newest study first', () => {
  expect(everything).toHaveLength(STUDIES)
  expect(new Set(everything.map((row) => row.studyId)).size).toBe(STUDIES)
  const dates = everything.map((row) => `${row.studyDate}${row.studyTime}`)
  expect(dates).toEqual(dates.toSorted().reverse())
})

test('a study without a date is listed by the day and time it came in', () => {
  const other = temporaryFolder()
  const { db } = openIndex(other.path)
  const add = (uid: string, at: Date, StudyDate?: string) => {
    const UIDs = { SOPInstanceUID: uid, StudyInstanceUID: uid, SeriesInstanceUID: uid }
    const source = { kind: 'receive', callingAETitle: 'DEV', address: '10.0.0.1', at: at.getTime() }
    const attributes = { ...UIDs, PatientID: uid, ...(StudyDate ? { StudyDate } : {}) }
    return parents(db)({ attributes, source } as unknown as NewInstance).studyId
  }
  const yesterday = add('1.1', new Date(2026, 10, 21, 9), '20261120')
  const undated = add('1.2', new Date(2026, 10, 21, 23, 30))
  const today = add('1.3', new Date(2026, 10, 21, 9), '20261121')
  db.exec('UPDATE studies SET listed = 1')
  const { list } = studyList(db)
  const sort = { column: 'studyDate', descending: true } as const
  const { rows, days } = list({ offset: 0, limit: 10, sort, days: true })
  expect(rows.map(({ studyId }) => studyId)).toEqual([undated, today, yesterday])
  expect(days).toEqual([
    { date: '20261121', count: 2 },
    { date: '20261120', count: 1 },
  ])
  const ofToday = list({ offset: 0, limit: 10, sort, dateFrom: '20261121', dateTo: '20261121' })
  expect(ofToday.rows.map(({ studyId }) => studyId)).toEqual([undated, today])
  db.close()
  other.remove()
})

test.each(studyColumn.options)('sorted by %s, both ways, and the same study never twice', (column) => {
  const key = (row: StudyRow) => {
    const value = row[column]
    if (Array.isArray(value)) return `\\${value.join('\\')}\\`
    return typeof value === 'number' ? value : column === 'studyDate' ? row.studyDate + row.studyTime : fold(value)
  }
  const up = all({ sort: { column, descending: false } }).rows
  const keys = up.map(key)
  for (let at = 1; at < keys.length; at += 1) expect((keys[at - 1] ?? '') <= (keys[at] ?? '')).toBe(true)
  const down = all({ sort: { column, descending: true } }).rows
  expect(down.map((row) => row.studyId)).toEqual(up.map((row) => row.studyId).reverse())
})

const matching = (test: (row: StudyRow) => boolean) => everything.filter(test).map((row) => row.studyId)

test.each<[string, Partial<StudyFilter>, (row: StudyRow) => boolean]>([
  [
    'a word of the name without its diacritics',
    { text: 'muller' },
    (row) => /müller/i.test(row.patientName + row.owner),
  ],
  ['words in any order', { patientName: 'bella müller' }, (row) => row.patientName === 'Müller^Bella'],
  ['the name as DICOM writes it', { patientName: 'Müller^Bella' }, (row) => row.patientName === 'Müller^Bella'],
  ['wild cards', { patientName: 'öz* m?ll?' }, (row) => row.patientName === 'Öztürk^Molly'],
  ['part of a patient ID', { patientId: 'v-12' }, (row) => row.patientId.startsWith('V-12')],
  ['an accession number', { accessionNumber: 'a100017' }, (row) => row.accessionNumber === 'A100017'],
  ['a description', { description: 'hip pre-op' }, (row) => row.description === 'Hip dysplasia pre-op'],
  ['an owner', { owner: 'jan' }, (row) => row.owner.endsWith('^Jan')],
  ['a species', { species: 'canine' }, (row) => row.species === 'Canine'],
  ['a year of birth', { birthDate: '2018' }, (row) => row.patientBirthDate.startsWith('2018')],
  ['a day of birth', { birthDate: '20181003' }, (row) => row.patientBirthDate === '20181003'],
  ['modalities', { modalities: ['CT', 'US'] }, (row) => row.modalities.some((name) => name === 'CT' || name === 'US')],
  [
    'a span of dates',
    { dateFrom: '20180301', dateTo: '20180430' },
    (row) => row.studyDate >= '20180301' && row.studyDate <= '20180430',
  ],
  [
    'several at once',
    { text: 'max', modalities: ['MR'], dateFrom: '20160101' },
    (row) => /max/i.test(row.patientName) && row.modalities.includes('MR') && row.studyDate >= '20160101',
  ],
  ['what stands nowhere', { text: 'zzzz' }, () => false],
  ['brackets and quotes are text', { text: `[a-z]' OR 1=1 --` }, () => false],
])('finds by %s', (_, filter, expected) => {
  const { total, rows } = all(filter)
  expect(rows.map((row) => row.studyId)).toEqual(matching(expected))
  expect(total).toBe(rows.length)
  // any other order finds the same
  const byName = all({ ...filter, sort: { column: 'patientName', descending: false } })
  expect(byName.rows.map((row) => row.studyId).toSorted()).toEqual(rows.map((row) => row.studyId).toSorted())
})

test('counts the studies of each day in the order of the list, with a filter too', () => {
  for (const filter of [{}, { text: 'bella' }]) {
    const { rows } = all(filter)
    const { days } = list({ offset: 0, limit: 1, days: true, ...filter })
    const counted = new Map<string, number>()
    for (const { studyDate } of rows) counted.set(studyDate, (counted.get(studyDate) ?? 0) + 1)
    expect(days).toEqual([...counted].map(([date, count]) => ({ date, count })))
  }
  const byName = { column: 'patientName', descending: false } as const
  expect(list({ offset: 0, limit: 1, days: true, sort: byName }).days).toBeUndefined()
})
