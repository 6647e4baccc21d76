import { X509Certificate } from 'node:crypto'
import { mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import type { Identity } from '#electron/dicom/tls/peerTls.ts'
import { Changes } from '#electron/settings/changes.ts'
import type { CertificatesView } from '#shared/contract/certificates.ts'
import { ApiError } from '#shared/contract/errors.ts'
import { readAuthorityFile, unique, writeAuthorityFile } from './authorityFile.ts'
import { CertificateError } from './certificateError.ts'
import { describeCertificate } from './describeCertificate.ts'
import type { KeySeal } from './keySeal.ts'
import { makeCertificate, makeKey, makeRequest, privateKeyPem, readPrivateKeyPem } from './makeCertificate.ts'
import { readOwnFile, writeOwnFile } from './ownFile.ts'
import { pemBlocks } from './pem.ts'
import { readCertificates } from './readCertificates.ts'
import { readIdentity } from './readIdentity.ts'
import type { Subject } from './subject.ts'
import { suggestedNames } from './suggestedNames.ts'

export interface CertificatesOptions {
  dataFolder: string
  seal: KeySeal | undefined
  /** From the command line: they win for as long as this process runs and are never written down. */
  given: { identity: Identity | undefined; authorities: string[] | undefined }
}

/** Who we are, and whom we trust, towards those who speak TLS. */
export interface Certificates {
  identity(): Identity | undefined
  /** PEM, one each. */
  authorities(): string[]
  view(): CertificatesView
  create(subject: Subject, years: number): Promise<void>
  importOwn(files: readonly Buffer[], password: string): Promise<void>
  removeOwn(): void
  exportOwn(): string
  request(subject: Subject): Promise<string>
  addAuthorities(bytes: Buffer): { added: number; known: number }
  removeAuthority(fingerprint: string): void
  exportAuthority(fingerprint: string): string
  onChange(listener: () => void): () => void
  readonly notice: string | undefined
}

const AUTHORITIES_MAX = 500

export async function openCertificates({ dataFolder, seal, given }: CertificatesOptions): Promise<Certificates> {
  const folder = join(dataFolder, 'config', 'certificates')
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const [ownPath, authorityPath] = [join(folder, 'own.pem'), join(folder, 'authorities.pem')]
  const changes = new Changes()
  const stored = readAuthorityFile(authorityPath)
  let own = given.identity ? { identity: given.identity, problem: '' } : await readOwnFile(ownPath, seal)
  let authorities = given.authorities ? given.authorities.map((text) => new X509Certificate(text)) : stored.certificates

  const become = async (identity: Identity) => {
    await writeOwnFile(ownPath, identity, seal)
    own = { identity, problem: '' }
    changes.tell()
  }
  const trust = (next: X509Certificate[]) => {
    writeAuthorityFile(authorityPath, next)
    authorities = next
    changes.tell()
  }
  const mayChange = (what: keyof CertificatesOptions['given']) => {
    if (given[what]) throw new ApiError('invalid-input', FIXED)
  }
  const authority = (fingerprint: string) => {
    const found = authorities.find((one) => one.fingerprint256 === fingerprint)
    if (!found) throw new ApiError('not-found', 'This authority is no longer in the list.')
    return found
  }

  return {
    notice: stored.notice,
    identity: () => own.identity,
    authorities: () => authorities.map((one) => one.toString()),
    view: () => ({
      own: own.identity ? describeOwn(own.identity, given.identity ? GIVEN : keptWhere(ownPath, seal)) : null,
      problem: own.problem,
      authorities: authorities.map(describeCertificate),
      fixed: [...(given.identity ? (['own'] as const) : []), ...(given.authorities ? (['authorities'] as const) : [])],
      suggestedNames: suggestedNames(),
    }),
    async create(subject, years) {
      mayChange('identity')
      const key = await makeKey()
      await become({ certificate: makeCertificate(subject, key, years), key: privateKeyPem(key) })
    },
    async importOwn(files, password) {
      mayChange('identity')
      const ownKey = own.identity && readPrivateKeyPem(own.identity.key)
      await become(readIdentity(files, password, ownKey))
    },
    removeOwn() {
      mayChange('identity')
      rmSync(ownPath, { force: true })
      own = { identity: undefined, problem: '' }
      changes.tell()
    },
    exportOwn: () => mine(own.identity).certificate,
    request: async (subject) => makeRequest(subject, readPrivateKeyPem(mine(own.identity).key)),
    addAuthorities(bytes) {
      mayChange('authorities')
      const found = unique(readCertificates(bytes))
      const wrong = found.find((one) => !one.ca && one.subject !== one.issuer)
      if (wrong)
        throw new CertificateError(
          `${describeCertificate(wrong).subject} is the certificate of one machine, not of an authority. To trust that machine alone, pin it under Servers.`,
        )
      const next = unique([...authorities, ...found])
      if (next.length > AUTHORITIES_MAX) throw new CertificateError(`At most ${AUTHORITIES_MAX} authorities are kept.`)
      const added = next.length - authorities.length
      if (added > 0) trust(next)
      return { added, known: found.length - added }
    },
    removeAuthority(fingerprint) {
      mayChange('authorities')
      const gone = authority(fingerprint)
      trust(authorities.filter((one) => one !== gone))
    },
    exportAuthority: (fingerprint) => authority(fingerprint).toString(),
    onChange: (listener) => changes.onChange(listener),
  }
}

const FIXED = 'This is set by the command line of the host and cannot be changed here.'
const GIVEN = 'In the file that the command line names.'

function mine(identity: Identity | undefined): Identity {
  if (identity) return identity
  throw new ApiError('not-found', 'This workstation has no certificate yet. Make one, or import one.')
}

function keptWhere(file: string, seal: KeySeal | undefined): string {
  return seal
    ? `In ${file}, locked by ${seal.name}.`
    : `In ${file}, readable by the user of this program alone, not encrypted.`
}

function describeOwn({ certificate }: Identity, keyKept: string): CertificatesView['own'] {
  const [leaf, ...chain] = pemBlocks(certificate).map((block) => describeCertificate(new X509Certificate(block.bytes)))
  return leaf ? { certificate: leaf, chain, keyKept } : null
}
