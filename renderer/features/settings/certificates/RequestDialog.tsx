import { useState } from 'react'
import type { CertificatesView } from '#shared/contract/certificates.ts'
import { client } from '../../../api/client.ts'
import { saveText } from '../../../app/saveText.ts'
import { Button } from '../../../ui/Button.tsx'
import { Dialog } from '../../../ui/Dialog.tsx'
import { showToast } from '../../../ui/toast.ts'
import settingsCss from '../SettingsPage.module.css'
import { nameList, type Subject, SubjectFields, subjectProblem } from './SubjectFields.tsx'
import { said } from './said.ts'

/** PKCS#10, made with the key that we have. */
export function RequestDialog({ own, onClose }: { own: NonNullable<CertificatesView['own']>; onClose(): void }) {
  const [subject, setSubject] = useState<Subject>({
    commonName: own.certificate.subject.replace(/^.*?CN=([^,]*).*$/, '$1').slice(0, 64),
    names: own.certificate.names.join(', '),
  })
  const isRight = subject.commonName.trim() !== '' && !subjectProblem(subject)
  const make = async () => {
    const { commonName } = subject
    const made = await said(client.certificates.request({ commonName, names: nameList(subject) }))
    if (!made) return
    saveText('negatoscope-request.csr', made.pem, 'application/x-pem-file')
    showToast({ tone: 'ok', message: 'The request is saved. Send it to the authority and import what it answers.' })
    onClose()
  }
  return (
    <Dialog
      title="Request for an authority"
      width={560}
      onClose={onClose}
      footer={
        <>
          <span className={settingsCss.grow} />
          <Button variant="plain" onClick={onClose}>
            Cancel
          </Button>
          <Button variant="primary" disabled={!isRight} onClick={() => void make()}>
            Save the request
          </Button>
        </>
      }
    >
      <div className={settingsCss.section}>
        <p className="secondary">
          A file (PKCS#10) for the clinic’s authority. It answers with a certificate: import that here, alone. Until
          then the certificate of now stays in use. The private key stays here.
        </p>
        <SubjectFields subject={subject} onChange={setSubject} />
      </div>
    </Dialog>
  )
}
