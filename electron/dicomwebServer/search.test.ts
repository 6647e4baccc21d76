import { afterAll, beforeAll, expect, test } from 'vitest'
import type { DataSet } from '#electron/demo/dataSet.ts'
import { writePart10 } from '#electron/demo/writePart10.ts'
import { ctDataSet } from '#electron/dicom/testing/testObject.ts'
import { openTestWeb, type TestWeb } from './testing/webFixture.ts'

/** `series` series of `instances` instances each. */
function study(uid: string, series: number, instances: number, more: DataSet): Uint8Array[] {
  return Array.from({ length: series * instances }, (_, at) => {
    const [s, i] = [Math.floor(at / instances) + 1, (at % instances) + 1]
    const uids = { StudyInstanceUID: uid, SeriesInstanceUID: `${uid}.${s}`, SeriesNumber: s, InstanceNumber: i }
    return writePart10({
      dataSet: ctDataSet(`${uid}.${s}.${i}`, { SpecificCharacterSet: 'ISO_IR 192', ...uids, ...more }),
    })
  })
}

let web: TestWeb
beforeAll(async () => {
  web = await openTestWeb()
  const files = [
    ...study('1.1', 2, 3, { PatientName: 'Müller^Bella', PatientID: 'A1', StudyDate: '20260110', StudyTime: '230000' }),
    ...study('1.2', 1, 1, {
      PatientName: 'Yamada^Tarou=山田^太郎',
      PatientID: 'A2',
      StudyDate: '20260111',
      StudyTime: '010000',
      Modality: 'DX',
      OtherPatientIDsSequence: [{ PatientID: 'CHIP9', IssuerOfPatientID: 'ISO' }],
    }),
    ...study('1.3', 1, 2, {
      PatientName: 'Doe^Rex',
      PatientID: 'B1',
      StudyDate: '20260201',
      StudyDescription: 'Thorax',
    }),
  ]
  expect((await web.store(files)).status).toBe(200)
})
afterAll(() => web.close())

const valueOfTag = (row: Record<string, { vr: string; Value?: unknown[] }>, tag: string) => row[tag]?.Value?.[0]
const studies = async (query: string) =>
  (await web.json(`/studies${query}`)).map((row) => String(valueOfTag(row, '0020000D'))).toSorted()

test.each([
  ['nothing', '', ['1.1', '1.2', '1.3']],
  ['a whole ID', '?PatientID=A1', ['1.1']],
  ['a tag in place of the keyword', '?00100020=A1', ['1.1']],
  ['a wildcard', '?PatientID=A*', ['1.1', '1.2']],
  ['a question mark', '?PatientID=%3F1', ['1.1', '1.3']],
  ['a name without its accents and capitals', '?PatientName=muller*', ['1.1']],
  ['a name in its own script', `?PatientName=${encodeURIComponent('山田*')}`, ['1.2']],
  ['one day', '?StudyDate=20260110', ['1.1']],
  ['a range of days', '?StudyDate=20260111-20260201', ['1.2', '1.3']],
  ['from a day on', '?StudyDate=20260201-', ['1.3']],
  ['a night, over midnight', '?StudyDate=20260110-20260111&StudyTime=220000-020000', ['1.1', '1.2']],
  ['a list of UIDs', '?StudyInstanceUID=1.1,1.3', ['1.1', '1.3']],
  ['a list of UIDs with backslashes', '?StudyInstanceUID=1.1%5C1.2', ['1.1', '1.2']],
  ['a modality', '?ModalitiesInStudy=DX', ['1.2']],
  ['one of two modalities', '?ModalitiesInStudy=DX,MR', ['1.2']],
  ['an attribute of a sequence', '?OtherPatientIDsSequence.PatientID=CHIP9', ['1.2']],
  ['the same by tags', '?00101002.00100020=CHIP9', ['1.2']],
  ['an empty value, which is universal', '?PatientID=', ['1.1', '1.2', '1.3']],
  ['two keys, of which one fits', '?PatientID=A1&StudyDate=20260201', []],
  ['a text that looks like SQL', `?PatientID=${encodeURIComponent("' OR 1=1 --")}`, []],
])('a search by %s', async (_, query, wanted) => {
  expect(await studies(query)).toEqual(wanted)
})

test('a study is told with what PS3.18 Table 10.6.3-3 asks for', async () => {
  const [row] = await web.json('/studies?PatientID=A2&includefield=PatientSpeciesDescription,00080005')
  expect(row).toMatchObject({
    '00080005': { vr: 'CS', Value: ['ISO_IR 192'] },
    '00080020': { vr: 'DA', Value: ['20260111'] },
    '00080050': { vr: 'SH' },
    '00080056': { vr: 'CS', Value: ['ONLINE'] },
    '00080061': { vr: 'CS', Value: ['DX'] },
    '00081190': { vr: 'UR', Value: [`${web.base}/studies/1.2`] },
    '00100010': { vr: 'PN', Value: [{ Alphabetic: 'Yamada^Tarou', Ideographic: '山田^太郎' }] },
    '00102201': { vr: 'LO' },
    '00201206': { vr: 'IS', Value: [1] },
    '00201208': { vr: 'IS', Value: [1] },
  })
  expect(Object.keys(row ?? {})).toEqual(Object.keys(row ?? {}).toSorted())
})

test('series and instances are found below a study, below a series, and across all', async () => {
  expect(await web.json('/studies/1.1/series')).toHaveLength(2)
  expect(await web.json('/studies/1.1/instances')).toHaveLength(6)
  expect(await web.json('/studies/1.1/series/1.1.2/instances')).toHaveLength(3)
  expect(await web.json('/series?Modality=DX')).toHaveLength(1)
  expect(await web.json('/instances?PatientID=B1')).toHaveLength(2)
  expect(await web.json('/studies/9.9/series')).toEqual([])
  const [series] = await web.json('/studies/1.1/series?SeriesNumber=2')
  expect(valueOfTag(series ?? {}, '0020000E')).toBe('1.1.2')
  expect(valueOfTag(series ?? {}, '00201209')).toBe(3)
  const [instance] = await web.json('/studies/1.1/series/1.1.2/instances?InstanceNumber=3')
  expect(valueOfTag(instance ?? {}, '00081190')).toBe(`${web.base}/studies/1.1/series/1.1.2/instances/1.1.2.3`)
  expect(valueOfTag(instance ?? {}, '00280010')).toBe(32)
  const [across] = await web.json('/series?Modality=DX')
  expect(valueOfTag(across ?? {}, '00100020')).toBe('A2')
})

test('limit and offset page through all of it, and a Warning says that there is more', async () => {
  const seen: string[] = []
  for (let offset = 0; offset < 3; offset += 1) {
    const answer = await web.get(`/studies?limit=1&offset=${offset}`)
    expect(answer.headers.get('warning')?.includes('additional results') ?? false).toBe(offset < 2)
    const [row] = (await answer.json()) as Record<string, { vr: string; Value?: unknown[] }>[]
    seen.push(String(valueOfTag(row ?? {}, '0020000D')))
  }
  expect(seen.toSorted()).toEqual(['1.1', '1.2', '1.3'])
  expect(await studies('?offset=3')).toEqual([])
  expect(await studies('?limit=0')).toEqual([])
})

test('includefield=all gives what the index has, sequences too', async () => {
  const [row] = await web.json('/studies?PatientID=A2&includefield=all')
  expect(row?.['00101002']).toEqual({
    vr: 'SQ',
    Value: [{ '00100020': { vr: 'LO', Value: ['CHIP9'] }, '00100021': { vr: 'LO', Value: ['ISO'] } }],
  })
  expect(row?.['00080062']).toBeDefined()
})

test('what is not done is said and does no harm', async () => {
  const fuzzy = await web.get('/studies?fuzzymatching=true&PatientName=doe*')
  expect(fuzzy.headers.get('warning')).toContain('fuzzymatching')
  expect(await fuzzy.json()).toHaveLength(1)
  const unknown = await web.get('/studies?SeriesNumber=1&limit=1')
  expect(unknown.headers.get('warning')).toContain('SeriesNumber is not matched here')
  expect((await web.get('/studies?fuzzymatching=false')).headers.get('warning')).toBeNull()
  for (const query of ['Nonsense=1&_=17', '00101002.00100020.00100020=1']) {
    const strange = await web.get(`/studies?${query}&PatientID=A2`)
    expect(strange.headers.get('warning')).toBe(
      '299 negatoscope "A parameter that is neither a keyword nor a tag of an attribute is passed over."',
    )
    expect(await strange.json()).toHaveLength(1)
  }
})

test.each([
  ['a limit that is no number', '?limit=ten'],
  ['a negative offset', '?offset=-1'],
  ['a date that is none', '?StudyDate=2026-01-11'],
  ['a time that is none', '?StudyTime=noon'],
  ['a long value', `?PatientID=${'x'.repeat(5000)}`],
  ['hundreds of parameters', `?${Array.from({ length: 300 }, (_, at) => `PatientID=${at}`).join('&')}`],
])('%s is refused', async (_, query) => {
  const answer = await web.get(`/studies${query}`)
  expect(answer.status).toBe(400)
  expect(await answer.text()).toMatch(/\.$/)
})
