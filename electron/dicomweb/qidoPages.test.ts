import { afterEach, expect, test } from 'vitest'
import { qido } from './qido.ts'
import { type Answer, openSite, webServerAt } from './testing/hostileSite.ts'
import type { WebServer } from './webApi.ts'

const closing: (() => unknown)[] = []
afterEach(async () => {
  for (const close of closing.splice(0)) await close()
})

const signal = () => AbortSignal.timeout(60_000)
const search = async (server: WebServer) => {
  const found = []
  for await (const match of qido(server, { level: 'STUDY', keys: { PatientName: 'A*' } }, signal())) found.push(match)
  return found
}
const site = async (answer: Answer) => {
  const { port, close, requests } = await openSite(answer)
  closing.push(close)
  return { server: webServerAt(port), requests }
}
const json =
  (body: unknown): Answer =>
  (_, response) =>
    void response.writeHead(200, { 'content-type': 'application/dicom+json' }).end(JSON.stringify(body))
const status =
  (code: number, headers = {}): Answer =>
  (_, response) =>
    void response.writeHead(code, headers).end()

const studies = (count: number) =>
  Array.from({ length: count }, (_, at) => ({ '0020000D': { vr: 'UI', Value: [`1.2.${at}`] } }))
/** Gives as many at once as it likes. */
const paging = (all: unknown[], most: number, beyond = json([])) =>
  site((request, response) => {
    const { searchParams } = new URL(request.url ?? '', 'http://x')
    const [offset, limit] = [Number(searchParams.get('offset')), Number(searchParams.get('limit'))]
    const answer = offset > 0 && offset >= all.length ? beyond : undefined
    const page = all.slice(offset, offset + Math.min(limit, most))
    return (answer ?? json(page))(request, response)
  })

test('a page that comes again and again is read once, and whoever asked is told that there may be more', async () => {
  const { server, requests } = await site(json(studies(100)))
  const found: string[] = []
  const query = { level: 'STUDY', keys: { PatientName: 'A*' } } as const
  const reading = (async () => {
    for await (const { StudyInstanceUID = '' } of qido(server, query, signal())) found.push(StudyInstanceUID)
  })()
  await expect(reading).rejects.toMatchObject({
    details: { sentence: expect.stringContaining('Northview gives the first 100 and does not go on from there') },
  })
  expect(found).toHaveLength(100)
  expect(requests).toHaveLength(2)
})

test('one that gives less than was asked for and does not say so is asked for the rest', async () => {
  const { server, requests } = await paging(studies(60), 25)
  expect(await search(server)).toHaveLength(60)
  // The third page is smaller than others were: it is the last.
  expect(requests).toHaveLength(3)
})

test('one that refuses to begin behind the end has told everything', async () => {
  const { server, requests } = await paging(studies(30), 1000, status(404))
  expect(await search(server)).toHaveLength(30)
  expect(requests).toHaveLength(2)
})

test('a handful is the end', async () => {
  const { server, requests } = await paging(studies(9), 1000)
  expect(await search(server)).toHaveLength(9)
  expect(requests).toHaveLength(1)
})

test('pages are asked for one after the other, and a short wait that the server wants is kept', async () => {
  const all = studies(250)
  let refusals = 1
  const { server, requests } = await site((request, response) => {
    const { searchParams } = new URL(request.url ?? '', 'http://x')
    const offset = Number(searchParams.get('offset'))
    if (offset === 100 && refusals > 0) {
      refusals -= 1
      return status(429, { 'retry-after': '0' })(request, response)
    }
    json(all.slice(offset, offset + Number(searchParams.get('limit'))))(request, response)
  })
  expect(await search(server)).toHaveLength(250)
  expect(requests).toHaveLength(4)
  expect(requests.every(({ authorization }) => authorization === 'Basic d2FyZDpodW50ZXIy')).toBe(true)
})
