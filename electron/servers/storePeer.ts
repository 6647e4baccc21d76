import type { Peer } from '#electron/dicom/nodeApi.ts'
import type { ServerFields } from '#shared/contract/servers.ts'
import type { Settings } from '#shared/contract/settings.ts'
import { bareHost, type CallerCertificates, peerOf } from './peer.ts'

/** R021: the server as images are sent to it, which may be another place than the one that is asked. */
export function storePeerOf(server: ServerFields, settings: Settings, certificates: CallerCertificates): Peer {
  const peer = peerOf(server, settings, certificates)
  if (!server.storeEndpoint) return peer
  const { aeTitle, host, port } = server.storeEndpoint
  return { ...peer, calledAETitle: aeTitle, host: bareHost(host), port }
}
