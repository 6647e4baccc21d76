import { createHash, type KeyObject } from 'node:crypto'
import { isIP, isIPv6 } from 'node:net'
import {
  type Der,
  der,
  derTag,
  implicit,
  objectIdentifier,
  octetString,
  sequence,
  set,
  utf8String,
  yes,
} from './der.ts'

/** What a certificate, or a request for one, is made for. */
export interface Subject {
  commonName: string
  /** Host names and addresses. */
  names: string[]
}

const oid = {
  commonName: '2.5.4.3',
  subjectKeyIdentifier: '2.5.29.14',
  keyUsage: '2.5.29.15',
  subjectAltName: '2.5.29.17',
  basicConstraints: '2.5.29.19',
  extendedKeyUsage: '2.5.29.37',
  serverAuth: '1.3.6.1.5.5.7.3.1',
  clientAuth: '1.3.6.1.5.5.7.3.2',
}

export function distinguishedName(commonName: string): Der {
  return sequence(set(sequence(objectIdentifier(oid.commonName), utf8String(commonName))))
}

/** For both ends of a TLS connection: we are called, and we call and show who we are (RFC 5280 4.2.1). */
export function extensions({ names }: Subject, publicKey: KeyObject): Der {
  const digitalSignatureAndKeyEncipherment = Buffer.from([0x03, 0x02, 0x05, 0xa0])
  return sequence(
    extension(oid.basicConstraints, sequence(), true),
    extension(oid.keyUsage, digitalSignatureAndKeyEncipherment, true),
    extension(oid.extendedKeyUsage, sequence(objectIdentifier(oid.serverAuth), objectIdentifier(oid.clientAuth))),
    extension(oid.subjectAltName, sequence(...[...new Set(names)].map(alternativeName))),
    extension(oid.subjectKeyIdentifier, octetString(createHash('sha1').update(spkiOf(publicKey)).digest())),
  )
}

function extension(id: string, value: Der, critical = false): Der {
  return sequence(objectIdentifier(id), ...(critical ? [yes()] : []), octetString(value))
}

/** GeneralName: dNSName is [2], iPAddress is [7]. */
function alternativeName(name: string): Der {
  return isIP(name) ? implicit(7, addressBytes(name)) : implicit(2, Buffer.from(name, 'latin1'))
}

function addressBytes(address: string): Buffer {
  if (!isIPv6(address)) return Buffer.from(address.split('.').map(Number))
  // An IPv4 tail counts for two groups.
  const text = address.replace(/(\d+)\.(\d+)\.(\d+)\.(\d+)$/, (_, ...parts: string[]) => {
    const [a = 0, b = 0, c = 0, d = 0] = parts.slice(0, 4).map(Number)
    return `${((a << 8) | b).toString(16)}:${((c << 8) | d).toString(16)}`
  })
  const [head = '', tail] = text.split('::')
  const groups = (part: string | undefined) => (part ? part.split(':').map((group) => Number.parseInt(group, 16)) : [])
  const [first, last] = [groups(head), groups(tail)]
  const zeros = tail === undefined ? [] : Array.from({ length: 8 - first.length - last.length }, () => 0)
  const bytes = Buffer.alloc(16)
  for (const [index, group] of [...first, ...zeros, ...last].entries()) bytes.writeUInt16BE(group, index * 2)
  return bytes
}

/** SubjectPublicKeyInfo, ready to stand in a certificate. */
export function spkiOf(publicKey: KeyObject): Buffer {
  return publicKey.export({ type: 'spki', format: 'der' })
}

/** The tag of `Extensions` as the attribute of a request (PKCS#9 extensionRequest). */
export function requestedExtensions(subject: Subject, publicKey: KeyObject): Der {
  const extensionRequest = '1.2.840.113549.1.9.14'
  return der(0xa0, sequence(objectIdentifier(extensionRequest), der(derTag.set, extensions(subject, publicKey))))
}
