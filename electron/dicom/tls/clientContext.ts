import { createHash } from 'node:crypto'
import { createSecureContext, getCACertificates, type SecureContext } from 'node:tls'
import type { Identity, Trust } from './peerTls.ts'
import { TLS_PROFILE } from './profile.ts'

/** Reading several hundred authorities takes 15 ms: not once an association. */
const KEPT = 8
const kept = new Map<string, SecureContext>()

/** What a call trusts and shows. The same choice gives the same context. */
export function clientContext(trust: Trust, identity: Identity | undefined): SecureContext {
  const key = createHash('sha256')
    .update(JSON.stringify([trust, identity]))
    .digest('base64')
  const known = kept.get(key)
  if (known) return known
  const context = createSecureContext({
    ...TLS_PROFILE,
    ca: authoritiesOf(trust),
    ...(identity ? { cert: identity.certificate, key: identity.key } : {}),
  })
  const [oldest] = kept.keys()
  if (kept.size >= KEPT && oldest !== undefined) kept.delete(oldest)
  kept.set(key, context)
  return context
}

/** Those of the operating system, those that come with the program, and NODE_EXTRA_CA_CERTS. */
function authoritiesOf(trust: Trust): string[] {
  if (trust.kind === 'authorities') return trust.certificates
  if (trust.kind !== 'system') return []
  return [...new Set([...getCACertificates('system'), ...getCACertificates('default')])]
}
