import { hostname } from 'node:os'
import { localAddresses } from '#electron/settings/localAddresses.ts'

/** Under what others call us: peers check that the certificate carries the name that they dialled. */
export function suggestedNames(): string[] {
  const host = hostname()
  const name = /^[A-Za-z0-9.-]{1,253}$/.test(host) ? [host] : []
  return [...new Set([...name, 'localhost', ...localAddresses().map(({ address }) => address), '127.0.0.1'])].slice(
    0,
    50,
  )
}
