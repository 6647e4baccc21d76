import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { DiagnosisRun, DiagnosisStage } from '#shared/contract/diagnosis.ts'
import type { ServerFields } from '#shared/contract/servers.ts'
import { find } from '../run/debianPackages.ts'
import { type Spawned, start, stop } from '../workstation/spawned.ts'
import { temporaryFolder } from '../workstation/temporaryFolder.ts'
import { canMakeNamespaces, FAR, makeNamespaces, type Namespaces, THEM, US } from './namespaces.ts'

const PORT = 11112
const isPossible = canMakeNamespaces() && find('storescp') !== undefined && find('ping') !== undefined

/** Between two computers of our own, each layer of the network is broken for real. Root on Linux alone can make them. */
describe.skipIf(!isPossible)('across a network', () => {
  let net: Namespaces
  let inside: Spawned
  let server: Spawned
  let lines: AsyncIterator<string>
  const folder = temporaryFolder()

  beforeAll(async () => {
    net = makeNamespaces()
    net.etc('us', 'hosts', `127.0.0.1 localhost\n${THEM} pacs.clinic\n0.0.0.0 nowhere.clinic\n`)
    net.etc('us', 'nsswitch.conf', 'hosts: files\n')
    net.etc('us', 'resolv.conf', `nameserver ${THEM}\noptions timeout:1 attempts:1\n`)
    const under = (where: 'us' | 'them', ...command: string[]) => {
      const [program = '', ...args] = [...net.under(where), ...command]
      return start(program, args, { input: true })
    }
    server = under('them', 'storescp', '--fork', '-aet', 'PACS', '-od', folder.path, String(PORT))
    inside = under('us', process.execPath, '--no-memory-protection-keys', join(import.meta.dirname, 'inside.ts'))
    const { stdout } = inside.child
    if (!stdout) throw new Error('No stdout')
    lines = createInterface({ input: stdout })[Symbol.asyncIterator]()
    expect((await lines.next()).value, inside.stderr()).toBe('ready')
  }, 240_000)
  afterAll(async () => {
    await Promise.all([stop(inside), stop(server)])
    net[Symbol.dispose]()
    folder[Symbol.dispose]()
  })

  async function diagnose(fields: Partial<ServerFields>): Promise<DiagnosisRun> {
    inside.child.stdin?.write(`${JSON.stringify({ host: THEM, port: PORT, aeTitle: 'PACS', ...fields })}\n`)
    const { value } = await lines.next()
    const run = JSON.parse(value as string) as DiagnosisRun
    expect(run.state).toBe('finished')
    expect(run.elapsedMs).toBeLessThan(20_000)
    return run
  }
  const resultsOf = ({ steps }: DiagnosisRun) => Object.fromEntries(steps.map(({ stage, result }) => [stage, result]))
  const stepOf = (run: DiagnosisRun, stage: DiagnosisStage) => run.steps.find((step) => step.stage === stage)

  test('all well: same subnet, ping, port, echo', async () => {
    const run = await diagnose({ host: 'pacs.clinic' })
    expect(resultsOf(run)).toMatchObject({
      ...{ network: 'pass', name: 'pass', route: 'pass', ping: 'pass', port: 'pass', echo: 'pass' },
    })
    expect(stepOf(run, 'network')?.detail).toContain(`${US}/24 (cable0)`)
    expect(stepOf(run, 'network')?.detail).toContain('no internet, which a server in the clinic does not need')
    expect(stepOf(run, 'name')?.detail).toBe(`pacs.clinic is ${THEM}`)
    expect(stepOf(run, 'route')?.detail).toContain('same subnet')
    expect(run.us.address).toBe(US)
  })

  test('ping is blocked and the port is open: said, and no fault', async () => {
    net.run('them', 'sysctl', '-qw', 'net.ipv4.icmp_echo_ignore_all=1')
    const run = await diagnose({})
    net.run('them', 'sysctl', '-qw', 'net.ipv4.icmp_echo_ignore_all=0')
    expect(resultsOf(run)).toMatchObject({ ping: 'warn', port: 'pass', echo: 'pass' })
    expect(run.verdict).toBe('pass')
  })

  test('through a gateway', async () => {
    net.ip('us', 'route', 'add', 'default', 'via', THEM)
    const run = await diagnose({ host: FAR })
    net.ip('us', 'route', 'del', 'default')
    expect(stepOf(run, 'route')?.detail).toContain(`through gateway ${THEM}`)
    expect(run.verdict).toBe('pass')
  })

  interface Broken {
    what: string
    breaks?(): void
    mends?(): void
    host: string
    stage: DiagnosisStage
    who: 'you' | 'administrator' | 'network'
    sentence: RegExp
  }

  const cases: Broken[] = [
    {
      what: 'a name that nobody knows',
      host: 'pascs.clinic',
      stage: 'name',
      who: 'you',
      sentence: /Nobody knows the name pascs\.clinic/,
    },
    {
      what: 'no name server',
      breaks: () => net.etc('us', 'nsswitch.conf', 'hosts: files dns\n'),
      mends: () => net.etc('us', 'nsswitch.conf', 'hosts: files\n'),
      host: 'elsewhere.clinic',
      stage: 'name',
      who: 'network',
      sentence: /No name server answers/,
    },
    {
      what: 'a name that leads to nothing useful',
      host: 'nowhere.clinic',
      stage: 'name',
      who: 'network',
      sentence: /leads to 0\.0\.0\.0, where no server can be/,
    },
    {
      what: 'another subnet without a gateway',
      host: FAR,
      stage: 'route',
      who: 'you',
      sentence: /This computer is in 10\.77\.1\.2\/24, and no gateway leads from there/,
    },
    {
      what: 'an address that cannot be routed',
      breaks: () => net.ip('us', 'route', 'add', 'unreachable', '10.99.0.0/16'),
      mends: () => net.ip('us', 'route', 'del', 'unreachable', '10.99.0.0/16'),
      host: '10.99.0.1',
      stage: 'route',
      who: 'you',
      sentence: /No way leads to 10\.99\.0\.1/,
    },
    {
      what: 'a gateway that is silent',
      breaks: () => net.ip('us', 'route', 'add', 'default', 'via', '10.77.1.9'),
      mends: () => net.ip('us', 'route', 'del', 'default'),
      host: FAR,
      stage: 'route',
      who: 'network',
      sentence: /the gateway 10\.77\.1\.9 that leads there does not answer/,
    },
    {
      what: 'an address where no machine is',
      host: '10.77.1.50',
      stage: 'port',
      who: 'you',
      sentence: /Nothing answers at 10\.77\.1\.50/,
    },
    {
      what: 'a firewall that drops what we send',
      breaks: () => net.ip('them', 'route', 'add', 'blackhole', `${US}/32`),
      mends: () => net.ip('them', 'route', 'del', 'blackhole', `${US}/32`),
      host: THEM,
      stage: 'port',
      who: 'network',
      sentence: /is there, but a firewall between us drops/,
    },
    {
      what: 'nobody who gives an address',
      breaks: () => {
        net.ip('us', 'addr', 'flush', 'dev', 'cable0')
        net.ip('us', 'addr', 'add', '169.254.7.7/16', 'dev', 'cable0')
      },
      host: THEM,
      stage: 'network',
      who: 'network',
      sentence: /nobody who gives it an address/,
    },
    {
      what: 'no network at all',
      breaks: () => net.ip('us', 'addr', 'flush', 'dev', 'cable0'),
      mends: () => net.ip('us', 'addr', 'add', `${US}/24`, 'dev', 'cable0'),
      host: THEM,
      stage: 'network',
      who: 'you',
      sentence: /not connected to any network/,
    },
  ]

  test.each(cases)('$what', async ({ breaks, mends, host, stage, who, sentence }) => {
    breaks?.()
    const run = await diagnose({ host }).finally(() => mends?.())
    const first = run.steps.find(({ result }) => result === 'fail')
    expect(first?.stage).toBe(stage)
    expect(first?.advice?.what).toMatch(sentence)
    expect(first?.advice?.who).toBe(who)
    expect(run.verdict).toBe('fail')
  })
})
