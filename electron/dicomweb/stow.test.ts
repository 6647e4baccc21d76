import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, afterEach, expect, test } from 'vitest'
import { temporaryFolder } from '#electron/archive/archiveFixture.ts'
import type { InstanceToSend, SendOutcome } from '#electron/dicom/nodeApi.ts'
import { stow } from './stow.ts'
import { type Answer, openSite, webServerAt } from './testing/hostileSite.ts'

const folder = temporaryFolder()
const closing: (() => unknown)[] = []
afterEach(async () => {
  for (const close of closing.splice(0)) await close()
})
afterAll(() => folder.remove())

const site = async (answer: Answer) => {
  const { port, close, requests } = await openSite(answer)
  closing.push(close)
  return { server: webServerAt(port), requests }
}
const images = (count: number, path = '') =>
  Array.from({ length: count }, (_, at): InstanceToSend => {
    const file = path || join(folder.path, `${at}.dcm`)
    if (!path) writeFileSync(file, `image ${at}`)
    const ids = { instanceId: at, sopInstanceUID: `1.2.${at}`, sopClassUID: '1.2.840.10008.5.1.4.1.1.2' }
    return { ...ids, transferSyntaxUID: '1.2.840.10008.1.2.1', path: file, bytes: 7 }
  })
const item = (uid: string, tag?: string, code?: number) => ({
  '00081155': { vr: 'UI', Value: [uid] },
  ...(tag && { [tag]: { vr: 'US', Value: [code] } }),
})
const json =
  (code: number, body: unknown): Answer =>
  (_, response) =>
    void response.writeHead(code, { 'content-type': 'application/dicom+json' }).end(JSON.stringify(body))
const send = async (server: Parameters<typeof stow>[0], instances: InstanceToSend[]) => {
  const outcomes: SendOutcome[] = []
  for await (const outcome of stow(server, instances, AbortSignal.timeout(30_000))) outcomes.push(outcome)
  return outcomes
}

test('each image has the status that the server gave it; one that it does not name is not called stored', async () => {
  const { server } = await site(
    json(202, {
      '00081199': { vr: 'SQ', Value: [item('1.2.0'), item('1.2.1', '00081196', 0xb000), item('9.9')] },
      '00081198': {
        vr: 'SQ',
        Value: [item('1.2.2', '00081197', 0xa700), item('1.2.3', '00081197', 0xc000), item('1.2.4')],
      },
    }),
  )
  const outcomes = await send(server, images(6))
  expect(outcomes.map(({ outcome, status }) => [outcome, status])).toEqual([
    ['success', 0],
    ['warning', 0xb000],
    ['failure', 0xa700],
    ['failure', 0xc000],
    ['failure', 0xc000],
    ['failure', undefined],
  ])
  expect(outcomes[5]?.note).toBe('Northview does not say what became of it.')
})

test('the request is a multipart of the files as they are', async () => {
  let body = ''
  let type = ''
  const { server } = await site((request, response) => {
    type = request.headers['content-type'] ?? ''
    request.on('data', (chunk: Buffer) => {
      body += chunk.toString('latin1')
    })
    request.on('end', () => json(200, { '00081199': { Value: [item('1.2.0'), item('1.2.1')] } })(request, response))
  })
  expect((await send(server, images(2))).map(({ outcome }) => outcome)).toEqual(['success', 'success'])
  const [, boundary = ''] = /boundary=(\S+)/.exec(type) ?? []
  const part = (text: string) => `--${boundary}\r\nContent-Type: application/dicom\r\n\r\n${text}\r\n`
  expect(body).toBe(`${part('image 0')}${part('image 1')}--${boundary}--\r\n`)
})

test('where a whole request is refused the images go one by one, and a file that is gone costs itself alone', async () => {
  let asked = 0
  const { server, requests } = await site((request, response) => {
    asked += 1
    const uid = `1.2.${asked - 2}`
    if (asked === 1 || uid === '1.2.1') return json(409, {})(request, response)
    json(200, { '00081199': { Value: [item(uid)] } })(request, response)
  })
  const gone = images(1, join(folder.path, 'gone.dcm')).map((each) => ({ ...each, sopInstanceUID: '5.5' }))
  const outcomes = await send(server, [...gone, ...images(3)])
  expect(outcomes.map(({ sopInstanceUID, outcome }) => [sopInstanceUID, outcome])).toEqual([
    ['5.5', 'failure'],
    ['1.2.0', 'success'],
    ['1.2.1', 'failure'],
    ['1.2.2', 'success'],
  ])
  expect(requests).toHaveLength(4)
})

test('a server that refuses us, hangs up or sends us elsewhere ends the batch with the reason; nothing is called sent', async () => {
  const answers: [Answer, string][] = [
    [(_, response) => void response.writeHead(401).end(), 'HTTP'],
    [(_, response) => void response.writeHead(307, { location: 'http://127.0.0.1:1/' }).end(), 'HTTP'],
    [(request) => void request.socket.destroy(), 'LOST'],
    [(_, response) => void response.writeHead(200, { 'content-type': 'text/html' }).end('<html>'), 'HTTP'],
  ]
  for (const [answer, code] of answers) {
    const { server } = await site(answer)
    const outcomes: SendOutcome[] = []
    const sending = async () => {
      for await (const outcome of stow(server, images(12), AbortSignal.timeout(30_000))) outcomes.push(outcome)
    }
    await expect(sending()).rejects.toMatchObject({ code })
    expect(outcomes.every(({ outcome, hindrance }) => outcome === 'failure' && hindrance === 'unsent')).toBe(true)
    expect(outcomes).toHaveLength(12)
  }
})
