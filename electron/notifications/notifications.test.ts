import { connect } from 'node:net'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { temporaryFolder } from '#electron/archive/archiveFixture.ts'
import { openWorkstation, type Workstation } from '#electron/workstation.ts'

let folder: ReturnType<typeof temporaryFolder>
let workstation: Workstation
let serverId: number
let secret: string

beforeAll(async () => {
  folder = temporaryFolder()
  workstation = await openWorkstation({
    dataFolder: folder.path,
    // Nothing answers there: what is ordered waits.
    overrides: { dicomPort: 0, bindAddress: '127.0.0.1', notificationPort: 0 },
    serversIni: undefined,
    rebuildIndex: false,
    host: 'headless',
  })
  serverId = addServer('Main PACS')
  secret = workstation.notifications.makeSecret(serverId)
  await vi.waitFor(() => expect(state()).toBe('open'), 30_000)
}, 240_000)
afterAll(async () => {
  await workstation.close(0)
  folder.remove()
})

const state = () => workstation.notifications.view().state
const counted = (id = serverId) => workstation.notifications.view().servers.find((one) => one.serverId === id)
const said = () => workstation.notices.recent().map(({ text }) => text)
const orders = () => workstation.transfers.rows().filter(({ kind }) => kind === 'retrieve')

function addServer(name: string, more: { notifyRetrieve?: boolean; queryRetrieve?: boolean } = {}): number {
  const { servers } = workstation
  const row = servers.add(11112)
  const fields = { ...row, name, aeTitle: 'PACS', host: '127.0.0.1', port: 1, notifyOn: true, ...more }
  return servers.update(row.serverId, fields).serverId
}

let number = 0
function study() {
  number += 1
  return { level: 'study', studyInstanceUID: `1.2.826.0.1.${number}` }
}

async function tell(body: unknown, { as = secret, path = '/notify', method = 'POST', headers = {} } = {}) {
  const { port } = workstation.notifications.view()
  const response = await fetch(`http://127.0.0.1:${port}${path}`, {
    ...{ method, headers: { authorization: `Bearer ${as}`, ...headers } },
    ...(method === 'GET'
      ? {}
      : { body: typeof body === 'string' || Buffer.isBuffer(body) ? body : JSON.stringify(body) }),
  })
  return { status: response.status, answer: (await response.json()) as { error?: string; taken?: boolean } }
}

describe('what a server tells of', () => {
  test('is said without anything of a patient’s, together where much comes at once, and once', async () => {
    const one = study()
    expect(await tell({ ...one, patientName: 'Sato^Rex' })).toEqual({ status: 202, answer: { taken: true } })
    expect((await tell(one)).status).toBe(202)
    const images = ['1.3.1', '1.3.2', '1.3.3']
    for (const sopInstanceUID of images)
      expect((await tell({ level: 'instance', studyInstanceUID: '1.2', sopInstanceUID })).status).toBe(202)
    // How many are said together depends on how fast they come.
    const counts = () => said().flatMap((text) => /^(New|\d+ new) images? at Main PACS$/.exec(text)?.[1] ?? [])
    const number = (count: string) => (count === 'New' ? 1 : Number.parseInt(count, 10))
    await expect.poll(() => counts().reduce((sum, count) => sum + number(count), 0)).toBe(images.length)
    expect(said()).toContain('New study at Main PACS')
    expect(workstation.notices.recent().at(-1)).toMatchObject({ source: 'Main PACS', level: 'instance', serverId })
    expect(JSON.stringify(workstation.notices.recent())).not.toContain('Sato')
    expect(orders()).toEqual([])
    expect(counted()).toMatchObject({ hasSecret: true, taken: 5, refused: 0 })
  })

  test('is ordered at once where that is set, and while the order waits it is not ordered again', async () => {
    const eager = addServer('Eager', { notifyRetrieve: true })
    const sendOnly = addServer('Send only', { notifyRetrieve: true, queryRetrieve: false })
    const as = workstation.notifications.makeSecret(eager)
    const other = workstation.notifications.makeSecret(sendOnly)
    const series = (seriesInstanceUID: string) => ({ level: 'series', studyInstanceUID: '1.9', seriesInstanceUID })
    expect((await tell(series('1.9.1'), { as })).status).toBe(202)
    expect((await tell(series('1.9.2'), { as })).status).toBe(202)
    expect(orders()).toMatchObject([{ peer: 'Eager', title: 'New study', state: 'waiting' }])
    expect((await tell(study(), { as: other })).status).toBe(202)
    expect(orders()).toHaveLength(1)
  })
})

describe('who is not let in', () => {
  test('a wrong secret, none, an old one, one of a server that is to tell nothing', async () => {
    const before = workstation.notifications.view().strangers
    expect((await tell(study(), { as: 'wrong' })).status).toBe(401)
    expect((await tell(study(), { as: `${secret}x` })).status).toBe(401)
    expect((await tell(study(), { headers: { authorization: 'Basic YTpi' } })).status).toBe(401)
    const old = secret
    secret = workstation.notifications.makeSecret(serverId)
    expect((await tell(study(), { as: old })).status).toBe(401)
    const silent = addServer('Silent')
    const its = workstation.notifications.makeSecret(silent)
    workstation.servers.update(silent, { ...workstation.servers.get(silent), notifyOn: false })
    expect((await tell(study(), { as: its })).status).toBe(401)
    expect(workstation.notifications.view().strangers).toBe(before + 5)
  })

  test('a page in a browser, even with the secret', async () => {
    expect((await tell(study(), { headers: { origin: 'http://evil.example' } })).status).toBe(403)
  })
})

describe('what is not a message', () => {
  test.each([
    ['no JSON', '{"level":', 400],
    ['no object', '[]', 400],
    ['nothing', '', 400],
    ['not UTF-8', Buffer.from([0x7b, 0xff, 0xfe, 0x7d]), 400],
    ['an unknown level', { level: 'patient', studyInstanceUID: '1.2' }, 400],
    ['no UID', { level: 'study' }, 400],
    ['a UID with other signs', { level: 'study', studyInstanceUID: '1.2/../../etc' }, 400],
    ['a UID that is too long', { level: 'study', studyInstanceUID: '1.'.repeat(40) }, 400],
    ['a UID that is a list', { level: 'study', studyInstanceUID: ['1.2'] }, 400],
    ['a series without its UID', { level: 'series', studyInstanceUID: '1.2' }, 400],
    ['nested without end', '['.repeat(4000), 400],
    ['more than 4 kB', 'x'.repeat(5000), 413],
  ])('%s is refused in a sentence, and does nothing', async (_, body, status) => {
    const refusedBefore = counted()?.refused ?? 0
    const { status: found, answer } = await tell(body)
    expect(found).toBe(status)
    expect(answer.error).toMatch(/\.$/)
    expect(counted()?.refused).toBe(refusedBefore + 1)
  })

  test('another path, another method', async () => {
    expect((await tell(study(), { path: '/' })).status).toBe(404)
    expect((await tell(study(), { path: '/notify/../notify?x' })).status).toBe(404)
    expect((await tell('', { method: 'GET' })).status).toBe(405)
  })

  test('what is no HTTP at all ends its own connection, and the next message is taken', async () => {
    const { port } = workstation.notifications.view()
    await new Promise<void>((resolve, reject) => {
      const socket = connect(port, '127.0.0.1', () => socket.write(Buffer.alloc(64, 0x16)))
      socket
        .once('error', reject)
        .once('close', () => resolve())
        .resume()
    })
    expect((await tell(study())).status).toBe(202)
  })
})

test('the port is closed when no server is to tell anything any more', async () => {
  for (const row of workstation.servers.rows()) workstation.servers.update(row.serverId, { ...row, notifyOn: false })
  await expect.poll(state).toBe('closed')
})
