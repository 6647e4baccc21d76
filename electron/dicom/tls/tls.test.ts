import { execFile, spawnSync } from 'node:child_process'
import { X509Certificate } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { type AddressInfo, connect, createServer as createPlainServer, type Server, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { connect as connectTls, createServer, type TlsOptions } from 'node:tls'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { makeTestAuthority, type TestAuthority } from '#electron/certificates/testing/testAuthority.ts'
import { failureOf } from '#electron/servers/failureSentence.ts'
import { echo } from '../scu/echo.ts'
import { openTestNode, peerAt, type TestNode } from '../testing/testNode.ts'
import type { ListenerTls, PeerTls, Trust } from './peerTls.ts'

const hasOpenssl = spawnSync('openssl', ['version'], { stdio: 'ignore' }).status === 0
const signal = () => AbortSignal.timeout(10_000)

describe.skipIf(!hasOpenssl)('DICOM over TLS', () => {
  let authority: TestAuthority
  let stranger: TestAuthority
  const closing: (() => unknown)[] = []
  beforeAll(() => {
    const folder = mkdtempSync(join(tmpdir(), 'negatoscope-tls-'))
    authority = makeTestAuthority(folder)
    stranger = makeTestAuthority(join(folder, 'stranger'), 'Stranger')
    authority.issue('server', {})
    authority.issue('client', {})
    authority.issue('elsewhere', { names: 'DNS:pacs.clinic' })
    authority.issue('ended', { from: -20, to: -2 })
    authority.issue('later', { from: 2, to: 20 })
    authority.issue('alone', { selfSigned: true })
    stranger.issue('server', {})
  })
  afterEach(async () => {
    for (const close of closing.splice(0)) await close()
  })
  afterAll(() => rmSync(authority.folder, { recursive: true, force: true }))

  const pair = (name: string, from = authority) => {
    const { certificate, key } = from.pem(name)
    return { certificate: certificate.toString(), key: key.toString() }
  }
  const clinic = (): Trust => ({ kind: 'authorities', certificates: [authority.certificate.toString()] })
  const tls = (trust: Trust = clinic(), more: Partial<PeerTls> = {}): PeerTls => ({
    ...{ trust, expectedName: '', identity: undefined },
    ...more,
  })

  /** A node that serves TLS under this certificate, beside its plain port. */
  async function secured(name = 'server', more: Partial<ListenerTls> = {}, from = authority) {
    const authorities = [authority.certificate.toString()]
    const here = await openTestNode({
      tls: { identity: pair(name, from), clientCertificates: 'none', authorities, ...more },
    })
    closing.push(() => here.close())
    const { port } = await here.node.listen({ host: '127.0.0.1', port: 0, tls: true })
    return { ...here, tlsPort: port }
  }
  const call = (port: number, how: PeerTls | 'plain' = tls(), more = {}) =>
    echo(peerAt(port, { tls: how === 'plain' ? undefined : how, ...more }), signal())
  const why = async (answer: Promise<unknown>, clientCertificate = false) => {
    const error = await answer.then(
      () => undefined,
      (cause: unknown) => cause,
    )
    return failureOf(error, {
      ...{ serverName: 'Northview', calledAETitle: 'PEER', callingAETitle: 'US', ourAddress: '10.0.4.31' },
      ...{ host: '127.0.0.1', port: 2762, tls: true, showsCertificate: clientCertificate, connectTimeoutMs: 2000 },
    }).sentence
  }
  const lastRefusal = async ({ seen }: Pick<TestNode, 'seen'>) => (await seen('connectionRefused')).at(-1)?.note

  test('a server whose certificate comes from an authority of ours answers, over TLS 1.3', async () => {
    const { tlsPort } = await secured()
    const { security } = await call(tlsPort)
    expect(security).toMatchObject({ protocol: 'TLSv1.3', cipher: 'TLS_AES_256_GCM_SHA384' })
    expect(security?.certificate).toMatchObject({ subject: 'CN=server', issuer: 'CN=Test CA' })
  })

  test.each([
    [
      'unknown authority',
      'server',
      () => ({ kind: 'system' as const }),
      /comes from an authority that this workstation does not know/,
    ],
    ['ended', 'ended', clinic, /certificate of Northview has ended\. Its administrator must renew it/],
    ['not valid yet', 'later', clinic, /not valid yet\. Check the clock/],
    ['another name', 'elsewhere', clinic, /made for another name than 127\.0\.0\.1/],
    ['made by itself', 'alone', clinic, /made its certificate itself/],
    [
      'pinned, but another',
      'server',
      () => ({ kind: 'pinned' as const, fingerprint: 'AB' }),
      /another certificate than the pinned one/,
    ],
  ])(
    'a server certificate: %s: is refused with its sentence, and what it showed is told',
    async (_, name, trust, sentence) => {
      const { tlsPort, events } = await secured(name)
      const answer = call(tlsPort, tls(trust()))
      await expect(answer).rejects.toMatchObject({
        code: 'TLS',
        details: { security: { certificate: { subject: `CN=${name}` } } },
      })
      expect(await why(answer)).toMatch(sentence)
      expect(await why(answer)).toMatch(/Nothing was sent\.$/)
      expect(events.filter(({ kind }) => kind === 'associationAccepted')).toEqual([])
    },
  )

  test('the name that its certificate carries can be told apart from its address', async () => {
    const { tlsPort } = await secured('elsewhere')
    expect((await call(tlsPort, tls(clinic(), { expectedName: 'pacs.clinic' }))).security).toBeDefined()
  })

  test('a pinned certificate is enough, whoever made it and whatever its name; an ended one is not', async () => {
    const pin = (name: string): Trust => ({
      kind: 'pinned',
      fingerprint: new X509Certificate(authority.pem(name).certificate).fingerprint256,
    })
    expect((await call((await secured('alone')).tlsPort, tls(pin('alone')))).security).toBeDefined()
    expect((await call((await secured('elsewhere')).tlsPort, tls(pin('elsewhere')))).security).toBeDefined()
    await expect(call((await secured('ended')).tlsPort, tls(pin('ended')))).rejects.toMatchObject({
      details: { cause: 'CERT_HAS_EXPIRED' },
    })
  })

  test('without verification anybody answers', async () => {
    const { tlsPort } = await secured('ended')
    expect((await call(tlsPort, tls({ kind: 'nobody' }))).security?.certificate.subject).toBe('CN=ended')
  })

  describe('a caller’s certificate', () => {
    const shows = (name: string, from = authority) => tls(clinic(), { identity: pair(name, from) })

    test('required and good: the association knows who it is', async () => {
      const here = await secured('server', { clientCertificates: 'require' })
      await call(here.tlsPort, shows('client'))
      const [event] = await here.seen('associationAccepted')
      expect(event?.party.tls).toBe('TLSv1.3, certificate CN=client')
    })

    test('required and missing: both sides say so', async () => {
      const here = await secured('server', { clientCertificates: 'require' })
      expect(await why(call(here.tlsPort))).toMatch(/Northview wants a certificate of ours, and none is shown/)
      expect(await lastRefusal(here)).toMatch(/showed no certificate, and one is required/)
    })

    test.each([
      ['from a stranger', 'server', () => stranger, /comes from an authority that we do not know/],
      ['ended', 'ended', () => authority, /certificate of the caller has ended/],
      ['not valid yet', 'later', () => authority, /not valid yet/],
      ['made by itself', 'alone', () => authority, /made its certificate itself/],
    ])('%s: is refused, required or asked for, and the reason stands in the log', async (_, name, from, note) => {
      for (const clientCertificates of ['require', 'ask'] as const) {
        const here = await secured('server', { clientCertificates })
        expect(await why(call(here.tlsPort, shows(name, from())), true)).toMatch(/does not accept our certificate/)
        expect(await lastRefusal(here)).toMatch(note)
        expect(here.events.filter(({ kind }) => kind === 'associationAccepted')).toEqual([])
      }
    })

    test('asked for and missing: is let in; not asked for: is not looked at', async () => {
      expect((await call((await secured('server', { clientCertificates: 'ask' })).tlsPort)).security).toBeDefined()
      const here = await secured('server', { clientCertificates: 'none' })
      await call(here.tlsPort, shows('ended'))
      expect((await here.seen('associationAccepted'))[0]?.party.tls).toBe('TLSv1.3')
    })
  })

  describe('whoever does not speak our TLS', () => {
    test('plain DICOM at the TLS port is refused and told in words, never served', async () => {
      const here = await secured()
      await expect(call(here.tlsPort, 'plain')).rejects.toMatchObject({ code: 'LOST' })
      expect(await lastRefusal(here)).toMatch(/spoke DICOM without TLS at the port for TLS/)
      expect(here.events.map(({ kind }) => kind)).toEqual(['connectionRefused'])
    })

    test('TLS at the plain port is told in words, too', async () => {
      const here = await secured()
      await expect(call(here.port)).rejects.toMatchObject({ code: 'TLS' })
      expect(await lastRefusal(here)).toMatch(/spoke TLS at the port without TLS/)
    })

    test('a plain server called with TLS is no TLS server', async () => {
      const here = await openTestNode()
      closing.push(() => here.close())
      expect(await why(call(here.port))).toMatch(/answers, but not with TLS/)
    })

    test.each([
      ['TLS 1.1', { minVersion: 'TLSv1', maxVersion: 'TLSv1.1', ciphers: 'DEFAULT@SECLEVEL=0' }, /older than 1\.2/],
      [
        'a suite without forward secrecy',
        { maxVersion: 'TLSv1.2', ciphers: 'AES256-GCM-SHA384' },
        /no longer safe \(BCP 195\)/,
      ],
      ['CBC', { maxVersion: 'TLSv1.2', ciphers: 'ECDHE-RSA-AES128-SHA256' }, /no longer safe \(BCP 195\)/],
    ] as const)('%s is refused as a caller', async (_, options, note) => {
      const here = await secured()
      const socket = connectTls({ port: here.tlsPort, host: '127.0.0.1', rejectUnauthorized: false, ...options })
      await new Promise((resolve) => socket.once('error', resolve))
      expect(await lastRefusal(here)).toMatch(note)
    })

    test.each([
      ['TLS 1.1', { minVersion: 'TLSv1', maxVersion: 'TLSv1.1', ciphers: 'DEFAULT@SECLEVEL=0' }, /older than 1\.2/],
      [
        'weak suites alone',
        { maxVersion: 'TLSv1.2', ciphers: 'AES256-GCM-SHA384' },
        /only encryption that is no longer safe/,
      ],
    ] as const)('%s is refused as a server', async (_, options, sentence) => {
      const port = await tlsServer({ ...options })
      expect(await why(call(port))).toMatch(sentence)
    })

    test('a caller that does not trust us leaves its reason in our log', async () => {
      const here = await secured()
      const client = [
        's_client',
        '-connect',
        `127.0.0.1:${here.tlsPort}`,
        '-verify_return_error',
        '-no-CAfile',
        '-no-CApath',
      ]
      await new Promise((resolve) => execFile('openssl', client, { timeout: 60_000 }, resolve))
      expect(await lastRefusal(here)).toMatch(/does not trust our certificate/)
      await expect(call(here.tlsPort, tls({ kind: 'system' }))).rejects.toMatchObject({ code: 'TLS' })
      await expect.poll(() => lastRefusal(here)).toMatch(/hung up (right after|during) the TLS handshake/)
    })

    test('who looks whether the port is open, and says nothing, leaves no line', async () => {
      const here = await secured()
      const socket = connect(here.tlsPort, '127.0.0.1')
      await new Promise((resolve) => socket.once('connect', resolve))
      socket.destroy()
      await call(here.tlsPort)
      expect(here.events.filter(({ kind }) => kind === 'connectionRefused')).toEqual([])
    })

    test('five hundred broken handshakes, cut off anywhere, leave the node serving', async () => {
      const here = await secured('server', { clientCertificates: 'require' })
      const hello = await recordedHello()
      const random = (below: number) => Math.floor(Math.random() * below)
      const broken = async () => {
        const bytes = Buffer.from(hello.subarray(0, 1 + random(hello.length)))
        for (let flips = random(4); flips > 0; flips -= 1) bytes[random(bytes.length)] = random(256)
        const socket = connect(here.tlsPort, '127.0.0.1')
        socket.on('error', () => {})
        await new Promise((resolve) => socket.write(bytes, resolve))
        await new Promise((resolve) => setTimeout(resolve, random(4)))
        if (random(2) === 0) socket.resetAndDestroy()
        else socket.destroy()
      }
      for (let round = 0; round < 25; round += 1) await Promise.all(Array.from({ length: 20 }, broken))
      expect((await call(here.tlsPort, tls(clinic(), { identity: pair('client') }))).security).toBeDefined()
    })
  })

  /** What a TLS client says first. */
  async function recordedHello(): Promise<Buffer> {
    let hear: (bytes: Buffer) => void = () => {}
    const heard = new Promise<Buffer>((resolve) => {
      hear = resolve
    })
    const port = await listening(createPlainServer((socket) => socket.on('error', () => {}).once('data', hear)))
    const socket = connectTls({ port, host: '127.0.0.1' })
    socket.on('error', () => {})
    const hello = await heard
    socket.destroy()
    return hello
  }
  async function tlsServer(options: TlsOptions): Promise<number> {
    const { certificate: cert, key } = pair('server')
    const server = createServer({ cert, key, ...options })
    server.on('tlsClientError', () => {})
    return listening(server)
  }
  async function listening(server: Server): Promise<number> {
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    closing.push(() => server.close())
    return (server.address() as AddressInfo).port
  }

  describe('while it runs', () => {
    test('a new certificate and new demands hold from the next connection; what is up goes on', async () => {
      const here = await secured('server')
      const first = await call(here.tlsPort)
      const running = connectTls({ port: here.tlsPort, host: '127.0.0.1', ca: authority.certificate })
      await new Promise((resolve) => running.once('secureConnect', resolve))
      const next = { identity: pair('elsewhere'), clientCertificates: 'none' as const, authorities: [] }
      await here.node.configure({ ...here.configuration, tls: next })
      const second = await call(here.tlsPort, tls({ kind: 'nobody' }))
      expect([first, second].map(({ security }) => security?.certificate.subject)).toEqual([
        'CN=server',
        'CN=elsewhere',
      ])
      expect(running.destroyed).toBe(false)
      running.destroy()
    })

    test('the TLS port is closed and opened again by itself; the plain one goes on', async () => {
      const here = await secured()
      await here.node.stopListening(true)
      await expect(call(here.tlsPort)).rejects.toMatchObject({ code: 'REFUSED' })
      expect((await call(here.port, 'plain')).security).toBeUndefined()
      const { port } = await here.node.listen({ host: '127.0.0.1', port: here.tlsPort, tls: true })
      expect((await call(port)).security).toBeDefined()
      await here.node.stopListening(false)
      await expect(call(here.port, 'plain')).rejects.toMatchObject({ code: 'REFUSED' })
    })

    test('200 slow handshakes hold up nobody, and their sockets do not pile up', async () => {
      const here = await secured()
      const slow: Socket[] = []
      let closed = 0
      for (let count = 0; count < 200; count += 1) {
        const socket = connect(here.tlsPort, '127.0.0.1')
        socket.on('error', () => {})
        socket.on('connect', () => socket.write(Buffer.from([0x16, 0x03, 0x01, 0x02])))
        socket.on('close', () => {
          closed += 1
        })
        slow.push(socket)
      }
      const startedAt = performance.now()
      expect((await call(here.tlsPort)).security).toBeDefined()
      expect(performance.now() - startedAt).toBeLessThan(20_000)
      await expect.poll(() => closed).toBeGreaterThanOrEqual(200 - 64)
      for (const socket of slow) socket.destroy()
    })

    test('a server that never finishes the handshake is given up in time', async () => {
      const port = await listening(createPlainServer(() => {}))
      expect(await why(call(port, tls(), { connectTimeoutMs: 300 }))).toMatch(/takes the connection|No answer/)
    })
  })
})
