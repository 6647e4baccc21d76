import { isIP } from 'node:net'
import { WebRefusal } from './webRefusal.ts'

/** RFC 9112 3.2: what the caller called us. It comes back in addresses that we give, so nothing but a name passes. */
export function hostOf(header: string | undefined): string {
  const host = header?.toLowerCase() ?? ''
  if (host.length > 260 || !/^(?:[a-z0-9](?:[a-z0-9._-]*[a-z0-9])?|\[[0-9a-f:.]+\])(?::\d{1,5})?$/.test(host))
    throw new WebRefusal(400, 'The Host header names no computer.')
  return host
}

/** A name that can mean no other machine: a page elsewhere cannot make a browser believe that it is ours (DNS rebinding). */
export function isLoopbackName(host: string): boolean {
  const name = host.replace(/:\d+$/, '')
  return name === 'localhost' || isLoopbackAddress(name.replace(/^\[|\]$/g, ''))
}

export function isLoopbackAddress(address: string): boolean {
  if (isIP(address) === 4) return address.startsWith('127.')
  return address === '::1' || address.startsWith('::ffff:127.')
}
