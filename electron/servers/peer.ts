import type { Certificates } from '#electron/certificates/openCertificates.ts'
import type { Peer } from '#electron/dicom/nodeApi.ts'
import type { PeerTls, Trust } from '#electron/dicom/tls/peerTls.ts'
import type { ServerFields } from '#shared/contract/servers.ts'
import type { Settings } from '#shared/contract/settings.ts'

/** What a call over TLS takes from the certificates of this workstation. */
export type CallerCertificates = Pick<Certificates, 'identity' | 'authorities'>

/** A server of the list as the DICOM thread calls it, under our AE title of this moment. */
export function peerOf(server: ServerFields, settings: Settings, certificates: CallerCertificates): Peer {
  return {
    name: server.name,
    callingAETitle: settings.aeTitle,
    calledAETitle: server.aeTitle,
    host: bareHost(server.host),
    port: server.port,
    tls: server.tls ? tlsOf(server, certificates) : undefined,
    // R125: connection, TLS and association together.
    connectTimeoutMs: settings.requestTimeoutSeconds * 1000,
    dimseTimeoutMs: settings.dimseTimeoutSeconds * 1000,
    maxPduLength: settings.maxPduLength,
    queryRoot: server.queryRoot,
    associationPerInstance: server.associationPerInstance,
  }
}

function tlsOf(server: ServerFields, certificates: CallerCertificates): PeerTls {
  return {
    trust: trustOf(server, certificates),
    expectedName: bareHost(server.expectedName),
    identity: server.clientCertificate ? certificates.identity() : undefined,
  }
}

function trustOf(server: ServerFields, certificates: CallerCertificates): Trust {
  if (!server.verifyCertificate) return { kind: 'nobody' }
  if (server.trust === 'pinned') return { kind: 'pinned', fingerprint: server.pinnedCertificate }
  if (server.trust === 'authorities') return { kind: 'authorities', certificates: certificates.authorities() }
  return { kind: 'system' }
}

/** People paste IPv6 addresses with brackets, as in a URL; sockets want them without. */
export function bareHost(host: string): string {
  return host.replace(/^\[(.*)\]$/, '$1')
}
