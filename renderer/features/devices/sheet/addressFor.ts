import type { Reach } from '#shared/contract/devices.ts'

/** The address of ours that a device reaches first: the one in its own network, else the first. IPv4, as devices speak it. */
export function addressFor(device: string, addresses: Reach['addresses']): string | undefined {
  const own = addresses.filter(({ address }) => number(address) !== undefined)
  const wanted = number(device)
  const near = own.find(({ address, prefix }) => wanted !== undefined && isSameNetwork(wanted, number(address), prefix))
  return (near ?? own[0] ?? addresses[0])?.address
}

function isSameNetwork(a: number, b: number | undefined, prefix: number): boolean {
  const size = 2 ** (32 - prefix)
  return b !== undefined && Math.floor(a / size) === Math.floor(b / size)
}

function number(address: string): number | undefined {
  const parts = address.split('.')
  if (parts.length !== 4 || parts.some((part) => !/^\d{1,3}$/.test(part) || Number(part) > 255)) return undefined
  return parts.reduce((sum, part) => sum * 256 + Number(part), 0)
}
