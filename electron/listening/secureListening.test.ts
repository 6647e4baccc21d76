import { type AddressInfo, connect, createServer } from 'node:net'
import { afterEach, expect, test } from 'vitest'
import { freePort } from '#electron/dicom/testing/freePort.ts'
import { echo } from '#electron/servers/echo.ts'
import { openTestWorkstation, type TestWorkstation } from '#electron/transfers/testing/testWorkstation.ts'
import type { ServerFields } from '#shared/contract/servers.ts'

const stopping: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const stop of stopping.splice(0)) await stop()
})

async function start(): Promise<TestWorkstation> {
  const workstation = await openTestWorkstation('HERE')
  stopping.push(() => workstation.stop())
  return workstation
}
const withCertificate = (here: TestWorkstation) =>
  here.certificates.create({ commonName: 'here', names: ['127.0.0.1'] }, 1)

/** Our own server test, towards ourselves. */
function tryEcho(here: TestWorkstation, port: number, change: Partial<ServerFields>) {
  const { serverId } = here.servers.add(port)
  const fields = { ...here.servers.get(serverId), name: `S${serverId}`, port, ...change }
  const parts = { node: here.node, settings: here.settings.current(), certificates: here.certificates }
  return echo(parts, fields, AbortSignal.timeout(10_000))
}
const pinned = (here: TestWorkstation): Partial<ServerFields> => ({
  ...{ tls: true, trust: 'pinned' },
  pinnedCertificate: here.certificates.view().own?.certificate.fingerprint ?? '',
})

test('switched on, moved and switched off while it runs; each test result says what protects it', async () => {
  const here = await start()
  await withCertificate(here)
  const [first, second] = [await freePort(), await freePort()]
  here.settings.update({ tlsListener: true, tlsPort: first })
  await here.listener.apply()
  expect(here.listener.state()).toMatchObject({ port: here.port, tlsPort: first, tlsOnly: false, tlsProblem: '' })
  const passed = await tryEcho(here, first, pinned(here))
  expect(passed).toMatchObject({ ok: true, security: { verified: true, certificate: { subject: 'CN=here' } } })
  expect(passed.technical).toContain('TLSv1.3')
  const unchecked = await tryEcho(here, first, { tls: true, verifyCertificate: false })
  expect(unchecked.sentence).toContain('nobody checked who answers')
  const failed = await tryEcho(here, first, { tls: true })
  expect(failed).toMatchObject({ ok: false, security: { verified: false, certificate: { subject: 'CN=here' } } })
  here.settings.update({ tlsPort: second })
  await here.listener.apply()
  expect((await tryEcho(here, second, pinned(here))).ok).toBe(true)
  expect((await tryEcho(here, first, pinned(here))).technical).toContain('ECONNREFUSED')
  here.settings.update({ tlsListener: false })
  await here.listener.apply()
  expect((await tryEcho(here, second, pinned(here))).technical).toContain('ECONNREFUSED')
})

test('the port without TLS can be switched off; then nothing plain is served, retrieves included', async () => {
  const here = await start()
  await withCertificate(here)
  const tlsPort = await freePort()
  here.settings.update({ tlsListener: true, tlsPort, plainListener: false })
  await here.listener.apply()
  expect(here.listener.state()).toMatchObject({ state: 'listening', port: tlsPort, tlsPort, tlsOnly: true })
  expect((await tryEcho(here, here.port, {})).technical).toContain('ECONNREFUSED')
  expect((await tryEcho(here, tlsPort, {})).ok).toBe(false)
  expect((await tryEcho(here, tlsPort, pinned(here))).ok).toBe(true)
  here.settings.update({ tlsListener: false })
  await here.listener.apply()
  expect(here.listener.state()).toMatchObject({
    state: 'failed',
    sentence: expect.stringContaining('both switched off'),
  })
})

test('without a certificate the port stays closed and says what it lacks; with one it opens by itself', async () => {
  const here = await start()
  const tlsPort = await freePort()
  here.settings.update({ tlsListener: true, tlsPort })
  await here.listener.apply()
  expect(here.listener.state()).toMatchObject({
    tlsPort: null,
    tlsProblem: expect.stringContaining('needs a certificate'),
  })
  await withCertificate(here)
  await expect.poll(() => here.listener.state()).toMatchObject({ tlsPort, tlsProblem: '' })
  here.certificates.removeOwn()
  await expect.poll(() => here.listener.state()).toMatchObject({ tlsPort: null })
})

const isOpen = (port: number) =>
  new Promise<boolean>((resolve) => {
    const socket = connect(port, '127.0.0.1', () => {
      socket.destroy()
      resolve(true)
    })
    socket.on('error', () => resolve(false))
  })

test('moved to a port that another program has it stays where it was, says so, and off is off', async () => {
  const here = await start()
  await withCertificate(here)
  const first = await freePort()
  const taken = createServer()
  await new Promise<void>((resolve) => taken.listen(0, '127.0.0.1', resolve))
  const { port: tlsPort } = taken.address() as AddressInfo
  here.settings.update({ tlsListener: true, tlsPort: first })
  await here.listener.apply()
  here.settings.update({ tlsPort })
  await here.listener.apply()
  expect(await isOpen(first)).toBe(true)
  expect(here.listener.state()).toMatchObject({
    tlsPort: null,
    tlsProblem: expect.stringContaining(`Until then we listen at port ${first}.`),
  })
  here.settings.update({ tlsListener: false })
  await here.listener.apply()
  expect(await isOpen(first)).toBe(false)
  expect(here.listener.state()).toMatchObject({ tlsPort: null, tlsProblem: '' })
  taken.close()
})

test('a port that another program has is a sentence, and the plain one goes on', async () => {
  const here = await start()
  await withCertificate(here)
  const taken = createServer()
  const port = await new Promise<number>((resolve) =>
    taken.listen(0, '127.0.0.1', () => {
      const address = taken.address()
      resolve(typeof address === 'object' && address ? address.port : 0)
    }),
  )
  here.settings.update({ tlsListener: true, tlsPort: port })
  await here.listener.apply()
  expect(here.listener.state()).toMatchObject({
    port: here.port,
    tlsProblem: expect.stringContaining('Another program'),
  })
  expect((await tryEcho(here, here.port, {})).ok).toBe(true)
  taken.close()
})
