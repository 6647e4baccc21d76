import { checkServerIdentity, type TLSSocket } from 'node:tls'
import { peerCertificate } from './peerCertificate.ts'
import type { PeerTls } from './peerTls.ts'

/** Codes of ours, beside those of Node and OpenSSL. */
const OTHER_CERTIFICATE = 'OTHER_CERTIFICATE'
const NO_CERTIFICATE = 'NO_CERTIFICATE'

/**
 * Undefined when the server is the one that we mean; else the code of what is wrong. Called after the handshake and before
 * the first byte of ours: where Node itself would judge, too (its handshake accepts any certificate). Revocation is not
 * checked.
 */
export function judgeServer(socket: TLSSocket, tls: PeerTls, host: string): string | undefined {
  const { trust, expectedName } = tls
  if (trust.kind === 'nobody') return undefined
  const certificate = peerCertificate(socket)
  if (!certificate) return NO_CERTIFICATE
  if (trust.kind === 'pinned') {
    if (certificate.fingerprint256 !== trust.fingerprint) return OTHER_CERTIFICATE
    // Whoever pins a certificate vouches for name and issuer; that its time is over nobody vouched for.
    if (certificate.validToDate.getTime() < Date.now()) return 'CERT_HAS_EXPIRED'
    return certificate.validFromDate.getTime() > Date.now() ? 'CERT_NOT_YET_VALID' : undefined
  }
  if (!socket.authorized) return codeOf(socket.authorizationError)
  const problem = checkServerIdentity(expectedName || host, socket.getPeerCertificate())
  return problem ? 'ERR_TLS_CERT_ALTNAME_INVALID' : undefined
}

function codeOf(error: unknown): string {
  if (typeof error === 'string') return error
  return (error as NodeJS.ErrnoException | null)?.code ?? 'CERT_UNTRUSTED'
}
