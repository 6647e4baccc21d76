import { createHash, createPublicKey, type KeyObject, sign, verify } from 'node:crypto'
import { z } from 'zod'
import { ApiError } from '#shared/contract/errors.ts'
import { type SiteProfile, siteProfile } from '#shared/contract/siteProfile.ts'
import { canonicalJson } from './canonicalJson.ts'

export interface SignedProfile {
  profile: SiteProfile
  fingerprint: string
  /** As it came; what is kept. */
  text: string
}

const FORMAT = 'negatoscope-site-profile-1'

const envelope = z.object({
  format: z.literal(FORMAT),
  profile: z.record(z.string(), z.unknown()),
  /** DER, base64. */
  signer: z.string().max(200),
  signature: z.string().max(200),
})

const refuse = (message: string) => new ApiError('invalid-input', message, { field: 'text' })

/** Ed25519 over the canonical JSON of the profile, with the format's name before it. */
export function signProfile(profile: SiteProfile, key: KeyObject): SignedProfile {
  const publicKey = createPublicKey(key)
  const signer = publicKey.export({ type: 'spki', format: 'der' })
  const signature = sign(null, signed(profile), key).toString('base64')
  const text = JSON.stringify({ format: FORMAT, profile, signer: signer.toString('base64'), signature }, undefined, 2)
  return { profile, fingerprint: fingerprintOf(signer), text: `${text}\n` }
}

/** Throws ApiError `invalid-input` in words for what is no profile, was changed, or comes from a later program. */
export function readSignedProfile(text: string): SignedProfile {
  const outer = envelope.safeParse(parse(text))
  if (!outer.success) throw refuse('This file is no site profile. Export one on the workstation that is set up.')
  const { profile, signer, signature } = outer.data
  const der = Buffer.from(signer, 'base64')
  if (!isSignedBy(der, profile, signature))
    throw refuse('The signature does not match: the profile was changed after it was signed. Ask for it again.')
  const inner = siteProfile.safeParse(profile)
  if (inner.success) return { profile: inner.data, fingerprint: fingerprintOf(der), text }
  const [issue] = inner.error.issues
  throw refuse(
    `This profile has a value that is not known here (${issue?.path.join('.') ?? 'its form'}). Update first.`,
  )
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function isSignedBy(der: Buffer, profile: unknown, signature: string): boolean {
  try {
    const key = createPublicKey({ key: der, format: 'der', type: 'spki' })
    return key.asymmetricKeyType === 'ed25519' && verify(null, signed(profile), key, Buffer.from(signature, 'base64'))
  } catch {
    return false
  }
}

const signed = (profile: unknown) => Buffer.from(`${FORMAT}\n${canonicalJson(profile)}`)

/** As certificates are compared by eye: pairs of digits. */
export const fingerprintOf = (der: Buffer) =>
  (createHash('sha256').update(der).digest('hex').toUpperCase().match(/../g) ?? []).join(':')
