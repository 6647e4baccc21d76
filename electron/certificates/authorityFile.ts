import type { X509Certificate } from 'node:crypto'
import { existsSync, readFileSync, renameSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { writeDurably } from '#electron/settings/writeDurably.ts'
import { readCertificates } from './readCertificates.ts'

export interface AuthorityFile {
  certificates: X509Certificate[]
  /** One line for whoever started the program, where the file was not usable. */
  notice: string | undefined
}

/** A bundle as every other program reads it: an administrator may lay one there. */
export function readAuthorityFile(file: string): AuthorityFile {
  if (!existsSync(file)) return { certificates: [], notice: undefined }
  const bytes = readFileSync(file)
  if (bytes.toString('latin1').trim() === '') return { certificates: [], notice: undefined }
  try {
    return { certificates: unique(readCertificates(bytes)), notice: undefined }
  } catch {
    const aside = `${basename(file, '.pem')}.broken-${new Date().toISOString().replace(/[:.]/g, '-')}.pem`
    renameSync(file, join(dirname(file), aside))
    return {
      certificates: [],
      notice: `${basename(file)} is not usable. It is kept as ${aside}; no authority is known.`,
    }
  }
}

export function writeAuthorityFile(file: string, certificates: readonly X509Certificate[]): void {
  writeDurably(file, certificates.map((one) => one.toString()).join(''))
}

export function unique(certificates: readonly X509Certificate[]): X509Certificate[] {
  return [...new Map(certificates.map((one) => [one.fingerprint256, one])).values()]
}
