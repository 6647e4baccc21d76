import type { Peer } from '#electron/dicom/nodeApi.ts'
import type { PeerTls, Trust } from '#electron/dicom/tls/peerTls.ts'
import type { WebRoute } from '#electron/dicomweb/webApi.ts'
import type { ServerRow } from '#shared/contract/servers.ts'
import type { Settings } from '#shared/contract/settings.ts'
import { readWebAddress } from '#shared/network/webAddress.ts'
import { type CallerCertificates, peerOf } from './peer.ts'
import { storePeerOf } from './storePeer.ts'

type Server = Omit<ServerRow, 'isDefault' | 'revision' | 'readOnly' | 'setBy' | 'lastTest'>

/** Where the server is found over HTTP; undefined while it has no REST or no right address. */
export function webRouteOf(server: Server, settings: Settings, certificates: CallerCertificates): WebRoute | undefined {
  const address = server.restOn ? readWebAddress(server.restUrl) : undefined
  if (!address) return undefined
  const isOrthanc = server.restKind === 'orthanc'
  // Whoever copied the address of an Orthanc's DICOMweb means the same server.
  const root = isOrthanc ? address.path.replace(/\/dicom-web$/, '') : address.path
  return {
    serverId: server.serverId,
    name: server.name,
    origin: address.origin,
    host: address.host,
    port: address.port,
    tls: address.secure ? tlsOf(server, certificates) : undefined,
    dicomwebPath: isOrthanc ? `${root}/dicom-web` : root,
    orthancPath: isOrthanc ? root : undefined,
    authentication: server.restAuthentication,
    user: server.restUser,
    connectTimeoutMs: settings.requestTimeoutSeconds * 1000,
    answerTimeoutMs: settings.dimseTimeoutSeconds * 1000,
    cacheThreshold: server.restCacheThreshold,
  }
}

/** The server as it is searched: over HTTP where it is set so. */
export function queryPeerOf(server: Server, settings: Settings, certificates: CallerCertificates): Peer {
  return over(server.restQuery, server, settings, certificates, peerOf(server, settings, certificates))
}

export function retrievePeerOf(server: Server, settings: Settings, certificates: CallerCertificates): Peer {
  return over(server.restRetrieve, server, settings, certificates, peerOf(server, settings, certificates))
}

export function sendPeerOf(server: Server, settings: Settings, certificates: CallerCertificates): Peer {
  return over(server.restSend, server, settings, certificates, storePeerOf(server, settings, certificates))
}

/** Host, port and TLS of such a peer are those of its web address: what is said of the call is true. */
function over(wanted: boolean, server: Server, settings: Settings, certificates: CallerCertificates, peer: Peer): Peer {
  const web = wanted ? webRouteOf(server, settings, certificates) : undefined
  return web ? { ...peer, host: web.host, port: web.port, tls: web.tls, web } : peer
}

function tlsOf(server: Server, certificates: CallerCertificates): PeerTls {
  return {
    trust: trustOf(server, certificates),
    expectedName: '',
    identity: server.restClientCertificate ? certificates.identity() : undefined,
  }
}

function trustOf({ restTrust, restPinnedCertificate }: Server, certificates: CallerCertificates): Trust {
  if (restTrust === 'pinned') return { kind: 'pinned', fingerprint: restPinnedCertificate }
  if (restTrust === 'authorities') return { kind: 'authorities', certificates: certificates.authorities() }
  return { kind: restTrust }
}
