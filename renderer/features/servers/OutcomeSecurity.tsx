import { ShieldCheck, ShieldOff } from 'lucide-react'
import type { EchoOutcome, ServerRow } from '#shared/contract/servers.ts'
import { Button } from '../../ui/Button.tsx'
import { CertificateFacts } from '../settings/certificates/CertificateFacts.tsx'
import css from './ConnectionTest.module.css'
import { useEditor } from './editorState.ts'

/** What the server showed over TLS: to be compared, and pinned where nobody vouches for it. */
export function OutcomeSecurity({ row, security }: { row: ServerRow; security: NonNullable<EchoOutcome['security']> }) {
  const change = useEditor((state) => state.change)
  const values = useEditor((state) => state.draft) ?? row
  const { verified, protocol, cipher, certificate } = security
  const Icon = verified ? ShieldCheck : ShieldOff
  const isPinned = values.trust === 'pinned' && values.pinnedCertificate === certificate.fingerprint
  const pin = () =>
    change(row, { trust: 'pinned', verifyCertificate: true, pinnedCertificate: certificate.fingerprint })
  return (
    <details className={css.security}>
      <summary>
        <Icon size={14} strokeWidth={1.75} aria-hidden="true" />
        {verified ? 'Encrypted, server verified' : 'Server not verified'}
        <span className={css.when}>{protocol}</span>
      </summary>
      <div className={css.securityFacts}>
        <CertificateFacts certificate={certificate} />
        <p className={css.help}>{cipher}</p>
        {!verified && !isPinned && (
          <>
            <p className={css.help}>Pin it once its administrator has confirmed the SHA-256 fingerprint.</p>
            <div>
              <Button size="small" onClick={pin}>
                Pin this certificate
              </Button>
            </div>
          </>
        )}
      </div>
    </details>
  )
}
