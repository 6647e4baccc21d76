import { afterAll, beforeAll, expect, test } from 'vitest'
import { writePart10 } from '#electron/demo/writePart10.ts'
import { ctDataSet } from '#electron/dicom/testing/testObject.ts'
import { hashPassword } from './passwords.ts'
import { openTestWeb, type TestWeb } from './testing/webFixture.ts'

const PATIENT = 'Secret^Peter'

let web: TestWeb
beforeAll(async () => {
  web = await openTestWeb()
})
afterAll(() => web.close())

interface Feed {
  Changes: { ChangeType: string; Date: string; ID: string; Path: string; ResourceType: string; Seq: number }[]
  Done: boolean
  Last: number
}

const root = () => web.base.replace('/dicom-web', '')
const file = (study: string, series: string, instance: string) =>
  writePart10({
    dataSet: ctDataSet(instance, {
      StudyInstanceUID: study,
      SeriesInstanceUID: series,
      PatientName: PATIENT,
      PatientID: study,
    }),
  })
async function changes(query = ''): Promise<Feed> {
  const answer = await fetch(`${root()}/changes${query}`)
  expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'application/json'])
  return (await answer.json()) as Feed
}
const told = ({ Changes }: Feed) => Changes.map(({ ChangeType, ID }) => `${ChangeType} ${ID}`)

test('what came in is told in its order, by pages, and each page says from where the next one goes on', async () => {
  expect(await changes()).toEqual({ Changes: [], Done: true, Last: 0 })
  await web.store([file('1.1', '1.1.1', '1.1.1.1'), file('1.1', '1.1.1', '1.1.1.2'), file('1.1', '1.1.2', '1.1.2.1')])
  const whole = ['NewStudy 1.1', 'NewSeries 1.1.1', 'NewInstance 1.1.1.1', 'NewInstance 1.1.1.2']
  const all = [...whole, 'NewSeries 1.1.2', 'NewInstance 1.1.2.1']
  expect(told(await changes())).toEqual(all)

  const paged: string[] = []
  let since = 0
  for (let page = 0; page < 6; page += 1) {
    const feed = await changes(`?since=${since}&limit=1`)
    expect([feed.Changes.length, feed.Done]).toEqual([1, page === 5])
    paged.push(...told(feed))
    since = feed.Last
  }
  expect(paged).toEqual(all)
  expect(await changes(`?since=${since}`)).toEqual({ Changes: [], Done: true, Last: since })

  await web.store([file('1.2', '1.2.1', '1.2.1.1')])
  const next = await changes(`?since=${since}`)
  expect(told(next)).toEqual(['NewStudy 1.2', 'NewSeries 1.2.1', 'NewInstance 1.2.1.1'])
  expect(told(await changes('?last'))).toEqual(['NewInstance 1.2.1.1'])
  expect((await changes('?last')).Last).toBe(next.Last)
  const [study] = next.Changes
  expect(study?.Date).toMatch(/^\d{8}T\d{6}$/)
  expect(study?.Path).toBe('/dicom-web/studies/1.2')
  for (const { Path } of next.Changes) expect((await fetch(`${root()}${Path}/metadata`)).status, Path).toBe(200)
  // Whose index is older than what was asked for goes on from what it has.
  expect(await changes('?since=999999')).toEqual({ Changes: [], Done: true, Last: next.Last })
  expect(JSON.stringify(await changes())).not.toContain('Secret')
})

test('what lies in the trash is not told, and comes as new when it is sent again', async () => {
  await web.store([file('3.1', '3.1.1', '3.1.1.1')])
  const { Last } = await changes('?limit=1000')
  const { '3.1': study } = await web.archive.reader.findStudyUIDs(['3.1'])
  await web.archive.writer.trashStudies([study?.studyId ?? 0])
  expect(told(await changes()).some((line) => line.includes('3.1'))).toBe(false)
  await web.store([file('3.1', '3.1.1', '3.1.1.2')])
  expect(told(await changes(`?since=${Last}`))).toEqual(['NewStudy 3.1', 'NewSeries 3.1.1', 'NewInstance 3.1.1.2'])
})

test('the statistics count what is here, and say how much room is left', async () => {
  const one = await openTestWeb()
  try {
    await one.store([file('1.1', '1.1.1', '1.1.1.1'), file('1.1', '1.1.2', '1.1.2.1'), file('1.2', '1.2.1', '1.2.1.1')])
    const answer = await fetch(`${one.base.replace('/dicom-web', '')}/statistics`)
    expect(answer.headers.get('content-type')).toBe('application/json')
    const found = (await answer.json()) as Record<string, string | number>
    const { bytes } = await one.archive.reader.totals()
    expect(found).toMatchObject({
      ...{ CountPatients: 2, CountStudies: 2, CountSeries: 3, CountInstances: 3 },
      ...{ TotalDiskSize: String(bytes), TotalUncompressedSize: String(bytes) },
    })
    expect(Number(found.FreeDiskSize)).toBeGreaterThan(0)
  } finally {
    await one.close()
  }
})

test.each([
  ['/changes?since=-1', 400],
  ['/changes?since=1e9', 400],
  ['/changes?since=9999999999999999', 400],
  ['/changes?limit=0', 400],
  ['/changes?limit=x', 400],
  ['/changes/1', 404],
  ['/statistics/1', 404],
  ['/changes1', 404],
  ['/dicom-web/changes', 404],
])('%s is answered with %i', async (path, status) => {
  expect((await fetch(`${root()}${path}`)).status).toBe(status)
})

test('it is read only, in JSON, and for the users of the DICOMweb server alone', async () => {
  expect((await fetch(`${root()}/changes`, { method: 'DELETE' })).status).toBe(405)
  expect((await fetch(`${root()}/statistics`, { method: 'POST', body: '{}' })).status).toBe(405)
  expect((await fetch(`${root()}/changes`, { headers: { accept: 'text/csv' } })).status).toBe(406)
  expect((await changes('?limit=999999')).Done).toBe(true)
  const users = [{ name: 'viewer', password: await hashPassword('correct horse') }]
  const guarded = await openTestWeb({ users, origins: ['https://viewer.clinic'] })
  try {
    const at = guarded.base.replace('/dicom-web', '')
    const authorization = `Basic ${Buffer.from('viewer:correct horse').toString('base64')}`
    for (const path of ['/changes', '/statistics']) {
      expect((await fetch(`${at}${path}`)).status).toBe(401)
      expect((await fetch(`${at}${path}`, { headers: { authorization } })).status).toBe(200)
      const headers = { authorization, origin: 'https://evil.example' }
      expect((await fetch(`${at}${path}`, { headers })).status).toBe(403)
    }
  } finally {
    await guarded.close()
  }
})
