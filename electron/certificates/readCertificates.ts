import { X509Certificate } from 'node:crypto'
import { CertificateError } from './certificateError.ts'
import { pemBlocks } from './pem.ts'

const LABELS = new Set(['CERTIFICATE', 'X509 CERTIFICATE', 'TRUSTED CERTIFICATE'])

/** Every certificate of a file: PEM, alone or many, or DER. Throws CertificateError when there is none. */
export function readCertificates(bytes: Buffer): X509Certificate[] {
  const blocks = pemBlocks(bytes.toString('latin1')).filter(({ label }) => LABELS.has(label))
  const found = blocks.length > 0 ? blocks.map((block) => certificateFrom(block.bytes)) : [certificateFrom(bytes)]
  return found
}

function certificateFrom(bytes: Buffer): X509Certificate {
  try {
    return new X509Certificate(bytes)
  } catch (error) {
    throw new CertificateError(
      'There is no certificate in this file. PEM (.pem, .crt) and DER (.der, .cer) are read.',
      {
        cause: error,
      },
    )
  }
}
