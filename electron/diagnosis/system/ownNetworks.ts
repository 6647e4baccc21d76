import { networkInterfaces } from 'node:os'

export interface OwnNetwork {
  address: string
  /** `10.0.4.31/24` */
  cidr: string
  mask: string
  interface: string
  version: 4 | 6
  /** Given by the computer to itself, because nobody else did (RFC 3927). */
  selfAssigned: boolean
}

/** Where this computer stands: its addresses without loopback, IPv4 first; IPv6 without link-local ones. */
export function ownNetworks(): OwnNetwork[] {
  const found: OwnNetwork[] = []
  for (const [name, entries] of Object.entries(networkInterfaces()))
    for (const { address, cidr, netmask, family, internal } of entries ?? []) {
      if (internal || address.startsWith('fe80:')) continue
      const version = family === 'IPv4' ? 4 : 6
      const selfAssigned = address.startsWith('169.254.')
      found.push({ address, cidr: cidr ?? address, mask: netmask, interface: name, version, selfAssigned })
    }
  return found.toSorted((a, b) => a.version - b.version)
}
