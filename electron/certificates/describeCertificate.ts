import type { X509Certificate } from 'node:crypto'
import type { CertificateInfo } from '#shared/contract/certificates.ts'

const TEXT_MAX = 200
const NAMES_MAX = 100

/** The text of a certificate was written by whoever made it: one line, bounded, without control characters. */
export function describeCertificate(certificate: X509Certificate): CertificateInfo {
  return {
    fingerprint: certificate.fingerprint256,
    subject: nameLine(certificate.subject),
    issuer: nameLine(certificate.issuer),
    names: alternativeNames(certificate.subjectAltName ?? ''),
    validFrom: certificate.validFromDate.getTime(),
    validTo: certificate.validToDate.getTime(),
    selfSigned: isSelfSigned(certificate),
    authority: certificate.ca,
    key: keyWords(certificate),
  }
}

export function isSelfSigned(certificate: X509Certificate): boolean {
  return certificate.subject === certificate.issuer && certificate.verify(certificate.publicKey)
}

/** Node gives one attribute a line, most general first; people look for the name. */
function nameLine(name: string | undefined): string {
  return clip((name ?? '').split('\n').toReversed().join(', ')) || '(no name)'
}

function alternativeNames(text: string): string[] {
  return text
    .split(', ')
    .map((part) => clip(part.replace(/^(DNS|IP Address|URI|email):/, '')))
    .filter((part) => part !== '')
    .slice(0, NAMES_MAX)
}

function keyWords({ publicKey }: X509Certificate): string {
  const { modulusLength, namedCurve } = publicKey.asymmetricKeyDetails ?? {}
  const type = (publicKey.asymmetricKeyType ?? 'unknown').toUpperCase()
  return [type, modulusLength ?? namedCurve].filter((part) => part !== undefined).join(' ')
}

function clip(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is being removed
  const line = text.replace(/[\s\u0000-\u001f\u007f-\u009f]+/g, ' ').trim()
  return line.length > TEXT_MAX ? `${line.slice(0, TEXT_MAX - 1)}…` : line
}
