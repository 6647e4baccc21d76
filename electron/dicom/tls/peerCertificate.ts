import { X509Certificate } from 'node:crypto'
import type { TLSSocket } from 'node:tls'

/** What the other side showed. Not by `getPeerX509Certificate`: in Node 24.21 a second call finds nothing (tls.test.ts). */
export function peerCertificate(socket: TLSSocket): X509Certificate | undefined {
  const { raw } = socket.getPeerCertificate() as { raw?: Buffer }
  return raw && new X509Certificate(raw)
}
