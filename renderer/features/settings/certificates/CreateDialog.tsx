import { useState } from 'react'
import type { CertificatesView } from '#shared/contract/certificates.ts'
import { client } from '../../../api/client.ts'
import { Button } from '../../../ui/Button.tsx'
import { Dialog } from '../../../ui/Dialog.tsx'
import { NumberField } from '../../../ui/NumberField.tsx'
import { showToast } from '../../../ui/toast.ts'
import settingsCss from '../SettingsPage.module.css'
import { nameList, type Subject, SubjectFields, subjectProblem } from './SubjectFields.tsx'
import { said } from './said.ts'

/** Key and certificate, signed by itself. */
export function CreateDialog({ certificates, onClose }: { certificates: CertificatesView; onClose(): void }) {
  const { suggestedNames, own } = certificates
  const [subject, setSubject] = useState<Subject>({
    commonName: (suggestedNames[0] ?? 'negatoscope').slice(0, 64),
    names: suggestedNames.join(', '),
  })
  const [years, setYears] = useState<number | undefined>(2)
  const [isMaking, setMaking] = useState(false)
  const yearsProblem = years !== undefined && years >= 1 && years <= 10 ? undefined : 'From 1 to 10 years.'
  const isRight = subject.commonName.trim() !== '' && !subjectProblem(subject) && !yearsProblem
  const make = async () => {
    if (years === undefined) return
    setMaking(true)
    const { commonName } = subject
    const made = await said(client.certificates.create({ commonName, names: nameList(subject), years }))
    setMaking(false)
    if (!made) return
    showToast({ tone: 'ok', message: 'The certificate is in use from the next connection on.' })
    onClose()
  }
  return (
    <Dialog
      title={own ? 'Make a new certificate' : 'Make a certificate'}
      width={560}
      onClose={onClose}
      footer={
        <>
          <span className={settingsCss.grow} />
          <Button variant="plain" onClick={onClose}>
            Cancel
          </Button>
          <Button variant="primary" disabled={!isRight || isMaking} aria-busy={isMaking} onClick={() => void make()}>
            {isMaking ? 'Making the key' : 'Make it'}
          </Button>
        </>
      }
    >
      <div className={settingsCss.section}>
        <p className="secondary">
          It is signed by itself: everyone who shall trust it adds it to their list. Where the clinic has an authority,
          make a request for it afterwards.
          {own && ' The one before is gone then: whoever trusts it must be given the new one.'}
        </p>
        <SubjectFields subject={subject} onChange={setSubject} />
        <NumberField label="Valid for" unit="years" value={years} onChange={setYears} error={yearsProblem} />
      </div>
    </Dialog>
  )
}
