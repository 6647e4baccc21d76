import { spawn, spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { makeTestAuthority, type TestAuthority } from '#electron/certificates/testing/testAuthority.ts'
import { writePart10 } from '#electron/demo/writePart10.ts'
import { echo } from '../scu/echo.ts'
import { find } from '../scu/find.ts'
import { move } from '../scu/move.ts'
import { send } from '../scu/send.ts'
import { hasDcmtk, runTool, startTool } from '../testing/dcmtk.ts'
import { freePort } from '../testing/freePort.ts'
import { openTestNode, peerAt } from '../testing/testNode.ts'
import { ctDataSet, storedFile } from '../testing/testObject.ts'
import type { ListenerTls, PeerTls } from './peerTls.ts'

const ORTHANC = ['/usr/sbin/Orthanc', '/usr/bin/Orthanc', '/usr/local/bin/Orthanc'].find(
  (path) => spawnSync(path, ['--version'], { stdio: 'ignore' }).status === 0,
)
const hasTls = hasDcmtk && (spawnSync('echoscu', ['--help']).stdout?.toString() ?? '').includes('+tls')
const signal = () => AbortSignal.timeout(20_000)

describe.skipIf(!hasTls)('over TLS with real peers', () => {
  let authority: TestAuthority
  let stranger: TestAuthority
  const closing: (() => unknown)[] = []
  beforeAll(() => {
    const folder = mkdtempSync(join(tmpdir(), 'negatoscope-tls-peers-'))
    authority = makeTestAuthority(folder)
    stranger = makeTestAuthority(join(folder, 'stranger'), 'Stranger')
    for (const name of ['server', 'client']) authority.issue(name, {})
    authority.issue('ended', { from: -20, to: -2 })
    stranger.issue('client', {})
  })
  afterEach(async () => {
    for (const close of closing.splice(0).toReversed()) await close()
  })
  afterAll(() => rmSync(authority.folder, { recursive: true, force: true }))

  const pair = (name: string) => {
    const { certificate, key } = authority.pem(name)
    return { certificate: certificate.toString(), key: key.toString() }
  }
  const tls = (more: Partial<PeerTls> = {}): PeerTls => ({
    trust: { kind: 'authorities', certificates: [authority.certificate.toString()] },
    ...{ expectedName: '', identity: pair('client') },
    ...more,
  })
  /** DCMTK's options for a certificate of this authority. */
  const shows = (name: string, from = authority) => ['+tls', from.file(`${name}.key`), from.file(`${name}.crt`)]
  const trusts = (from = authority) => ['+cf', from.file('ca.crt')]

  async function secured(more: Partial<ListenerTls> = {}) {
    const authorities = [authority.certificate.toString()]
    const identity = pair('server')
    const here = await openTestNode({ tls: { identity, clientCertificates: 'require', authorities, ...more } })
    closing.push(() => here.close())
    const { port } = await here.node.listen({ host: '127.0.0.1', port: 0, tls: true })
    return { ...here, tlsPort: port }
  }
  const echoscu = async (port: number, ...options: string[]) =>
    (await runTool('echoscu', ['-v', ...options, '127.0.0.1', String(port)])).code

  function fileOf(index: number): string {
    const file = authority.file(`image-${index}.dcm`)
    writeFileSync(file, writePart10({ dataSet: ctDataSet(`1.2.826.0.1.3680043.2.9.${index}`) }))
    return file
  }

  test('echoscu with a certificate is let in, under each of its profiles', async () => {
    const { tlsPort, seen } = await secured()
    for (const profile of ['+py', '+px', '+pz'])
      expect(await echoscu(tlsPort, ...shows('client'), ...trusts(), profile)).toBe(0)
    expect((await seen('associationAccepted', 3)).map(({ party }) => party.tls)).toEqual(
      Array(3).fill(expect.stringMatching(/^TLSv1\.[23], certificate CN=client$/)),
    )
  })

  test('echoscu without a certificate, with a stranger’s or an ended one, with the retired AES profile, or without TLS is not', async () => {
    const { tlsPort, seen, events } = await secured()
    expect(await echoscu(tlsPort, '+tla', ...trusts())).not.toBe(0)
    expect(await echoscu(tlsPort, ...shows('client', stranger), ...trusts())).not.toBe(0)
    expect(await echoscu(tlsPort, ...shows('ended'), ...trusts())).not.toBe(0)
    expect(
      await echoscu(tlsPort, ...shows('client'), ...trusts(), '+pa', '+cs', 'TLS_RSA_WITH_AES_128_CBC_SHA'),
    ).not.toBe(0)
    expect(await echoscu(tlsPort)).not.toBe(0)
    const notes = (await seen('connectionRefused', 4)).map(({ note }) => note).join('\n')
    expect(notes).toMatch(/showed no certificate/)
    expect(notes).toMatch(/authority that we do not know/)
    expect(notes).toMatch(/certificate of the caller has ended/)
    expect(notes).toMatch(/without TLS at the port for TLS/)
    expect(events.some(({ kind }) => kind === 'associationAccepted')).toBe(false)
  })

  test('echoscu that does not trust us says so in our log', async () => {
    const { tlsPort, seen } = await secured({ clientCertificates: 'none' })
    expect(await echoscu(tlsPort, '+tla', ...trusts(stranger))).not.toBe(0)
    expect((await seen('connectionRefused'))[0]?.note).toMatch(
      /may not trust our certificate|does not trust our certificate/,
    )
  })

  test('storescu stores over TLS, byte for byte', async () => {
    const { tlsPort, storedDataSet } = await secured()
    const options = ['-v', ...shows('client'), ...trusts(), '127.0.0.1', String(tlsPort)]
    const { code, output } = await runTool('storescu', [...options, fileOf(1), fileOf(2)])
    expect({ code, stored: output.match(/Received Store Response \(Success\)/g)?.length }).toEqual({
      code: 0,
      stored: 2,
    })
    expect(await storedDataSet('1.2.826.0.1.3680043.2.9.1')).toBeDefined()
  })

  test('findscu over TLS gets an answer', async () => {
    const { tlsPort } = await secured()
    const query = ['-S', '-k', 'QueryRetrieveLevel=STUDY', '-k', 'StudyInstanceUID']
    const { output } = await runTool('findscu', [
      '-v',
      ...shows('client'),
      ...trusts(),
      ...query,
      '127.0.0.1',
      String(tlsPort),
    ])
    expect(output).toMatch(/Association Accepted|No Acceptable Presentation Contexts|Received Final Find Response/i)
  })

  async function storescp(...options: string[]) {
    const port = await freePort()
    const target = mkdtempSync(authority.file('received-'))
    const args = [...shows('server'), ...trusts(), ...options, '+xa', '+B', '-od', target, String(port)]
    const { stop } = await startTool('storescp', args, port)
    closing.push(stop)
    return { port, target }
  }

  test('storescp that requires our certificate gets it, and images with it', async () => {
    const { port, target } = await storescp('-rc')
    const { security } = await echo(peerAt(port, { tls: tls() }), signal())
    expect(security?.protocol).toMatch(/^TLSv1\.[23]$/)
    const outcomes = []
    const files = [3, 4].map((index) => storedFile(index))
    for await (const outcome of send(peerAt(port, { tls: tls() }), files, signal())) outcomes.push(outcome.outcome)
    expect(outcomes).toEqual(['success', 'success'])
    expect(readdirSync(target)).toHaveLength(2)
  })

  test('storescp that requires our certificate refuses us without one', async () => {
    const { port } = await storescp('-rc')
    await expect(echo(peerAt(port, { tls: tls({ identity: undefined }) }), signal())).rejects.toMatchObject({
      code: expect.stringMatching(/^(TLS|LOST)$/),
    })
  })

  test('the options that the server page prints are those that work', async () => {
    const { tlsPort } = await secured()
    expect(await echoscu(tlsPort, ...shows('client'), ...trusts(), '-aet', 'US', '-aec', 'ANY')).toBe(0)
    const open = await secured({ clientCertificates: 'none' })
    expect(await echoscu(open.tlsPort, '+tla', ...trusts())).toBe(0)
    expect(await echoscu(open.tlsPort, '+tla', '-ic')).toBe(0)
    expect(await echoscu(open.tlsPort, '+tla', '+cd', '/etc/ssl/certs')).not.toBe(0)
  })

  describe.skipIf(!ORTHANC)('Orthanc', () => {
    async function orthanc(ourPort: number) {
      const folder = mkdtempSync(authority.file('orthanc-'))
      const [port, httpPort] = [await freePort(), await freePort()]
      mkdirSync(join(folder, 'db'))
      const configuration = {
        ...{ DicomTlsEnabled: true, DicomTlsRemoteCertificateRequired: true },
        DicomTlsCertificate: authority.file('server.crt'),
        DicomTlsPrivateKey: authority.file('server.key'),
        DicomTlsTrustedCertificates: authority.file('ca.crt'),
        ...{ StorageDirectory: join(folder, 'db'), IndexDirectory: join(folder, 'db'), Plugins: [] },
        ...{ DicomAet: 'ORTHANC', DicomPort: port, HttpPort: httpPort, RemoteAccessAllowed: false },
        ...{ AuthenticationEnabled: false, DicomAlwaysAllowFind: true, DicomAlwaysAllowMove: true },
        ...{ DicomAlwaysAllowStore: true, SynchronousCMove: true },
        DicomModalities: { us: { AET: 'NEGATOSCOPE', Host: '127.0.0.1', Port: ourPort, UseDicomTls: true } },
      }
      writeFileSync(join(folder, 'orthanc.json'), JSON.stringify(configuration))
      const child = spawn(ORTHANC ?? 'Orthanc', [join(folder, 'orthanc.json')], { stdio: 'ignore' })
      const ended = new Promise((resolve) => child.once('exit', resolve))
      closing.push(async () => {
        child.kill()
        const timer = setTimeout(() => child.kill('SIGKILL'), 20_000)
        await ended
        clearTimeout(timer)
      })
      const rest = (method: string, path: string, body?: string) =>
        fetch(`http://127.0.0.1:${httpPort}${path}`, { method, ...(body === undefined ? {} : { body }) })
      await expect
        .poll(
          () =>
            rest('GET', '/system').then(
              (answer) => answer.ok,
              () => false,
            ),
          { timeout: 60_000 },
        )
        .toBe(true)
      return { port, rest }
    }

    test('takes, finds and moves images over TLS, with certificates on both sides, in both directions', async () => {
      const here = await secured()
      const there = await orthanc(here.tlsPort)
      const peer = peerAt(there.port, {
        tls: tls(),
        calledAETitle: 'ORTHANC',
        connectTimeoutMs: 5000,
        dimseTimeoutMs: 10_000,
      })
      expect((await echo(peer, signal())).security?.certificate.subject).toBe('CN=server')
      await expect(echo({ ...peer, tls: tls({ identity: undefined }) }, signal())).rejects.toMatchObject({
        code: expect.stringMatching(/^(TLS|LOST)$/),
      })
      for await (const { outcome } of send(peer, [storedFile(7)], signal())) expect(outcome).toBe('success')
      const studies = []
      const keys = { PatientName: 'Test*', StudyInstanceUID: '' }
      for await (const match of find(peer, { level: 'STUDY', keys }, signal())) studies.push(match)
      expect(studies).toHaveLength(1)
      const request = {
        level: 'STUDY' as const,
        destination: 'NEGATOSCOPE',
        studyInstanceUID: '1.2.826.0.1.3680043.2.1.1',
      }
      let final: unknown
      for await (const progress of move(peer, request, signal())) final = progress
      expect(final).toMatchObject({ final: true, status: 0, completed: 1, failed: 0 })
      expect((await here.seen('instanceReceived'))[0]).toMatchObject({ outcome: 'stored' })
      expect((await there.rest('POST', '/modalities/us/echo', '{}')).ok).toBe(true)
      const accepted = await here.seen('associationAccepted', 2)
      expect(accepted.every(({ party }) => party.tls?.endsWith('certificate CN=server'))).toBe(true)
    }, 240_000)
  })
})
