import { X509Certificate } from 'node:crypto'
import { describeCertificate } from '#electron/certificates/describeCertificate.ts'
import type { Identity, Security } from '#electron/dicom/tls/peerTls.ts'
import { expiryState, expiryWords } from '#shared/certificates/expiry.ts'
import type { CertificateInfo } from '#shared/contract/certificates.ts'
import type { Advice } from '#shared/contract/diagnosis.ts'
import { adviceFor } from '../adviceFor.ts'
import { certificateCommand } from '../commandLines.ts'
import { type DiagnosisContext, notRun, type Stage } from '../stage.ts'

/** The handshake and the judgement of the certificate: chain, name, dates. Nothing is sent. */
export const tls: Stage = {
  stage: 'tls',
  title: () => 'TLS',
  async run(context, signal) {
    const { peer, server, parts, found } = context
    if (!peer.tls) return notRun('switched off for this server')
    const ours = ownCertificate(peer.tls.identity)
    try {
      const { security } = await parts.node.lookAtCertificate(peer, signal)
      found.security = { ...security, verified: server.verifyCertificate }
      const { certificate, protocol } = security
      const by = certificate.selfSigned ? 'made by itself' : `made by ${certificate.issuer}`
      const detail = `${protocol}, ${certificate.subject}, ${by}, ${expiryWords(certificate)}`
      const advice = weakness(context, certificate, ours)
      return advice ? { result: 'warn', detail, advice } : { result: 'pass', detail }
    } catch (error) {
      const { security } = ((error ?? {}) as { details?: { security?: Security } }).details ?? {}
      if (security) found.security = { ...security, verified: false }
      const { detail, advice } = adviceFor(context, error)
      const values = security ? [{ label: 'SHA-256', value: security.certificate.fingerprint }] : []
      // A server that refuses ours seldom says why; an end of ours is why often enough.
      const ended = ours && expiryState(ours) === 'ended' && !security ? ourEnd(context, ours) : undefined
      return { result: 'fail', ends: true, detail, advice: { ...advice, ...ended, values } }
    }
  },
}

/** What works today and should not stay so; what is open to everybody comes before what ends on a day. */
function weakness(
  context: DiagnosisContext,
  certificate: CertificateInfo,
  ours: CertificateInfo | undefined,
): Advice | undefined {
  const { peer, server, call } = context
  const values = [{ label: 'SHA-256', value: certificate.fingerprint }]
  const commands = [certificateCommand(peer.host, peer.port, peer.tls?.expectedName || peer.host)]
  const ends = `The certificate of ${call.serverName} ${expiryWords(certificate)}.`
  if (!server.verifyCertificate)
    return {
      what: `Encrypted, but nobody checked who answers.${expiryState(certificate) === 'good' ? '' : ` ${ends}`}`,
      who: 'you',
      how: 'Compare this fingerprint with its administrator, then tick Verify server certificate, or pin its certificate.',
      values,
      commands,
    }
  if (expiryState(certificate) !== 'good')
    return {
      what: `${ends} From then on nothing goes there.`,
      who: 'administrator',
      how:
        server.trust === 'pinned'
          ? 'The administrator renews it before that day; then pin the new one.'
          : 'The administrator renews it before that day.',
      values: [...values, { label: 'Made by', value: certificate.issuer }],
      commands,
    }
  return ours && expiryState(ours) !== 'good' ? { ...ourEnd(context, ours), commands } : undefined
}

function ourEnd({ call }: DiagnosisContext, ours: CertificateInfo): Omit<Advice, 'commands'> {
  return {
    what: `Our certificate, which ${call.serverName} asks for, ${expiryWords(ours)}.`,
    who: 'you',
    how: 'Make or import a new one under Settings, Certificates; where the server lists ours one by one, its administrator adds it.',
    values: [{ label: 'SHA-256 of ours', value: ours.fingerprint }],
  }
}

function ownCertificate(identity: Identity | undefined): CertificateInfo | undefined {
  return identity && describeCertificate(new X509Certificate(identity.certificate))
}
