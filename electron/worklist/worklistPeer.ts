import type { Peer } from '#electron/dicom/nodeApi.ts'
import { type CallerCertificates, peerOf } from '#electron/servers/peer.ts'
import type { ServerFields } from '#shared/contract/servers.ts'
import type { Settings } from '#shared/contract/settings.ts'

/** R022: the worklist of a server may answer under an AE title of its own; so do its performed steps. */
export function worklistPeer(server: ServerFields, settings: Settings, certificates: CallerCertificates): Peer {
  const peer = peerOf(server, settings, certificates)
  return server.worklistAETitle === '' ? peer : { ...peer, calledAETitle: server.worklistAETitle }
}
