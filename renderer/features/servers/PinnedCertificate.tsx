import { Eye } from 'lucide-react'
import { useState } from 'react'
import { expiryWords } from '#shared/certificates/expiry.ts'
import type { CertificateInfo } from '#shared/contract/certificates.ts'
import { ApiError } from '#shared/contract/errors.ts'
import { client } from '../../api/client.ts'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { CertificateFacts, Fingerprint } from '../settings/certificates/CertificateFacts.tsx'
import { type Draft, fieldLabels } from './fields.ts'
import css from './ServerEditor.module.css'

interface PinnedCertificateProps {
  /** Whose certificate is looked at, and the one that is pinned. */
  values: Pick<Draft, 'host' | 'port' | 'expectedName' | 'pinnedCertificate'>
  label?: string
  error: string | undefined
  onChange(change: Pick<Draft, 'pinnedCertificate'>): void
}

/** A person looks at what the server shows, compares it with what its administrator says, and pins it. */
export function PinnedCertificate({ values, label, error, onChange }: PinnedCertificateProps) {
  const [found, setFound] = useState<CertificateInfo>()
  const [failure, setFailure] = useState('')
  const [isLooking, setLooking] = useState(false)
  const { host, port, expectedName, pinnedCertificate } = values
  const look = async () => {
    if (port === undefined) return
    setLooking(true)
    setFailure('')
    try {
      setFound((await client.certificates.look({ host, port, expectedName })).certificate)
    } catch (problem) {
      setFailure(problem instanceof ApiError ? problem.message : 'The server could not be looked at. Try again.')
    } finally {
      setLooking(false)
    }
  }
  return (
    <div>
      <div className={css.label}>{label ?? fieldLabels.pinnedCertificate}</div>
      <div className={`mono ${css.pin}`}>
        {pinnedCertificate ? <Fingerprint text={pinnedCertificate} /> : 'None yet'}
      </div>
      <Button
        size="small"
        icon={Eye}
        aria-busy={isLooking}
        disabled={isLooking || port === undefined}
        onClick={() => void look()}
      >
        {isLooking ? 'Looking' : 'Look at its certificate'}
      </Button>
      {(failure || error) && (
        <div className={css.problem} role="alert">
          {failure || error}
        </div>
      )}
      {found && (
        <Dialog
          title="What the server shows"
          width={600}
          onClose={() => setFound(undefined)}
          footer={
            <>
              <span className={css.grow} />
              <Button variant="plain" onClick={() => setFound(undefined)}>
                Cancel
              </Button>
              <Button
                variant="primary"
                onClick={() => {
                  onChange({ pinnedCertificate: found.fingerprint })
                  setFound(undefined)
                }}
              >
                Pin this certificate
              </Button>
            </>
          }
        >
          <div className={css.look}>
            <p>
              Ask its administrator for the SHA-256 fingerprint and compare it. Whoever sits between us and the server
              could show another one.
            </p>
            <CertificateFacts certificate={found} />
            {found.fingerprint === pinnedCertificate && <p className="secondary">This one is pinned already.</p>}
            <p className="secondary">It {expiryWords(found)}; after that a new one has to be pinned.</p>
          </div>
        </Dialog>
      )}
    </div>
  )
}
