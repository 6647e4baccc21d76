import { expect, test } from 'vitest'
import type { Reach } from '#shared/contract/devices.ts'
import { firewallFor, openPorts } from './firewallFor.ts'
import { reachVerdict } from './reachVerdict.ts'

const reach: Reach = {
  ...{ checkedAt: 1_800_000_000_000, platform: 'linux', aeTitle: 'HERE', port: 11112, tlsPort: null, program: '/node' },
  addresses: [{ address: '10.0.4.31', interface: 'eth0', prefix: 24, listens: true }],
  firewall: { state: 'no-rule', sentence: 'ufw is on and has no rule for port 11112.', tool: 'Linux (ufw)' },
  lastFromOutside: null,
}

test('who came in from outside proves more than a missing rule', () => {
  expect(reachVerdict(reach)).toMatchObject({ tone: 'warn', title: 'Port 11112 listens on 10.0.4.31.' })
  const last = { aeTitle: 'CT1', address: '10.0.4.40', at: reach.checkedAt - 60_000 }
  expect(reachVerdict({ ...reach, lastFromOutside: last }).tone).toBe('ok')
  expect(reachVerdict({ ...reach, lastFromOutside: { ...last, at: 0 } }).tone).toBe('warn')
})

test('what listens for nobody else, or not at all, is a fault', () => {
  const [address] = reach.addresses
  expect(reachVerdict({ ...reach, port: null }).title).toBe('Nothing listens.')
  expect(reachVerdict({ ...reach, addresses: [{ ...address!, listens: false }] }).title).toMatch(/this computer alone/)
  expect(reachVerdict({ ...reach, addresses: [] }).tone).toBe('bad')
})

test('a rule is enough where nobody called yet', () => {
  const firewall = { state: 'open' as const, sentence: 'ufw lets port 11112 in.', tool: 'Linux (ufw)' }
  expect(reachVerdict({ ...reach, firewall })).toMatchObject({ tone: 'ok', words: 'ufw lets port 11112 in.' })
})

test('each port and address is named, also those where nothing listens', () => {
  const address = (at: number, listens = true) => ({ address: `10.0.4.${at}`, interface: 'e', prefix: 24, listens })
  expect(reachVerdict({ ...reach, tlsPort: 2762 }).title).toBe('Ports 11112 and 2762 (TLS) listen on 10.0.4.31.')
  expect(reachVerdict({ ...reach, addresses: [address(1), address(2, false)] }).title).toBe(
    'Port 11112 listens on 10.0.4.1, not on 10.0.4.2.',
  )
  expect(reachVerdict({ ...reach, addresses: [1, 2, 3, 4, 5].map((at) => address(at)) }).title).toBe(
    'Port 11112 listens on 10.0.4.1, 10.0.4.2, 10.0.4.3 and 2 more.',
  )
})

test('commands are those of this computer and its firewall, for each port, and others apart', () => {
  const both = { ...reach, tlsPort: 2762 }
  const { own, others } = firewallFor(both, openPorts(both))
  expect(own.map(({ commands }) => commands)).toEqual([
    ["sudo ufw allow 11112/tcp comment 'DICOM'", "sudo ufw allow 2762/tcp comment 'DICOM'"],
  ])
  expect(others.map(({ system }) => system)).toContain('Windows')
  const unknown = { ...reach, firewall: { ...reach.firewall, tool: '' } }
  expect(firewallFor(unknown, [104]).own.map(({ system }) => system)).toEqual([
    'Linux (ufw)',
    'Linux (firewalld)',
    'Linux (nftables)',
  ])
})
