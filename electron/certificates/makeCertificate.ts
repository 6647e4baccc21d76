import { createPrivateKey, createPublicKey, generateKeyPair, type KeyObject, randomBytes, sign } from 'node:crypto'
import { promisify } from 'node:util'
import { bitString, type Der, integer, nothing, objectIdentifier, sequence, tagged, time } from './der.ts'
import { pem } from './pem.ts'
import { distinguishedName, extensions, requestedExtensions, type Subject, spkiOf } from './subject.ts'

/** Old devices know RSA, not always elliptic curves; RFC 9325 4.4 asks for 2048 bits at least. */
const KEY_BITS = 3072
/** Clocks of devices differ. */
const BACKDATED_MS = 60 * 60 * 1000

export async function makeKey(): Promise<KeyObject> {
  const { privateKey } = await promisify(generateKeyPair)('rsa', { modulusLength: KEY_BITS })
  return privateKey
}

/** RFC 5280 4.1, version 3, signed by itself, as PEM. */
export function makeCertificate(subject: Subject, privateKey: KeyObject, years: number, now = new Date()): string {
  const publicKey = createPublicKey(privateKey)
  const name = distinguishedName(subject.commonName)
  const end = new Date(now)
  end.setUTCFullYear(end.getUTCFullYear() + years)
  const content = sequence(
    tagged(0, integer(2)),
    // RFC 5280 4.1.2.2: positive, at most 20 octets, not to be guessed.
    integer(Buffer.concat([Buffer.from([0x01]), randomBytes(15)])),
    algorithmOf(privateKey),
    name,
    sequence(time(new Date(now.getTime() - BACKDATED_MS)), time(end)),
    name,
    spkiOf(publicKey),
    tagged(3, extensions(subject, publicKey)),
  )
  return pem('CERTIFICATE', signed(content, privateKey))
}

/** PKCS#10 (RFC 2986 4.1), as PEM: an authority makes our certificate from it. */
export function makeRequest(subject: Subject, privateKey: KeyObject): string {
  const publicKey = createPublicKey(privateKey)
  const content = sequence(
    integer(0),
    distinguishedName(subject.commonName),
    spkiOf(publicKey),
    requestedExtensions(subject, publicKey),
  )
  return pem('CERTIFICATE REQUEST', signed(content, privateKey))
}

function signed(content: Der, privateKey: KeyObject): Der {
  return sequence(content, algorithmOf(privateKey), bitString(sign('sha256', content, privateKey)))
}

/** RFC 4055 5 and RFC 5758 3.2; an imported key may be of either kind. */
function algorithmOf(privateKey: KeyObject): Der {
  const [sha256WithRSAEncryption, ecdsaWithSHA256] = ['1.2.840.113549.1.1.11', '1.2.840.10045.4.3.2']
  return privateKey.asymmetricKeyType === 'ec'
    ? sequence(objectIdentifier(ecdsaWithSHA256))
    : sequence(objectIdentifier(sha256WithRSAEncryption), nothing())
}

export function privateKeyPem(privateKey: KeyObject): string {
  return privateKey.export({ type: 'pkcs8', format: 'pem' }) as string
}

export const readPrivateKeyPem = (text: string): KeyObject => createPrivateKey(text)
