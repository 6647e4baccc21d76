/** RFC 8446 5.1: a handshake record, version 3.x. */
export function isTlsRecord(bytes: Buffer): boolean {
  return bytes[0] === 0x16 && (bytes[1] ?? 3) === 3
}

/** Why a caller at the TLS port is not served, by its first bytes. */
export function notTls(first: Buffer): string {
  // PS3.8 9.3.2: A-ASSOCIATE-RQ.
  if (first[0] === 0x01 && (first[1] ?? 0) === 0)
    return 'The caller spoke DICOM without TLS at the port for TLS. Switch TLS on at the caller, or give it the port without TLS'
  return 'The caller does not speak TLS. Only DICOM over TLS is served at this port'
}

/** A TLS caller at the port without TLS. */
export const TLS_AT_PLAIN_PORT =
  'The caller spoke TLS at the port without TLS. Give it our port for TLS, or switch TLS off at the caller'

export const LEFT_AFTER_HANDSHAKE =
  'The caller hung up right after the TLS handshake. It may not trust our certificate: its log says why'

const oldVersions = ['UNSUPPORTED_PROTOCOL', 'WRONG_VERSION_NUMBER', 'VERSION_TOO_LOW', 'INAPPROPRIATE_FALLBACK']
const doesNotTrustUs = [
  'ALERT_UNKNOWN_CA',
  'ALERT_BAD_CERTIFICATE',
  'ALERT_CERTIFICATE_UNKNOWN',
  'ALERT_CERTIFICATE_REVOKED',
]

/** Why a handshake failed, by the code of OpenSSL (or of BoringSSL in the desktop program). Who puts it right stands last. */
export function handshakeRefusal(code: string): string {
  if (code.includes('DID_NOT_RETURN_A_CERTIFICATE'))
    return 'The caller showed no certificate, and one is required. Its administrator gives it a certificate from an authority that we know'
  if (code.includes('NO_SHARED_CIPHER') || code.includes('NO_SHARED_GROUP') || code.includes('SIGNATURE_ALGORITHMS'))
    return 'The caller offers only encryption that is no longer safe (BCP 195). It needs an update'
  if (oldVersions.some((part) => code.includes(part)))
    return 'The caller speaks TLS older than 1.2, which is no longer safe (RFC 8996). It needs an update'
  if (code.includes('CERTIFICATE_EXPIRED'))
    return 'The caller says that our certificate has ended. Renew it under Settings, Certificates'
  if (doesNotTrustUs.some((part) => code.includes(part)))
    return 'The caller does not trust our certificate. Its administrator imports our certificate, or the authority that made it'
  if (code === 'ECONNRESET' || code === 'EPIPE')
    return 'The caller hung up during the TLS handshake. It may not trust our certificate: its log says why'
  return `The TLS handshake failed (${code})`
}

/** Why a caller's certificate is not taken. Revocation is not checked. */
export function certificateRefusal(code: string): string {
  if (code === 'CERT_HAS_EXPIRED') return 'The certificate of the caller has ended. Its administrator must renew it'
  if (code === 'CERT_NOT_YET_VALID') return 'The certificate of the caller is not valid yet. Check the clocks'
  if (code === 'INVALID_PURPOSE')
    return 'The certificate of the caller is not made for a caller (client authentication)'
  if (code === 'DEPTH_ZERO_SELF_SIGNED_CERT')
    return 'The caller made its certificate itself. Add that certificate under Settings, Certificates, to let it in'
  return `The certificate of the caller comes from an authority that we do not know (${code}). Add the authority under Settings, Certificates`
}
