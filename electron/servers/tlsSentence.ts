/** Codes of Node's TLS, of OpenSSL and of our own judgement, as they arrive in `cause`. */
const UNKNOWN_ISSUER = new Set([
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'CERT_UNTRUSTED',
])
/** What a peer means whose certificate was expected to vouch for others, or for another use. */
const UNFIT = new Set(['INVALID_CA', 'INVALID_PURPOSE', 'PATH_LENGTH_EXCEEDED', 'CA_MD_TOO_WEAK', 'EE_KEY_TOO_SMALL'])
const OLD_VERSION = ['UNSUPPORTED_PROTOCOL', 'ALERT_PROTOCOL_VERSION', 'VERSION_TOO_LOW']
const NOT_TLS = ['WRONG_VERSION_NUMBER', 'PACKET_LENGTH_TOO_LONG', 'UNEXPECTED_MESSAGE', 'HTTP_REQUEST', 'EPROTO']
const MISSES_OURS = ['CERTIFICATE_REQUIRED']
const REFUSES_OURS = ['ALERT_BAD_CERTIFICATE', 'ALERT_UNKNOWN_CA', 'ALERT_CERTIFICATE', 'ALERT_UNSUPPORTED_CERTIFICATE']

export interface SecuredCall {
  serverName: string
  host: string
  port: number
  /** We have a certificate and show it to whoever asks. */
  showsCertificate: boolean
  /** It is called by its web address. */
  isWeb?: boolean
}

/** Nothing is sent before the handshake is done and the server judged: each sentence may say so. */
export function tlsSentence(cause: string, call: SecuredCall): string {
  const { serverName, host, port } = call
  const has = (parts: string[]) => parts.some((part) => cause.includes(part))
  if (cause === 'CERT_HAS_EXPIRED')
    return `The certificate of ${serverName} has ended. Its administrator must renew it. Nothing was sent.`
  if (cause === 'CERT_NOT_YET_VALID')
    return `The certificate of ${serverName} is not valid yet. Check the clock of this computer and of the server. Nothing was sent.`
  if (cause === 'ERR_TLS_CERT_ALTNAME_INVALID')
    return `The certificate of ${serverName} is made for another name than ${host}. Enter the name that stands in it, or its administrator makes a new one. Nothing was sent.`
  if (cause === 'OTHER_CERTIFICATE')
    return `${serverName} shows another certificate than the pinned one. Ask its administrator whether it was renewed; then pin the new one. Nothing was sent.`
  if (cause === 'DEPTH_ZERO_SELF_SIGNED_CERT')
    return `${serverName} made its certificate itself, so nobody vouches for it. If its administrator confirms its fingerprint, choose "One certificate alone (pinned)". Nothing was sent.`
  if (UNKNOWN_ISSUER.has(cause))
    return `The certificate of ${serverName} comes from an authority that this workstation does not know. Add the authority under Settings, Certificates, and choose it here under Trusted certificates. Nothing was sent.`
  if (cause === 'NO_CERTIFICATE')
    return `${serverName} shows no certificate. Its administrator must give it one. Nothing was sent.`
  if (UNFIT.has(cause))
    return `The certificate of ${serverName} is not fit for this (${cause}). Its administrator has a new one made for a server. Nothing was sent.`
  if (has(OLD_VERSION))
    return `${serverName} speaks a TLS older than 1.2, which is no longer safe. Its administrator must update it. Nothing was sent.`
  if (has(MISSES_OURS) || (has(['HANDSHAKE_FAILURE']) && !call.showsCertificate && cause.includes('ALERT')))
    return handshakeRefused(call, has(MISSES_OURS))
  if (has(REFUSES_OURS)) return refusesOurs(call)
  if (has(['HANDSHAKE_FAILURE', 'NO_SHARED', 'INSUFFICIENT_SECURITY']))
    return `${serverName} offers only encryption that is no longer safe, or does not accept our certificate. Its administrator allows TLS 1.2 or 1.3 with AES-GCM (BCP 195). Nothing was sent.`
  if (has(NOT_TLS) && call.isWeb)
    return `Port ${port} of ${host} answers, but not with https. Write http:// in the web address, or ask its administrator for the address with https.`
  if (has(NOT_TLS))
    return `Port ${port} of ${serverName} answers, but not with TLS. Switch off TLS, or ask its administrator for the TLS port (often 2762).`
  if (cause === 'ECONNRESET' || cause === 'EPIPE')
    return `${serverName} hangs up as soon as TLS begins. Either port ${port} does not use TLS, or ${call.showsCertificate ? 'it does not accept our certificate' : 'it wants a certificate of ours'}: ask its administrator. Nothing was sent.`
  return `No secured connection to ${serverName}. Its administrator checks the TLS settings of port ${port}. Nothing was sent.`
}

/** TLS 1.2 has one alert for both: no suite in common, and a certificate that is missing. */
function handshakeRefused({ serverName }: SecuredCall, isCertain: boolean): string {
  if (isCertain)
    return `${serverName} wants a certificate of ours, and none is shown. Make or import one under Settings, Certificates, and tick Show our certificate here. Nothing was sent.`
  return `${serverName} offers only encryption that is no longer safe (BCP 195), or wants a certificate of ours: ask its administrator which. Nothing was sent.`
}

function refusesOurs({ serverName, showsCertificate }: SecuredCall): string {
  return showsCertificate
    ? `${serverName} does not accept our certificate. Its administrator adds it, or the authority that made it: export it under Settings, Certificates. Nothing was sent.`
    : `${serverName} wants a certificate of ours, and none is shown. Make or import one under Settings, Certificates, and tick Show our certificate here. Nothing was sent.`
}

/** TLS 1.3 lets a server refuse our certificate after the handshake; some then hang up without a word. */
export function lostSentence({ serverName, showsCertificate }: SecuredCall): string {
  return showsCertificate
    ? `${serverName} hung up right after the handshake. It does not accept our certificate, perhaps: its administrator adds it, or the authority that made it; its log says more.`
    : `${serverName} hung up right after the handshake. It may want a certificate of ours, and none is shown: make one under Settings, Certificates. Its log says more.`
}
