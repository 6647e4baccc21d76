import { connect } from 'node:net'
import { networkInterfaces } from 'node:os'
import type { Listening } from '#electron/listening/listener.ts'
import { localAddresses } from '#electron/settings/localAddresses.ts'
import type { Reach } from '#shared/contract/devices.ts'
import type { SeenCaller } from '../deviceRows.ts'
import { firewall } from './firewall.ts'

const CONNECT_TIMEOUT_MS = 2000
const ADDRESSES_MAX = 8

export interface ReachParts {
  listening: Listening
  aeTitle: string
  seen: readonly SeenCaller[]
}

/** Whether devices can reach us, as far as that can be told from here: our own addresses, the firewall, who came. */
export async function reach({ listening, aeTitle, seen }: ReachParts): Promise<Reach> {
  const isOn = listening.state === 'listening'
  const port = isOn && !listening.tlsOnly ? listening.port : null
  const tlsPort = isOn ? listening.tlsPort : null
  const tried = port ?? tlsPort
  const [addresses, wall] = await Promise.all([
    Promise.all(
      localAddresses()
        .slice(0, ADDRESSES_MAX)
        .map(async (one) => ({
          ...one,
          prefix: prefixOf(one.address),
          listens: tried !== null && (await takesConnection(one.address, tried)),
        })),
    ),
    firewall([port, tlsPort].filter((one) => one !== null)),
  ])
  return {
    ...{ checkedAt: Date.now(), platform: platformOf(process.platform), aeTitle, port, tlsPort },
    ...{ program: process.execPath, addresses, firewall: wall, lastFromOutside: lastFromOutside(seen) },
  }
}

function platformOf(platform: NodeJS.Platform): Reach['platform'] {
  if (platform === 'win32') return 'windows'
  if (platform === 'darwin') return 'macos'
  return platform === 'linux' ? 'linux' : 'other'
}

function prefixOf(address: string): number {
  for (const entries of Object.values(networkInterfaces()))
    for (const entry of entries ?? [])
      if (entry.address === address) return Number(entry.cidr?.split('/')[1] ?? (entry.family === 'IPv4' ? 24 : 64))
  return 24
}

/** From this machine to its own address: tells whether something listens there, not what a firewall does with others. */
function takesConnection(host: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host, port, timeout: CONNECT_TIMEOUT_MS })
    const end = (isTaken: boolean) => {
      socket.destroy()
      resolve(isTaken)
    }
    socket.once('connect', () => end(true))
    socket.once('timeout', () => end(false))
    socket.once('error', () => end(false))
  })
}

function lastFromOutside(seen: readonly SeenCaller[]): Reach['lastFromOutside'] {
  const own = new Set(
    Object.values(networkInterfaces()).flatMap((entries) => (entries ?? []).map(({ address }) => address)),
  )
  const outside = seen
    .filter(({ address }) => !own.has(address) && address !== '::1' && !address.startsWith('127.'))
    .map(({ aeTitle, address, days }) => ({ aeTitle, address, at: days.at(-1)?.lastSeenAt ?? 0 }))
  return outside.toSorted((a, b) => b.at - a.at)[0] ?? null
}
