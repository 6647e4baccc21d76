import { expiryState, expiryWords } from '#shared/certificates/expiry.ts'
import type { CertificateInfo, CertificatesView } from '#shared/contract/certificates.ts'
import type { ServerRow } from '#shared/contract/servers.ts'
import type { Status } from '#shared/contract/settings.ts'

/** What has ended or will within 30 days, worst first, and who puts it right. */
export function certificateWarnings(
  { own, problem, authorities }: Pick<CertificatesView, 'own' | 'problem' | 'authorities'>,
  servers: readonly ServerRow[],
  now: number = Date.now(),
): Status['certificates'] {
  const found: Status['certificates'] = problem ? [{ ended: true, sentence: problem }] : []
  const look = (certificate: CertificateInfo, whose: string, remedy: string) => {
    const state = expiryState(certificate, now)
    if (state !== 'good')
      found.push({ ended: state !== 'soon', sentence: `${whose} ${expiryWords(certificate, now)}. ${remedy}` })
  }
  if (own) look(own.certificate, 'The certificate of this workstation', 'Renew it under Settings, Certificates.')
  for (const authority of authorities)
    look(authority, `The authority ${authority.subject}`, 'Add its successor under Settings, Certificates.')
  for (const { name, tls, lastTest } of servers)
    if (tls && lastTest?.security)
      look(lastTest.security.certificate, `The certificate of ${name}`, 'Its administrator must renew it.')
  return found.toSorted((a, b) => Number(b.ended) - Number(a.ended))
}
