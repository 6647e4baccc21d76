import { adviceFor } from '../adviceFor.ts'
import { serviceProposal } from '../proposal.ts'
import type { Stage } from '../stage.ts'

/** PS3.8 9.3: let in, or refused with result, source and reason. Without TLS the stage before has asked already. */
export const association: Stage = {
  stage: 'association',
  title: () => 'Association',
  async run(context, signal) {
    const { found, parts, peer, server } = context
    const startedAt = performance.now()
    if (!found.association) {
      try {
        const negotiated = await parts.node.negotiate(peer, serviceProposal(server.queryRetrieve), signal)
        found.association = { negotiated, elapsedMs: performance.now() - startedAt }
      } catch (error) {
        found.association = { error, elapsedMs: performance.now() - startedAt }
      }
    }
    const { negotiated, error, elapsedMs } = found.association
    if (negotiated) {
      found.implementation = negotiated.implementation
      const as = negotiated.implementation ? ` by ${negotiated.implementation}` : ''
      return { result: 'pass', elapsedMs, detail: `accepted as ${peer.callingAETitle}${as}` }
    }
    const { detail, advice, code } = adviceFor(context, error)
    // In TLS 1.3 a server judges our certificate only after the handshake is done for us (RFC 8446 4.4.2.4).
    const isOfTls = peer.tls !== undefined && (code === 'TLS' || code === 'LOST')
    return { result: 'fail', ends: true, elapsedMs, detail, advice, ...(isOfTls ? { blames: 'tls' as const } : {}) }
  },
}
