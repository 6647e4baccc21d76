// cspell:disable: what the systems print, in several languages.
import { expect, test } from 'vitest'
import { neighbourIn } from './neighbour.ts'
import { pingCommand, roundTripMs } from './ping.ts'
import { gatewayTowards, holds, linuxRoutes, netstatRoutes } from './routes.ts'

const LINUX_ROUTES = `Iface	Destination	Gateway 	Flags	RefCnt	Use	Metric	Mask		MTU	Window	IRTT
eth0	00000000	0104000A	0003	0	0	100	00000000	0	0	0
eth0	0004000A	00000000	0001	0	0	100	00FFFFFF	0	0	0
vpn0	0000090A	FE04000A	0003	0	0	50	0000FFFF	0	0	0
lo	0000630A	00000000	0200	0	0	0	0000FFFF	0	0	0
`

test('the longest network that holds an address says by which gateway', () => {
  const routes = linuxRoutes(LINUX_ROUTES)
  expect(gatewayTowards('10.0.4.12', routes)).toBe('')
  expect(gatewayTowards('10.9.1.1', routes)).toBe('10.0.4.254')
  expect(gatewayTowards('192.0.2.1', routes)).toBe('10.0.4.1')
  expect(gatewayTowards('2001:db8::1', routes)).toBeUndefined()
  expect(holds('10.0.4.31/24', '10.0.4.12')).toBe(true)
  expect(holds('10.0.4.31/24', '10.0.5.12')).toBe(false)
  expect(holds('fd00::2/64', 'fd00::99%eth0')).toBe(true)
})

test('the default gateway is found in what Windows and macOS print', () => {
  const windows = `
Aktive Routen:
     Netzwerkziel    Netzwerkmaske          Gateway    Schnittstelle Metrik
          0.0.0.0          0.0.0.0      192.168.1.1     192.168.1.20     25
        127.0.0.0        255.0.0.0   Auf Verbindung         127.0.0.1    331`
  const macos = `Routing tables

Internet:
Destination        Gateway            Flags               Netif Expire
default            192.168.1.1        UGScg                 en0
127                127.0.0.1          UCS                   lo0`
  for (const text of [windows, macos])
    expect(netstatRoutes(text)).toEqual([{ network: '0.0.0.0/0', gateway: '192.168.1.1' }])
})

test.each([
  ['64 bytes from 10.0.4.12: icmp_seq=1 ttl=64 time=0.431 ms\nrtt min/avg/max/mdev = 0.1/0.2/0.3/0.1 ms', 0.431],
  ['Antwort von 10.0.4.12: Bytes=32 Zeit=74ms TTL=64\nMinimum = 74ms, Maximum = 74ms', 74],
  ['Reply from 10.0.4.12: bytes=32 time<1ms TTL=128', 1],
  ['Réponse de 10.0.4.12 : octets=32 temps=5 ms TTL=128', 5],
  ['64 octets de 10.0.4.12 : icmp_seq=1 ttl=64 temps=1,25 ms', 1.25],
  ['Request timed out.', undefined],
] as const)('%j took %s ms', (output, ms) => {
  expect(roundTripMs(output)).toBe(ms)
})

test('each system has its own ping', () => {
  expect(pingCommand('10.0.4.12', 'win32').args).toContain('-w')
  expect(pingCommand('fd00::1', 'darwin').program).toBe('ping6')
  expect(pingCommand('10.0.4.12', 'linux').args.at(-1)).toBe('10.0.4.12')
})

test('whether a machine answers on our own cable is told by its hardware address', () => {
  const linux = `IP address       HW type     Flags       HW address            Mask     Device
10.0.4.1         0x1         0x2         52:54:00:12:35:02     *        eth0
10.0.4.9         0x1         0x0         00:00:00:00:00:00     *        eth0`
  expect(neighbourIn(linux, '10.0.4.1')).toBe(true)
  expect(neighbourIn(linux, '10.0.4.9')).toBe(false)
  expect(neighbourIn(linux, '10.0.4.2')).toBeUndefined()
  expect(neighbourIn('  192.168.1.1           00-11-22-33-44-55     dynamic', '192.168.1.1')).toBe(true)
  expect(neighbourIn('? (192.168.1.9) at (incomplete) on en0 ifscope [ethernet]', '192.168.1.9')).toBe(false)
  expect(neighbourIn('? (192.168.1.1) at 0:11:22:33:44:5 on en0 ifscope', '192.168.1.1')).toBe(true)
})
