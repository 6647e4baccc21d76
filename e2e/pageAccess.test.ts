import { once } from 'node:events'
import { request } from 'node:http'
import { createConnection, type Socket } from 'node:net'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { WebSocket } from 'ws'
import { answers } from './peers/freePort.ts'
import { connect } from './workstation/connect.ts'
import { startWorkstation, type Workstation } from './workstation/startWorkstation.ts'
import { temporaryFolder } from './workstation/temporaryFolder.ts'

let folder: ReturnType<typeof temporaryFolder>
let workstation: Workstation
let origin: string
let token: string
beforeAll(async () => {
  folder = temporaryFolder()
  workstation = await startWorkstation({ dataFolder: join(folder.path, 'data') })
  const url = new URL(workstation.url)
  origin = url.origin
  token = new URLSearchParams(url.hash.slice(1)).get('token') ?? ''
})
afterAll(async () => {
  await workstation.stop()
  folder[Symbol.dispose]()
})

/** fetch() sets Host and Origin itself; a hostile client does not. */
async function ask(path: string, headers: Record<string, string>, method = 'GET', body = '') {
  const sent = request(`${origin}${path}`, { method, headers })
  sent.end(body)
  const [answer] = await once(sent, 'response')
  answer.resume()
  return answer as { statusCode: number; headers: Record<string, string | string[] | undefined> }
}

async function openWire(headers: Record<string, string>): Promise<'open' | 'refused'> {
  const socket = new WebSocket(`${origin.replace('http', 'ws')}/wire`, { headers })
  return new Promise((resolve) => {
    socket.once('open', () => {
      socket.terminate()
      resolve('open')
    })
    socket.once('error', () => resolve('refused'))
  })
}

async function cookie(): Promise<string> {
  const answer = await ask('/session', { origin }, 'POST', JSON.stringify({ token }))
  return answer.headers['set-cookie']?.[0]?.split(';')[0] ?? ''
}

test('a page of a foreign name (DNS rebinding) gets nothing', async () => {
  expect((await ask('/', { host: 'evil.example' })).statusCode).toBe(403)
  expect((await ask('/', { host: `evil.example:${new URL(origin).port}` })).statusCode).toBe(403)
  expect((await ask('/', {})).statusCode).toBe(200)
})

test('a page of another origin cannot open a session, call, or read pixels', async () => {
  const foreign = { origin: 'http://evil.example' }
  expect((await ask('/session', foreign, 'POST', JSON.stringify({ token }))).statusCode).toBe(403)
  expect((await ask('/data/thumbnail/1', { ...foreign, cookie: await cookie() })).statusCode).toBe(403)
  expect(await openWire({ ...foreign, cookie: await cookie() })).toBe('refused')
})

test('without the session neither wire nor data answer', async () => {
  expect(await openWire({ origin })).toBe('refused')
  expect(await openWire({ origin, cookie: `negatoscope-${new URL(origin).port}=guessed` })).toBe('refused')
  expect((await ask('/data/thumbnail/1', {})).statusCode).toBe(401)
  expect((await ask('/session', { origin }, 'POST', JSON.stringify({ token: 'guessed' }))).statusCode).toBe(403)
})

test('the session is an HttpOnly, SameSite=Strict cookie and serves several windows', async () => {
  const answer = await ask('/session', { origin }, 'POST', JSON.stringify({ token }))
  expect(answer.headers['set-cookie']?.[0]).toMatch(/HttpOnly; SameSite=Strict/)
  const held = await cookie()
  expect(await openWire({ origin, cookie: held })).toBe('open')
  expect(await openWire({ origin, cookie: held })).toBe('open')
  using connection = await connect(workstation.url)
  expect(await connection.ask.servers.list({})).toEqual([])
})

test('no path leads out of the page', async () => {
  for (const path of ['/../package.json', '/%2e%2e/package.json', '/..%2fpackage.json', '//etc/passwd', '/.env'])
    expect((await ask(path, {})).statusCode, path).toBe(404)
})

test('every answer carries the policy that keeps foreign code out', async () => {
  const { headers } = await ask('/', {})
  expect(headers['content-security-policy']).toContain("default-src 'none'")
  expect(headers['content-security-policy']).toContain("script-src 'self' 'wasm-unsafe-eval'")
  expect(headers['x-content-type-options']).toBe('nosniff')
})

test('the page listens on loopback only', async () => {
  const port = Number(new URL(origin).port)
  expect(await answers(port)).toBe(true)
  expect(await answers(port, '127.0.0.2')).toBe(false)
})

test('a reset upgrade or a broken frame ends that connection, not the workstation', async () => {
  const { hostname, port } = new URL(origin)
  const reset = createConnection(Number(port), hostname)
  reset.write(`GET /wire HTTP/1.1\r\nHost: ${hostname}:${port}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n`)
  reset.resetAndDestroy()
  const broken = new WebSocket(`ws://${hostname}:${port}/wire`, { headers: { origin, cookie: await cookie() } })
  await once(broken, 'open')
  // A reserved opcode (RFC 6455 5.2).
  ;(broken as unknown as { _socket: Socket })._socket.write(Buffer.from([0x8b, 0x80, 0, 0, 0, 0]))
  await once(broken, 'close')
  expect((await ask('/', {})).statusCode).toBe(200)
})
