import { networkInterfaces } from 'node:os'

export interface LocalAddress {
  address: string
  interface: string
}

/** Addresses under which other machines may reach us, IPv4 first; link-local ones are of no use to an administrator. */
export function localAddresses(): LocalAddress[] {
  const found: (LocalAddress & { version: number })[] = []
  for (const [name, entries] of Object.entries(networkInterfaces())) {
    for (const entry of entries ?? []) {
      if (entry.internal || entry.address.startsWith('fe80:') || entry.address.startsWith('169.254.')) continue
      found.push({ address: entry.address, interface: name, version: entry.family === 'IPv4' ? 4 : 6 })
    }
  }
  return found
    .toSorted((a, b) => a.version - b.version)
    .map(({ address, interface: name }) => ({ address, interface: name }))
}
