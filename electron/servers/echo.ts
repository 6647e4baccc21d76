import type { NodeApi } from '#electron/dicom/nodeApi.ts'
import type { Security } from '#electron/dicom/tls/peerTls.ts'
import type { Remote } from '#electron/threads/remote.ts'
import { expiryState, expiryWords } from '#shared/certificates/expiry.ts'
import type { EchoOutcome, ServerFields } from '#shared/contract/servers.ts'
import type { Settings } from '#shared/contract/settings.ts'
import { callContext } from './callContext.ts'
import { failureOf } from './failureSentence.ts'
import { type CallerCertificates, peerOf } from './peer.ts'

export interface EchoParts {
  node: Pick<Remote<NodeApi>, 'echo'>
  settings: Settings
  certificates: CallerCertificates
}

/** C-ECHO (PS3.4 annex A) with the answer in words. Never throws: a failed test is a result. */
export async function echo(parts: EchoParts, server: ServerFields, signal: AbortSignal): Promise<EchoOutcome> {
  const peer = peerOf(server, parts.settings, parts.certificates)
  const context = await callContext(peer)
  const startedAt = performance.now()
  const base = { at: Date.now(), ourAddress: context.ourAddress }
  try {
    const { elapsedMs, implementation, security } = await parts.node.echo(peer, signal)
    const answers = `${server.name} answers, in ${Math.max(1, Math.round(elapsedMs))} ms.`
    const technical = ['C-ECHO 0000', implementation, security && `${security.protocol}, ${security.cipher}`]
    return {
      ...base,
      ok: true,
      elapsedMs,
      sentence: [answers, ...(security ? securityWords(security, server) : [])].join(' '),
      technical: technical.filter(Boolean).join(', '),
      security: security ? { ...security, verified: server.verifyCertificate } : null,
    }
  } catch (error) {
    const { sentence, technical } = failureOf(error, context)
    const { security } = (error as { details?: { security?: Security } } | null)?.details ?? {}
    const elapsedMs = performance.now() - startedAt
    return {
      ...base,
      ok: false,
      elapsedMs,
      sentence,
      technical,
      security: security ? { ...security, verified: false } : null,
    }
  }
}

/** What a person should know although it works. */
function securityWords({ certificate }: Security, server: ServerFields): string[] {
  const unchecked = server.verifyCertificate ? [] : ['Encrypted, but nobody checked who answers.']
  if (expiryState(certificate) === 'good') return unchecked
  return [...unchecked, `Its certificate ${expiryWords(certificate)}: its administrator must renew it.`]
}
