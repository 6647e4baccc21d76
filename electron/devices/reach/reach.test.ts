import { createServer } from 'node:net'
import { expect, test } from 'vitest'
import { netfilterVerdict, ufwVerdict } from './firewallRules.ts'
import { reach } from './reach.ts'

test('ufw is read as it prints its rules', () => {
  const rules = (line: string) =>
    `Status: active\n\nTo                         Action      From\n--                         ------      ----\n${line}\n`
  expect(
    ufwVerdict(11112, rules('11112/tcp                  ALLOW       Anywhere                   # DICOM')).state,
  ).toBe('open')
  expect(ufwVerdict(11112, rules('11112/tcp                  DENY        Anywhere')).state).toBe('no-rule')
  expect(ufwVerdict(11112, rules('11112/udp                  ALLOW       Anywhere')).state).toBe('no-rule')
  expect(ufwVerdict(11112, rules('1111/tcp                   ALLOW       Anywhere')).state).toBe('no-rule')
  expect(ufwVerdict(11112, rules('11000:12000/tcp            ALLOW IN    Anywhere')).state).toBe('open')
  expect(ufwVerdict(11112, rules('104,11112/tcp              ALLOW       10.0.4.0/22')).sentence).toBe(
    'ufw lets port 11112 in from 10.0.4.0/22.',
  )
  expect(ufwVerdict(11112, rules('11112/tcp                  ALLOW OUT   Anywhere')).state).toBe('no-rule')
  expect(ufwVerdict(11112, `${rules('')}Default: allow (incoming), allow (outgoing)`).state).toBe('open')
  expect(ufwVerdict(11112, 'Status: inactive').state).toBe('off')
  expect(ufwVerdict(11112, 'ERROR: You need to be root to run this script').state).toBe('unknown')
})

test('nftables is open, filters, or is not there', () => {
  const chain = (policy: string, rule: string) =>
    `table inet filter {\n\tchain input {\n\t\ttype filter hook input priority filter; policy ${policy};\n\t\t${rule}\n\t}\n}`
  expect(netfilterVerdict(11112, '').state).toBe('off')
  expect(netfilterVerdict(11112, chain('accept', '')).state).toBe('off')
  expect(netfilterVerdict(11112, chain('drop', 'tcp dport 22 accept')).state).toBe('no-rule')
  expect(netfilterVerdict(11112, chain('drop', 'tcp dport { 22, 11112 } accept')).state).toBe('open')
  expect(netfilterVerdict(11112, chain('drop', 'tcp dport 11000-12000 accept')).state).toBe('open')
  expect(netfilterVerdict(11112, chain('drop', 'tcp dport { 22, 11000-11111 } accept')).state).toBe('no-rule')
  expect(netfilterVerdict(11112, chain('accept', 'tcp dport 11113 drop')).state).toBe('off')
  expect(netfilterVerdict(11112, chain('accept', 'tcp dport 11112 drop')).state).toBe('no-rule')
  expect(netfilterVerdict(11112, chain('accept', 'ct state invalid drop')).state).toBe('off')
  expect(netfilterVerdict(11112, chain('drop', 'ip saddr 10.0.4.0/22 tcp dport 11112 accept')).sentence).toBe(
    'nftables lets port 11112 in from 10.0.4.0/22.',
  )
})

test('of many chains only those count that look at what comes in, and where they go on to', () => {
  const docker = `table ip filter {\n\tchain FORWARD {\n\t\ttype filter hook forward priority filter; policy drop;\n\t}\n\tchain INPUT {\n\t\ttype filter hook input priority filter; policy accept;\n\t\tcounter packets 1 bytes 2 jump own\n\t}\n\tchain own {\n\t\tRULE\n\t}\n}`
  expect(netfilterVerdict(11112, docker.replace('RULE', 'return')).state).toBe('off')
  expect(netfilterVerdict(11112, docker.replace('RULE', 'counter packets 0 bytes 0 reject')).state).toBe('no-rule')
  expect(netfilterVerdict(11112, docker.replace('RULE', 'tcp dport 11112 accept')).state).toBe('open')
})

test('an address listens when it takes a connection, and not when the port is another one', async () => {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '0.0.0.0', resolve))
  const { port } = server.address() as { port: number }
  const listening = {
    state: 'listening' as const,
    aeTitle: 'HERE',
    port,
    tlsPort: null,
    tlsOnly: false,
    tlsProblem: '',
  }
  const seen = [
    { aeTitle: 'CT1', address: '198.51.100.7', isConnected: false, days: [day(20)] },
    { aeTitle: 'US1', address: '198.51.100.8', isConnected: false, days: [day(10)] },
    { aeTitle: 'OWN', address: '127.0.0.1', isConnected: false, days: [day(30)] },
  ]
  const open = await reach({ listening, aeTitle: 'HERE', seen })
  await new Promise((resolve) => server.close(resolve))
  const closed = await reach({ listening, aeTitle: 'HERE', seen: [] })
  expect(open).toMatchObject({ port, lastFromOutside: { aeTitle: 'CT1', at: 20 } })
  for (const one of open.addresses.filter(({ address }) => !address.includes(':'))) expect(one.listens).toBe(true)
  expect(closed.addresses.every(({ listens }) => !listens)).toBe(true)
  expect(closed.lastFromOutside).toBeNull()
})

function day(lastSeenAt: number) {
  return {
    ...{ aeTitle: '', address: '', day: 20261121, associations: 1, instances: 0, refused: 0, bytes: 0, lastSeenAt },
    ...{ lastImageAt: null, lastStudyId: null },
  }
}
