/** Codes of Node's TLS and of OpenSSL, as they arrive in `cause`. */
const SELF_SIGNED = new Set(['DEPTH_ZERO_SELF_SIGNED_CERT'])
const UNKNOWN_ISSUER = new Set([
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'CERT_UNTRUSTED',
])
const NOT_TLS = [
  'ERR_SSL_WRONG_VERSION_NUMBER',
  'ERR_SSL_PACKET_LENGTH_TOO_LONG',
  'ERR_SSL_UNSUPPORTED_PROTOCOL',
  'EPROTO',
]
const WANTS_OUR_CERTIFICATE = [
  'CERTIFICATE_REQUIRED',
  'ALERT_HANDSHAKE_FAILURE',
  'ALERT_BAD_CERTIFICATE',
  'ALERT_UNKNOWN_CA',
]

/** Nothing is sent before the handshake is done: each sentence may say so. */
export function tlsSentence(cause: string, serverName: string, host: string, port: number): string {
  if (cause === 'CERT_HAS_EXPIRED')
    return `The certificate of ${serverName} has ended. Its administrator must renew it. Nothing was sent.`
  if (cause === 'CERT_NOT_YET_VALID')
    return `The certificate of ${serverName} is not valid yet. Check the clock of this computer and of the server. Nothing was sent.`
  if (cause === 'ERR_TLS_CERT_ALTNAME_INVALID')
    return `The certificate of ${serverName} is made for another name than ${host}. Enter the name that stands in it, or its administrator makes a new one. Nothing was sent.`
  if (SELF_SIGNED.has(cause))
    return `${serverName} made its certificate itself, so nobody vouches for it. If that is intended, switch off Verify server certificate. Nothing was sent.`
  if (UNKNOWN_ISSUER.has(cause))
    return `The certificate of ${serverName} comes from an authority that this workstation does not know. Start it with NODE_EXTRA_CA_CERTS set to the authority’s file, or switch off Verify server certificate. Nothing was sent.`
  if (WANTS_OUR_CERTIFICATE.some((part) => cause.includes(part)))
    return `${serverName} wants a certificate of ours, and this workstation has none. Its administrator must allow connections without one. Nothing was sent.`
  if (NOT_TLS.some((part) => cause.includes(part)))
    return `Port ${port} of ${serverName} answers, but not with TLS. Switch off TLS, or ask its administrator for the TLS port (often 2762).`
  if (cause === 'ECONNRESET' || cause === 'EPIPE')
    return `${serverName} hangs up as soon as TLS begins. Either port ${port} does not use TLS, or it wants a certificate of ours: ask its administrator. Nothing was sent.`
  return `No secured connection to ${serverName}. Its administrator checks the TLS settings of port ${port}. Nothing was sent.`
}
