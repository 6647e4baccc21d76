import { networkInterfaces } from 'node:os'

/** Loopback, by name or by address. */
export function isLoopback(host: string): boolean {
  return host.toLowerCase() === 'localhost' || /^127\.|^::1$|^::ffff:127\./.test(host)
}

/** One of the addresses of this computer. */
export function isOwnMachine(host: string): boolean {
  const own = Object.values(networkInterfaces()).flatMap((entries) => (entries ?? []).map(({ address }) => address))
  return isLoopback(host) || own.includes(host)
}
