import { createPrivateKey, type KeyObject, X509Certificate } from 'node:crypto'
import { createSecureContext } from 'node:tls'
import type { Identity } from '#electron/dicom/tls/peerTls.ts'
import { TLS_PROFILE } from '#electron/dicom/tls/profile.ts'
import { expiryState, expiryWords } from '#shared/certificates/expiry.ts'
import { CertificateError } from './certificateError.ts'
import { isSelfSigned } from './describeCertificate.ts'
import { privateKeyPem } from './makeCertificate.ts'
import { pemBlocks } from './pem.ts'
import { isPkcs12, readPkcs12 } from './pkcs12.ts'

interface Found {
  keys: KeyObject[]
  certificates: X509Certificate[]
}

/**
 * Our certificate with its chain and key out of one or two files: PEM, DER or PKCS#12; keys may be encrypted. A
 * certificate alone is taken when it belongs to `ownKey`: the answer to our request. Throws CertificateError.
 */
export function readIdentity(files: readonly Buffer[], password: string, ownKey: KeyObject | undefined): Identity {
  const found: Found = { keys: [], certificates: [] }
  for (const bytes of files) collect(bytes, password, found)
  if (found.certificates.length === 0)
    throw new CertificateError('There is no certificate in this file. PEM, DER and PKCS#12 (.p12, .pfx) are read.')
  const keys = found.keys.length > 0 || !ownKey ? found.keys : [ownKey]
  if (keys.length === 0)
    throw new CertificateError(
      'The private key is missing. Choose its file too, or a PKCS#12 file (.p12, .pfx) that holds both.',
    )
  for (const key of keys) {
    const certificate = found.certificates.find((one) => one.checkPrivateKey(key))
    if (certificate) return identityOf(certificate, found.certificates, key)
  }
  throw new CertificateError(
    found.keys.length > 0
      ? 'The private key does not belong to this certificate. Choose the key that the certificate was made for.'
      : 'This certificate was not made for our key, and its own key is missing. Choose the file of its key too.',
  )
}

function identityOf(certificate: X509Certificate, all: readonly X509Certificate[], key: KeyObject): Identity {
  const validity = { validFrom: certificate.validFromDate.getTime(), validTo: certificate.validToDate.getTime() }
  if (expiryState(validity) === 'ended')
    throw new CertificateError(`This certificate ${expiryWords(validity)}: no one would accept it. Import a newer one.`)
  const bits = key.asymmetricKeyDetails?.modulusLength
  if (bits !== undefined && bits < 2048)
    throw new CertificateError(`The key is too short (RSA ${bits}): 2048 bits are the least. Have a new one made.`)
  const identity = {
    certificate: [certificate, ...issuersOf(certificate, all)].map((one) => one.toString()).join(''),
    key: privateKeyPem(key),
  }
  try {
    createSecureContext({ ...TLS_PROFILE, cert: identity.certificate, key: identity.key })
  } catch (error) {
    throw new CertificateError('This certificate cannot be used for TLS. Have one made with an RSA or EC key.', {
      cause: error,
    })
  }
  return identity
}

/** Up to, and without, the root: whoever verifies has that (RFC 8446 4.4.2). */
function issuersOf(certificate: X509Certificate, all: readonly X509Certificate[]): X509Certificate[] {
  const chain: X509Certificate[] = []
  for (let last = certificate; chain.length < 8; ) {
    const issuer = all.find((one) => one !== last && !chain.includes(one) && last.checkIssued(one))
    if (!issuer || isSelfSigned(issuer)) break
    chain.push(issuer)
    last = issuer
  }
  return chain
}

function collect(bytes: Buffer, password: string, found: Found): void {
  if (isPkcs12(bytes)) {
    const { keys, certificates } = readPkcs12(bytes, password)
    found.keys.push(...keys)
    found.certificates.push(...certificates)
    return
  }
  const blocks = pemBlocks(bytes.toString('latin1'))
  if (blocks.length === 0) collectDer(bytes, password, found)
  for (const { label, text, bytes: content } of blocks) {
    if (label.endsWith('PRIVATE KEY')) found.keys.push(keyFrom({ key: text, format: 'pem' }, password))
    else if (label.endsWith('CERTIFICATE')) found.certificates.push(certificateFrom(content))
  }
}

function collectDer(bytes: Buffer, password: string, found: Found): void {
  try {
    found.certificates.push(new X509Certificate(bytes))
    return
  } catch {
    // Not a certificate: perhaps a key.
  }
  for (const type of ['pkcs8', 'pkcs1', 'sec1'] as const) {
    try {
      found.keys.push(createPrivateKey({ key: bytes, format: 'der', type, passphrase: password }))
      return
    } catch {
      // The next form.
    }
  }
  throw new CertificateError(
    'This file is neither a certificate nor a private key, or the password does not open it. PEM, DER and PKCS#12 are read.',
  )
}

function certificateFrom(bytes: Buffer): X509Certificate {
  try {
    return new X509Certificate(bytes)
  } catch (error) {
    throw new CertificateError('A certificate in this file is damaged. Export it anew.', { cause: error })
  }
}

function keyFrom(key: { key: string; format: 'pem' }, password: string): KeyObject {
  try {
    return createPrivateKey({ ...key, passphrase: password })
  } catch (error) {
    const encrypted = key.key.includes('ENCRYPTED')
    if (!encrypted)
      throw new CertificateError('The private key in this file is damaged. Export it anew.', { cause: error })
    throw new CertificateError(
      password === ''
        ? 'The private key is protected by a password. Enter it.'
        : 'The password does not open the private key. Capitals count; ask whoever made the file.',
      { field: 'password' },
    )
  }
}
