import type { Peer } from '#electron/dicom/nodeApi.ts'
import type { CallContext } from './failureSentence.ts'
import { ourAddressTowards } from './ourAddress.ts'

/** The values that a sentence about this call needs. */
export async function callContext(peer: Peer): Promise<CallContext> {
  return {
    serverName: peer.name,
    calledAETitle: peer.calledAETitle,
    callingAETitle: peer.callingAETitle,
    host: peer.host,
    port: peer.port,
    tls: peer.tls !== undefined,
    showsCertificate: peer.tls?.identity !== undefined,
    connectTimeoutMs: peer.connectTimeoutMs,
    ourAddress: await ourAddressTowards(peer.host),
  }
}
