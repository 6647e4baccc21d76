import { createHmac, createPrivateKey, type KeyObject, timingSafeEqual, X509Certificate } from 'node:crypto'
import { CertificateError } from './certificateError.ts'
import { derTag } from './der.ts'
import { decryptWithPassword, deriveOld, roundsOf } from './passwordCipher.ts'
import { child, children, DerError, type DerValue, octetsOf, oidOf, readValue } from './readDer.ts'

export interface Pkcs12 {
  keys: KeyObject[]
  certificates: X509Certificate[]
}

const ENCRYPTED_DATA = '1.2.840.113549.1.7.6'
const DATA = '1.2.840.113549.1.7.1'
const KEY_BAG = '1.2.840.113549.1.12.10.1.1'
const SHROUDED_KEY_BAG = '1.2.840.113549.1.12.10.1.2'
const CERTIFICATE_BAG = '1.2.840.113549.1.12.10.1.3'
const digests: Record<string, string> = {
  '1.3.14.3.2.26': 'sha1',
  '2.16.840.1.101.3.4.2.1': 'sha256',
  '2.16.840.1.101.3.4.2.2': 'sha384',
  '2.16.840.1.101.3.4.2.3': 'sha512',
}

/** PFX begins with its version, 3; a certificate and a key begin otherwise. */
export function isPkcs12(bytes: Buffer): boolean {
  try {
    const [version, content] = children(readValue(bytes))
    return (
      version?.tag === derTag.integer && version.content.equals(Buffer.from([3])) && content?.tag === derTag.sequence
    )
  } catch {
    return false
  }
}

/**
 * RFC 7292: keys and certificates of a PKCS#12 file. Node can use such a file but not open it, and its OpenSSL refuses
 * what Windows writes. Throws CertificateError.
 */
export function readPkcs12(bytes: Buffer, password: string): Pkcs12 {
  try {
    const whole = readValue(bytes)
    const [, content, mac] = children(whole)
    if (!content) throw new DerError('No content')
    const safe = octetsOf(children(child(content, 1, 0xa0))[0])
    if (mac && !isRightPassword(mac, safe, password)) throw wrongPassword(password)
    const found: Pkcs12 = { keys: [], certificates: [] }
    for (const part of children(readValue(safe))) readPart(part, password, found)
    return found
  } catch (error) {
    if (error instanceof CertificateError) throw error
    throw new CertificateError(
      'This PKCS#12 file cannot be read. Export it anew from where it comes from, with its private key.',
      { cause: error },
    )
  }
}

function wrongPassword(password: string): CertificateError {
  return new CertificateError(
    password === ''
      ? 'The file is protected by a password. Enter it.'
      : 'The password does not open this file. Capitals count; ask whoever made the file.',
    { field: 'password' },
  )
}

/** RFC 7292 B.4: the MAC tells a wrong password from a damaged file. One of an unknown kind is left to the decryption. */
function isRightPassword(mac: DerValue, content: Buffer, password: string): boolean {
  const [digestInfo, salt, rounds] = children(mac)
  if (!digestInfo) return true
  const digest = digests[oidOf(children(child(digestInfo, 0))[0])]
  const expected = octetsOf(children(digestInfo)[1])
  if (!digest) return true
  const key = deriveOld({
    ...{ digest, purpose: 3, password, salt: octetsOf(salt), length: expected.length },
    rounds: rounds ? roundsOf(rounds) : 1,
  })
  const found = createHmac(digest, key).update(content).digest()
  return found.length === expected.length && timingSafeEqual(found, expected)
}

function readPart(part: DerValue, password: string, found: Pkcs12): void {
  const [kind, wrapped] = children(part)
  const [inner] = wrapped ? children(wrapped) : []
  if (!inner) return
  if (oidOf(kind) === DATA) readBags(octetsOf(inner), password, found)
  if (oidOf(kind) !== ENCRYPTED_DATA) return
  const [, algorithm, encrypted] = children(child(inner, 1))
  if (algorithm) readBags(decrypted(algorithm, password, octetsOf(encrypted)), password, found)
}

function readBags(bytes: Buffer, password: string, found: Pkcs12): void {
  for (const bag of children(readValue(bytes))) {
    const [kind, wrapped] = children(bag)
    const [value] = wrapped ? children(wrapped) : []
    if (!value || !wrapped) continue
    if (oidOf(kind) === CERTIFICATE_BAG) {
      const [certificate] = children(child(value, 1, 0xa0))
      found.certificates.push(new X509Certificate(octetsOf(certificate)))
    } else if (oidOf(kind) === KEY_BAG) found.keys.push(keyFrom(wrapped.content))
    else if (oidOf(kind) === SHROUDED_KEY_BAG) {
      const [algorithm, encrypted] = children(value)
      if (algorithm) found.keys.push(keyFrom(decrypted(algorithm, password, octetsOf(encrypted))))
    }
  }
}

function decrypted(algorithm: DerValue, password: string, bytes: Buffer): Buffer {
  try {
    return decryptWithPassword(algorithm, password, bytes)
  } catch (error) {
    if (error instanceof DerError) throw error
    throw wrongPassword(password)
  }
}

function keyFrom(bytes: Buffer): KeyObject {
  return createPrivateKey({ key: bytes, format: 'der', type: 'pkcs8' })
}
