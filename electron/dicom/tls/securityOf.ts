import type { Socket } from 'node:net'
import { TLSSocket } from 'node:tls'
import { describeCertificate } from '#electron/certificates/describeCertificate.ts'
import { peerCertificate } from './peerCertificate.ts'
import type { Security } from './peerTls.ts'

/** What protects this connection as its caller sees it; undefined where nothing does. */
export function securityOf(socket: Socket): Security | undefined {
  if (!(socket instanceof TLSSocket)) return undefined
  const certificate = peerCertificate(socket)
  if (!certificate) return undefined
  return {
    protocol: socket.getProtocol() ?? '',
    cipher: socket.getCipher().standardName,
    certificate: describeCertificate(certificate),
  }
}
