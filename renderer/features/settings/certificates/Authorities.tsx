import { FilePlus2, Trash2 } from 'lucide-react'
import { useRef, useState } from 'react'
import type { CertificateInfo, CertificatesView } from '#shared/contract/certificates.ts'
import { client } from '../../../api/client.ts'
import { Button } from '../../../ui/Button.tsx'
import { IconButton } from '../../../ui/IconButton.tsx'
import { showToast } from '../../../ui/toast.ts'
import settingsCss from '../SettingsPage.module.css'
import { CertificateFacts, Expiry } from './CertificateFacts.tsx'
import css from './Certificates.module.css'
import { CERTIFICATE_FILES } from './FilePicker.tsx'
import { readBase64, tooLarge } from './readBase64.ts'
import { said } from './said.ts'

/** Whom we believe: for servers that ask for it, and for callers that must show a certificate. */
export function Authorities({ certificates }: { certificates: CertificatesView }) {
  const { authorities, fixed } = certificates
  const input = useRef<HTMLInputElement>(null)
  const [opened, setOpened] = useState<string>()
  const isFixed = fixed.includes('authorities')
  return (
    <div className={css.group}>
      <h3 className={css.heading}>Authorities that we trust</h3>
      {authorities.length === 0 ? (
        <p className="secondary">None yet. Add the certificate of the clinic’s authority, or of each vendor’s.</p>
      ) : (
        <ul className={css.authorities} aria-label="Authorities">
          {authorities.map((one) => (
            <Authority
              key={one.fingerprint}
              certificate={one}
              isOpen={opened === one.fingerprint}
              isFixed={isFixed}
              onOpen={() => setOpened(opened === one.fingerprint ? undefined : one.fingerprint)}
            />
          ))}
        </ul>
      )}
      {isFixed && <p className={settingsCss.help}>The command line names these authorities; they are changed there.</p>}
      {!isFixed && (
        <div className={settingsCss.row}>
          <Button icon={FilePlus2} onClick={() => input.current?.click()}>
            Add authorities
          </Button>
          <span className={settingsCss.help}>PEM, DER or a bundle of many.</span>
          <input
            ref={input}
            type="file"
            hidden
            accept={CERTIFICATE_FILES}
            aria-label="Certificate of an authority"
            onChange={(event) => {
              const [file] = event.target.files ?? []
              if (file) void add(file)
              event.target.value = ''
            }}
          />
        </div>
      )}
    </div>
  )
}

interface AuthorityProps {
  certificate: CertificateInfo
  isOpen: boolean
  isFixed: boolean
  onOpen(): void
}

function Authority({ certificate, isOpen, isFixed, onOpen }: AuthorityProps) {
  return (
    <li className={css.authority}>
      <div className={css.authorityLine}>
        <button type="button" className={css.authorityName} aria-expanded={isOpen} onClick={onOpen}>
          <span className="ellipsis">{certificate.subject}</span>
          <span className={css.expiry}>
            <Expiry certificate={certificate} />
          </span>
        </button>
        {!isFixed && (
          <IconButton label={`Remove ${certificate.subject}`} icon={Trash2} onClick={() => void remove(certificate)} />
        )}
      </div>
      {isOpen && <CertificateFacts certificate={certificate} />}
    </li>
  )
}

async function add(file: File): Promise<void> {
  const problem = tooLarge([file])
  if (problem) {
    showToast({ tone: 'bad', message: problem })
    return
  }
  const done = await said(client.certificates.addAuthorities({ file: await readBase64(file) }))
  if (!done) return
  const added = done.added === 1 ? 'Added 1 authority' : `Added ${done.added} authorities`
  showToast({ tone: 'ok', message: `${added}${done.known > 0 ? `, ${done.known} known already` : ''}.` })
}

/** Undo rather than ask: it comes back as it was. */
async function remove({ fingerprint, subject }: CertificateInfo): Promise<void> {
  const kept = await said(client.certificates.exportAuthority({ fingerprint }))
  if (!kept || !(await said(client.certificates.removeAuthority({ fingerprint })))) return
  const onAct = () => void said(client.certificates.addAuthorities({ file: btoa(kept.pem) }))
  showToast({ icon: Trash2, message: `Removed ${subject}`, action: { label: 'Undo', undo: true, onAct } })
}
