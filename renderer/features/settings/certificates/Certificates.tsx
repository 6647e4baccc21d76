import type { SettingsView } from '#shared/contract/settings.ts'
import { useCertificates, useStatus } from '../../../api/workstation.ts'
import { Bars } from '../../../ui/Bars.tsx'
import { StatusWord } from '../../../ui/StatusWord.tsx'
import { Authorities } from './Authorities.tsx'
import css from './Certificates.module.css'
import { OwnCertificate } from './OwnCertificate.tsx'
import { SecureListening } from './SecureListening.tsx'

/** R016, R017, R060: who we are and whom we trust over TLS, and the port where we are called over it. */
export function Certificates({ view }: { view: SettingsView }) {
  const certificates = useCertificates()
  const warnings = useStatus()?.certificates ?? []
  if (!certificates) return <Bars rows={4} />
  return (
    <>
      {warnings.length > 0 && (
        <ul className={css.warnings} role="alert">
          {warnings.map(({ ended, sentence }) => (
            <li key={sentence}>
              <StatusWord wraps status={ended ? 'failed' : 'attention'}>
                {sentence}
              </StatusWord>
            </li>
          ))}
        </ul>
      )}
      <SecureListening view={view} certificates={certificates} />
      <OwnCertificate certificates={certificates} />
      <Authorities certificates={certificates} />
    </>
  )
}
