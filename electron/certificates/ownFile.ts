import { createPrivateKey, X509Certificate } from 'node:crypto'
import { readFileSync } from 'node:fs'
import type { Identity } from '#electron/dicom/tls/peerTls.ts'
import { writeDurably } from '#electron/settings/writeDurably.ts'
import type { KeySeal } from './keySeal.ts'
import { pem, pemBlocks } from './pem.ts'

const SEALED = 'NEGATOSCOPE SEALED PRIVATE KEY'

export interface OwnFile {
  identity: Identity | undefined
  /** Why there is none although there is a file; '' otherwise. */
  problem: string
}

/** Certificate, chain and key in one file, so that a power cut never parts them. Readable by our user alone (0600). */
export async function writeOwnFile(file: string, identity: Identity, seal: KeySeal | undefined): Promise<void> {
  const key = seal ? pem(SEALED, await seal.seal(identity.key)) : identity.key
  writeDurably(file, `${identity.certificate}${key}`)
}

export async function readOwnFile(file: string, seal: KeySeal | undefined): Promise<OwnFile> {
  const text = readIfPresent(file)
  if (text === undefined) return { identity: undefined, problem: '' }
  const blocks = pemBlocks(text)
  const certificate = blocks.filter(({ label }) => label === 'CERTIFICATE')
  const plain = blocks.find(({ label }) => label.endsWith('PRIVATE KEY') && label !== SEALED)
  const sealed = blocks.find(({ label }) => label === SEALED)
  try {
    const key = plain?.text ?? (sealed && seal ? await seal.open(sealed.bytes) : undefined)
    if (key === undefined && sealed) return { identity: undefined, problem: ELSEWHERE }
    const [leaf] = certificate
    if (key === undefined || !leaf) return { identity: undefined, problem: DAMAGED }
    if (!new X509Certificate(leaf.bytes).checkPrivateKey(createPrivateKey(key)))
      return { identity: undefined, problem: DAMAGED }
    return { identity: { certificate: certificate.map((block) => block.text).join(''), key }, problem: '' }
  } catch {
    return { identity: undefined, problem: sealed ? ELSEWHERE : DAMAGED }
  }
}

const DAMAGED = 'The file of our certificate is damaged. Make a new certificate, or import the old one again.'
const ELSEWHERE =
  'The key of our certificate was locked by the password store of another user or program. Start that one, or make a new certificate here.'

function readIfPresent(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
}
