import { readFileSync } from 'node:fs'
import type { CertificatesOptions } from '#electron/certificates/openCertificates.ts'
import { readCertificates } from '#electron/certificates/readCertificates.ts'
import { readIdentity } from '#electron/certificates/readIdentity.ts'
import type { SettingsOverrides } from '#electron/settings/settingsStore.ts'
import { clientCertificates } from '#shared/contract/certificates.ts'
import { FlagError } from './flagError.ts'

export const tlsOptions = {
  'tls-port': { type: 'string' },
  'tls-certificate': { type: 'string' },
  'tls-key': { type: 'string' },
  'tls-ca': { type: 'string' },
  'tls-client-certificates': { type: 'string' },
} as const

export type TlsValues = { [Flag in keyof typeof tlsOptions]?: string | undefined }

export interface TlsFlags {
  settings: Pick<SettingsOverrides, 'tlsListener' | 'tlsPort' | 'tlsClientCertificates'>
  given: CertificatesOptions['given']
}

/** Reads the files at once: what is wrong with them is said before anything starts. */
export function readTlsFlags(values: TlsValues, port: (flag: string, text: string) => number): TlsFlags {
  const tlsPort = values['tls-port'] === undefined ? undefined : port('--tls-port', values['tls-port'])
  const demand = clientCertificates.optional().safeParse(values['tls-client-certificates'])
  if (!demand.success)
    throw new FlagError(
      `--tls-client-certificates is "none", "ask" or "require", not "${values['tls-client-certificates']}".`,
    )
  const certificate = values['tls-certificate']
  const key = values['tls-key']
  if (key !== undefined && certificate === undefined) throw new FlagError('--tls-key goes with --tls-certificate.')
  return {
    settings: {
      tlsListener: tlsPort === undefined ? undefined : true,
      tlsPort,
      tlsClientCertificates: demand.data,
    },
    given: {
      identity: certificate === undefined ? undefined : identityFrom(certificate, key),
      authorities: values['tls-ca'] === undefined ? undefined : authoritiesFrom(values['tls-ca']),
    },
  }
}

function identityFrom(certificate: string, key: string | undefined) {
  const files = [readFlagFile('--tls-certificate', certificate)]
  if (key !== undefined) files.push(readFlagFile('--tls-key', key))
  return sayFor('--tls-certificate', () => readIdentity(files, '', undefined))
}

function authoritiesFrom(file: string): string[] {
  const bytes = readFlagFile('--tls-ca', file)
  return sayFor('--tls-ca', () => readCertificates(bytes).map((one) => one.toString()))
}

function readFlagFile(flag: string, file: string): Buffer {
  try {
    return readFileSync(file)
  } catch (error) {
    throw new FlagError(`${flag}: ${file} cannot be read (${(error as NodeJS.ErrnoException).code}).`)
  }
}

function sayFor<Result>(flag: string, read: () => Result): Result {
  try {
    return read()
  } catch (error) {
    throw new FlagError(`${flag}: ${error instanceof Error ? error.message : String(error)}`)
  }
}
