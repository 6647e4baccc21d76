import { isIPv6 } from 'node:net'
import { hostname } from 'node:os'
import { localAddresses } from '#electron/settings/localAddresses.ts'
import { isLoopbackAddress } from './http/hostOf.ts'
import type { DicomwebState } from './openDicomwebServer.ts'
import { BASE_PATH } from './webApi.ts'

/** What others enter to reach us, best first. `names`: those of our certificate, by which HTTPS has to be called. */
export function webAddresses(state: DicomwebState, address: string, names: readonly string[]): string[] {
  if (state.state !== 'listening') return []
  const { port, tls } = state
  const own = isLoopbackAddress(address)
    ? ['localhost', address]
    : address === ''
      ? [...localAddresses().map((one) => one.address), hostname().toLowerCase()]
      : [address]
  // A name that the certificate does not carry is refused by whoever checks it.
  const fits = tls
    ? [...names.filter((name) => !name.includes('*') && (own.includes(name) || address === '')), ...own]
    : own
  const hosts = [...new Set(fits)].map((host) => (isIPv6(host) ? `[${host}]` : host))
  return hosts.map((host) => `${tls ? 'https' : 'http'}://${host}:${port}${BASE_PATH}`)
}
