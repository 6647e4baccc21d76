import type { Peer } from '#electron/dicom/nodeApi.ts'
import type { ServerFields } from '#shared/contract/servers.ts'
import type { Settings } from '#shared/contract/settings.ts'

const CONNECT_TIMEOUT_MS = 10_000

/** A server of the list as the DICOM thread calls it, under our AE title of this moment. */
export function peerOf(server: ServerFields, settings: Settings): Peer {
  return {
    name: server.name,
    callingAETitle: settings.aeTitle,
    calledAETitle: server.aeTitle,
    host: bareHost(server.host),
    port: server.port,
    tls: server.tls ? { verify: server.verifyCertificate } : undefined,
    connectTimeoutMs: CONNECT_TIMEOUT_MS,
    dimseTimeoutMs: settings.dimseTimeoutSeconds * 1000,
    maxPduLength: settings.maxPduLength,
  }
}

/** People paste IPv6 addresses with brackets, as in a URL; sockets want them without. */
function bareHost(host: string): string {
  return host.replace(/^\[(.*)\]$/, '$1')
}
