import { TLSSocket } from 'node:tls'
import { AssociationError } from '../associationError.ts'
import type { Peer } from '../nodeApi.ts'
import { dial } from '../tls/dial.ts'
import { peerCertificate } from '../tls/peerCertificate.ts'
import type { Security } from '../tls/peerTls.ts'
import { securityOf } from '../tls/securityOf.ts'

/** The handshake alone: whoever answers is not trusted and hears nothing from us. */
export async function lookAtCertificate(peer: Peer, signal: AbortSignal): Promise<{ security: Security; pem: string }> {
  const socket = await dial(peer, signal)
  try {
    const security = securityOf(socket)
    const certificate = socket instanceof TLSSocket ? peerCertificate(socket) : undefined
    if (!security || !certificate) throw new AssociationError('TLS', 'The server showed no certificate')
    return { security, pem: certificate.toString() }
  } finally {
    socket.on('error', () => {})
    socket.destroy()
  }
}
