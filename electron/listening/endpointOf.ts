import type { Endpoint } from '#electron/dicom/nodeApi.ts'
import type { Settings } from '#shared/contract/settings.ts'

/** All interfaces when no address is set. */
export function endpointOf({ bindAddress, dicomPort }: Pick<Settings, 'bindAddress' | 'dicomPort'>) {
  return { host: bindAddress === '' ? undefined : bindAddress, port: dicomPort }
}

/** Where callers over TLS are served, once it is switched on; a certificate of ours is what it takes. */
export function secureEndpointOf(
  { tlsListener, tlsPort, bindAddress }: Pick<Settings, 'tlsListener' | 'tlsPort' | 'bindAddress'>,
  hasCertificate: boolean,
): { endpoint?: Endpoint; problem?: string } {
  if (!tlsListener) return {}
  if (hasCertificate) return { endpoint: endpointOf({ dicomPort: tlsPort, bindAddress }) }
  return {
    problem: `Port ${tlsPort} for TLS is not open: it needs a certificate. Make one under Settings, Certificates.`,
  }
}
