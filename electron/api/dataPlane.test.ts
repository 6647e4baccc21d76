import { afterAll, beforeAll, expect, test } from 'vitest'
import { writePart10 } from '#electron/demo/writePart10.ts'
import { ctDataSet } from '#electron/dicom/testing/testObject.ts'
import { openTestWorkstation, type TestWorkstation } from '#electron/transfers/testing/testWorkstation.ts'
import { newUID } from '#shared/dicom/uid.ts'

let here: TestWorkstation
beforeAll(async () => {
  here = await openTestWorkstation('HERE')
})
afterAll(() => here.stop())

const ask = (path: string, init?: RequestInit) => here.dataPlane(new Request(`http://127.0.0.1${path}`, init))
const post = (body: unknown) => ask('/data/frames', { method: 'POST', body: JSON.stringify(body) })

test('a file goes in, its picture and its samples come out', async () => {
  const uid = newUID()
  const transferId = here.transfers.beginImport({ title: 'folder', files: 1 })
  const bytes = writePart10({ dataSet: ctDataSet(uid) })
  const put = await ask(`/data/import/${transferId}?name=a.dcm`, { method: 'PUT', body: bytes })
  expect(await put.json()).toEqual({ outcome: 'stored', note: '' })
  const { [uid]: instanceId } = await here.archive.reader.holds([uid])
  const thumbnail = await ask(`/data/thumbnail/${instanceId}`)
  expect(thumbnail.headers.get('content-type')).toBe('image/png')
  expect(thumbnail.headers.get('cache-control')).toBe('private, no-cache')
  const again = { 'if-none-match': thumbnail.headers.get('etag') ?? '' }
  expect((await ask(`/data/thumbnail/${instanceId}`, { headers: again })).status).toBe(304)
  expect([...new Uint8Array(await thumbnail.arrayBuffer())].slice(1, 4)).toEqual([0x50, 0x4e, 0x47])
  const frames = await post({ frames: [{ instanceId, frame: 0 }] })
  const answer = new DataView(await frames.arrayBuffer())
  expect(answer.getUint32(0, true)).toBe(0x4d52464e)
  expect(answer.getUint32(8, true)).toBe(0)
  expect(answer.byteLength).toBe(16 + 32 * 32 * 2)
})

test('a study gives its first picture along with which one that is', async () => {
  const [uid, SeriesInstanceUID, StudyInstanceUID] = [newUID(), newUID(), newUID()]
  const transferId = here.transfers.beginImport({ title: 'folder', files: 2 })
  for (const [SOPInstanceUID, InstanceNumber] of [
    [newUID(), '2'],
    [uid, '1'],
  ] as const) {
    const dataSet = { ...ctDataSet(SOPInstanceUID), SeriesInstanceUID, StudyInstanceUID, InstanceNumber }
    const put = await ask(`/data/import/${transferId}?name=a.dcm`, { method: 'PUT', body: writePart10({ dataSet }) })
    expect(await put.json()).toMatchObject({ outcome: 'stored' })
  }
  const { [uid]: instanceId = 0 } = await here.archive.reader.holds([uid])
  const [stored] = await here.archive.reader.locate({ instanceIds: [instanceId] })
  const opening = await ask(`/data/opening/${stored?.studyId}`)
  expect(opening.headers.get('negatoscope-instance')).toBe(String(instanceId))
  expect((await opening.arrayBuffer()).byteLength).toBe(32 * 32 * 2)
  const { study, series, images } = await here.archive.reader.openingOf(stored?.studyId ?? 0)
  expect(study?.studyInstanceUID).toBe(StudyInstanceUID)
  expect(series.map(({ instances }) => instances)).toEqual([2])
  expect(images).toMatchObject([{ whole: true, images: [{ instanceId }, {}] }])
  expect((await ask('/data/opening/999999')).status).toBe(404)
  expect((await ask(`/data/opening/${stored?.studyId}`, { method: 'POST' })).status).toBe(405)
})

test('a stored file is saved as it is, under a name of ours that no browser opens', async () => {
  const uid = newUID()
  const transferId = here.transfers.beginImport({ title: 'folder', files: 1 })
  const document = new TextEncoder().encode('%PDF-1.4\n')
  const encapsulated = {
    EncapsulatedDocument: document,
    EncapsulatedDocumentLength: 9,
    MIMETypeOfEncapsulatedDocument: 'text/html',
  }
  const bytes = writePart10({ dataSet: { ...ctDataSet(uid), ...encapsulated } })
  await ask(`/data/import/${transferId}?name=a.dcm`, { method: 'PUT', body: bytes })
  const { [uid]: instanceId } = await here.archive.reader.holds([uid])
  const file = await ask(`/data/file/${instanceId}`)
  expect(new Uint8Array(await file.arrayBuffer())).toEqual(new Uint8Array(bytes))
  expect(file.headers.get('content-disposition')).toBe(`attachment; filename="instance-${instanceId}.dcm"`)
  const content = await ask(`/data/content/${instanceId}`)
  expect(content.headers.get('content-type')).toBe('application/octet-stream')
  expect(content.headers.get('content-disposition')).toBe(`attachment; filename="content-${instanceId}.pdf"`)
  expect(new Uint8Array(await content.arrayBuffer())).toEqual(document)
  expect((await ask('/data/file/999999')).status).toBe(404)
  expect((await ask('/data/file/..%2f..%2fetc')).status).toBe(404)
  expect((await ask(`/data/file/${instanceId}`, { method: 'POST', body: 'x' })).status).toBe(405)
  expect((await ask('/data/overlay/999999?frame=0')).status).toBe(404)
  expect((await ask(`/data/overlay/${instanceId}?frame=-1`)).status).toBe(404)
})

test('what is not a request of ours is refused, and opens no path', async () => {
  for (const path of [
    '/data/',
    '/data/thumbnail/',
    '/data/thumbnail/..%2f..',
    '/data/thumbnail/1e3',
    '/data/other/1',
    '/x',
  ])
    expect((await ask(path)).status, path).toBe(404)
  expect((await ask('/data/thumbnail/999999')).status).toBe(404)
  expect((await ask('/data/frames')).status).toBe(405)
  expect((await post({ frames: [] })).status).toBe(400)
  expect((await post({ frames: [{ instanceId: '1', frame: 0 }] })).status).toBe(400)
  expect((await post({ frames: Array.from({ length: 5000 }, () => ({ instanceId: 1, frame: 0 })) })).status).toBe(400)
  expect((await ask('/data/frames', { method: 'POST', body: 'x'.repeat(1_000_000) })).status).toBe(400)
  const body = 'not a file'
  expect((await ask('/data/import/..?name=a', { method: 'PUT', body })).status).not.toBe(200)
  expect((await ask(`/data/import/${crypto.randomUUID()}?name=a`, { method: 'PUT', body })).status).toBe(404)
})
