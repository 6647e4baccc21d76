import { expect, test } from 'vitest'
import type { Reach } from '#shared/contract/devices.ts'
import { reachVerdict } from './reachVerdict.ts'

const reach: Reach = {
  ...{ checkedAt: 1_800_000_000_000, platform: 'linux', aeTitle: 'HERE', port: 11112, tlsPort: null, program: '/node' },
  addresses: [{ address: '10.0.4.31', interface: 'eth0', prefix: 24, listens: true }],
  firewall: { state: 'no-rule', sentence: 'ufw is on and has no rule for port 11112.' },
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
  const firewall = { state: 'open' as const, sentence: 'ufw lets port 11112 in.' }
  expect(reachVerdict({ ...reach, firewall })).toMatchObject({ tone: 'ok', words: 'ufw lets port 11112 in.' })
})
