import { readFile } from 'node:fs/promises'
import { BlockList, isIPv6 } from 'node:net'
import { runProgram } from './runProgram.ts'

export interface Route {
  /** `10.0.4.0/24`; `0.0.0.0/0` is the default. */
  network: string
  /** '' where the network is at our own cable. */
  gateway: string
}

const TIMEOUT_MS = 2000

/** The IPv4 routes of this computer; empty when they cannot be told. */
export async function ipv4Routes(signal: AbortSignal): Promise<Route[]> {
  if (process.platform === 'linux') return linuxRoutes(await readFile('/proc/net/route', 'utf8').catch(() => ''))
  const { output } = await runProgram('netstat', ['-rn'], TIMEOUT_MS, signal)
  return netstatRoutes(output)
}

/** The gateway towards an address: the longest network that holds it. '' when it is at our own cable, undefined when unknown. */
export function gatewayTowards(address: string, routes: readonly Route[]): string | undefined {
  if (isIPv6(address)) return undefined
  const holding = routes.filter(({ network }) => holds(network, address))
  return holding.toSorted((a, b) => prefix(b.network) - prefix(a.network))[0]?.gateway
}

/** Is the address in the network, written as `10.0.4.31/24`? */
export function holds(network: string, address: string): boolean {
  const [base = '', length = ''] = network.split('/')
  const type = isIPv6(base) ? 'ipv6' : 'ipv4'
  if (isIPv6(address) !== (type === 'ipv6')) return false
  if (length === '0') return true
  const list = new BlockList()
  try {
    list.addSubnet(base, Number(length), type)
    return list.check(address.replace(/%.*$/, ''), type)
  } catch {
    return false
  }
}

const prefix = (network: string) => Number(network.split('/')[1] ?? 32)

/** /proc/net/route: hexadecimal, least significant byte first; flag 1 is up, 2 is by a gateway, 0x200 is a refusal. */
export function linuxRoutes(text: string): Route[] {
  return text
    .split('\n')
    .slice(1)
    .flatMap((line) => {
      const [, destination = '', gateway = '', flags = '0', , , , mask = ''] = line.trim().split(/\s+/)
      const set = Number.parseInt(flags, 16)
      if (destination.length !== 8 || (set & 1) === 0 || (set & 0x200) !== 0) return []
      const bits = Number.parseInt(mask, 16).toString(2).replaceAll('0', '').length
      const by = (set & 2) === 0 ? '' : dotted(gateway)
      return [{ network: `${dotted(destination)}/${bits}`, gateway: by }]
    })
}

function dotted(hex: string): string {
  const value = Number.parseInt(hex, 16)
  return [value, value >>> 8, value >>> 16, value >>> 24].map((part) => part & 0xff).join('.')
}

/** `netstat -rn` of Windows (destination, mask, gateway) and of macOS (destination, gateway, flags): the default route. */
export function netstatRoutes(text: string): Route[] {
  const gateways = text.split(/\r?\n/).flatMap((line) => {
    const [first, second = '', third = ''] = line.trim().split(/\s+/)
    if (first === '0.0.0.0' && second === '0.0.0.0') return [third]
    return first === 'default' ? [second] : []
  })
  return gateways.filter((each) => /^\d+\.\d+\.\d+\.\d+$/.test(each)).map((gateway) => ({ network: DEFAULT, gateway }))
}

export const DEFAULT = '0.0.0.0/0'
