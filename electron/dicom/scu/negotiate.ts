import type { Negotiated, Peer, Proposed } from '../nodeApi.ts'
import { Requestor } from './requestor.ts'

/** PS3.8 9.3.2.2: presentation context IDs are odd, so there are 128 of them. */
const MOST = 128
const NO_REASON = 2

/** Opens an association, asks nothing, releases it. Rejects with AssociationError where there is none. */
export async function negotiate(peer: Peer, proposed: Proposed[], signal: AbortSignal): Promise<Negotiated> {
  const contexts = proposed.slice(0, MOST).map((context, index) => ({ id: 2 * index + 1, ...context }))
  const startedAt = performance.now()
  const requestor = await Requestor.open(peer, contexts, signal, { mayAcceptNone: true })
  const elapsedMs = performance.now() - startedAt
  await requestor.release()
  return {
    elapsedMs,
    implementation: requestor.implementation,
    maxPduLength: requestor.pduLength,
    security: requestor.security,
    contexts: contexts.map(({ id, abstractSyntax }) => {
      const accepted = requestor.contexts.get(id)
      if (accepted) return { abstractSyntax, result: 0, transferSyntax: accepted.transferSyntax }
      const answer = requestor.answers.find((one) => one.id === id)
      // Accepted in a syntax that was not offered is as good as refused.
      return { abstractSyntax, result: answer?.result || NO_REASON, transferSyntax: '' }
    }),
  }
}
