import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync } from 'node:fs'
import { dirname } from 'node:path'
import type { KeySeal } from '#electron/certificates/keySeal.ts'
import { pem, pemBlocks } from '#electron/certificates/pem.ts'
import { writeDurably } from '#electron/settings/writeDurably.ts'
import { ApiError } from '#shared/contract/errors.ts'

const SEALED = 'NEGATOSCOPE SEALED PROFILE KEY'
const PUBLIC = 'PUBLIC KEY'

/** The key that this workstation signs profiles with; made when it is first needed. 0600, sealed where the host can. */
export async function signingKey(file: string, seal: KeySeal | undefined): Promise<KeyObject> {
  if (!existsSync(file)) await make(file, seal)
  const [block] = pemBlocks(readFileSync(file, 'utf8'))
  try {
    if (block?.label !== SEALED) return createPrivateKey(block?.text ?? '')
    if (seal) return createPrivateKey(await seal.open(block.bytes))
  } catch {
    // the same words as where there is no store at all
  }
  throw new ApiError(
    'invalid-input',
    'The key that signs profiles cannot be read: it was locked by another user or program, or its file is damaged. Move profile-key.pem out of the configuration folder to sign with a new key.',
  )
}

/** DER. Without opening the seal; undefined where there is no key, or where it was made before its public half was kept. */
export function publicKeyOf(file: string): Buffer | undefined {
  if (!existsSync(file)) return undefined
  try {
    const blocks = pemBlocks(readFileSync(file, 'utf8'))
    const half = blocks.find(({ label }) => label === PUBLIC)
    if (half) return half.bytes
    const [first] = blocks
    if (!first || first.label === SEALED) return undefined
    return createPublicKey(createPrivateKey(first.text)).export({ type: 'spki', format: 'der' })
  } catch {
    return undefined
  }
}

async function make(file: string, seal: KeySeal | undefined): Promise<void> {
  mkdirSync(dirname(file), { recursive: true })
  const { privateKey, publicKey } = generateKeyPairSync('ed25519')
  const text = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()
  const half = pem(PUBLIC, publicKey.export({ type: 'spki', format: 'der' }))
  writeDurably(file, `${seal ? pem(SEALED, await seal.seal(text)) : text}${half}`)
}
