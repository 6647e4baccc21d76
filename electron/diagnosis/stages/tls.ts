import type { Security } from '#electron/dicom/tls/peerTls.ts'
import { expiryState, expiryWords } from '#shared/certificates/expiry.ts'
import { adviceFor } from '../adviceFor.ts'
import { certificateCommand } from '../commandLines.ts'
import { notRun, type Stage } from '../stage.ts'

/** The handshake and the judgement of the certificate: chain, name, dates. Nothing is sent. */
export const tls: Stage = {
  stage: 'tls',
  title: () => 'TLS',
  async run(context, signal) {
    const { peer, server, parts, found, call } = context
    if (!peer.tls) return notRun('switched off for this server')
    try {
      const { security } = await parts.node.lookAtCertificate(peer, signal)
      found.security = { ...security, verified: server.verifyCertificate }
      const detail = `${security.protocol}, ${security.certificate.subject}`
      const { certificate } = security
      const unchecked = !server.verifyCertificate
      if (!unchecked && expiryState(certificate) === 'good') return { result: 'pass', detail }
      return {
        result: 'warn',
        detail,
        advice: {
          what: unchecked
            ? 'Encrypted, but nobody checked who answers.'
            : `The certificate of ${call.serverName} ${expiryWords(certificate)}.`,
          who: unchecked ? 'you' : 'administrator',
          how: unchecked ? 'Tick Verify server certificate, or pin its certificate.' : 'The administrator renews it.',
          values: [{ label: 'SHA-256', value: certificate.fingerprint }],
          commands: [certificateCommand(peer.host, peer.port, peer.tls.expectedName || peer.host)],
        },
      }
    } catch (error) {
      const { security } = ((error ?? {}) as { details?: { security?: Security } }).details ?? {}
      if (security) found.security = { ...security, verified: false }
      const { detail, advice } = adviceFor(context, error)
      const values = security ? [{ label: 'SHA-256', value: security.certificate.fingerprint }] : []
      return { result: 'fail', ends: true, detail, advice: { ...advice, values } }
    }
  },
}
