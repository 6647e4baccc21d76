import type { Certificates } from '#electron/certificates/openCertificates.ts'
import type { ListenerTls } from '#electron/dicom/tls/peerTls.ts'
import type { Settings } from '#shared/contract/settings.ts'

/** How callers over TLS are received; undefined while there is no certificate to show them. */
export function listenerTls(
  { tlsClientCertificates }: Pick<Settings, 'tlsClientCertificates'>,
  certificates: Pick<Certificates, 'identity' | 'authorities'>,
): ListenerTls | undefined {
  const identity = certificates.identity()
  return identity && { identity, clientCertificates: tlsClientCertificates, authorities: certificates.authorities() }
}
