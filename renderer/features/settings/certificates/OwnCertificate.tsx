import { FileDown, FilePlus2, FileUp, ScrollText, Trash2 } from 'lucide-react'
import { useState } from 'react'
import type { CertificatesView } from '#shared/contract/certificates.ts'
import { client } from '../../../api/client.ts'
import { saveText } from '../../../app/saveText.ts'
import { Button } from '../../../ui/Button.tsx'
import { Card } from '../../../ui/Card.tsx'
import { StatusWord } from '../../../ui/StatusWord.tsx'
import settingsCss from '../SettingsPage.module.css'
import { CertificateFacts } from './CertificateFacts.tsx'
import css from './Certificates.module.css'
import { CreateDialog } from './CreateDialog.tsx'
import { ImportDialog } from './ImportDialog.tsx'
import { RemoveDialog } from './RemoveDialog.tsx'
import { RequestDialog } from './RequestDialog.tsx'
import { said } from './said.ts'

type Opened = 'create' | 'import' | 'request' | 'remove' | undefined

export function OwnCertificate({ certificates }: { certificates: CertificatesView }) {
  const [opened, setOpened] = useState<Opened>()
  const { own, problem, fixed } = certificates
  const isFixed = fixed.includes('own')
  const exportOwn = async () => {
    const found = await said(client.certificates.exportOwn({}))
    if (found) saveText('negatoscope-certificate.pem', found.pem, 'application/x-pem-file')
  }
  return (
    <div className={css.group}>
      <h3 className={css.heading}>Certificate of this workstation</h3>
      {problem && (
        <StatusWord wraps status="failed">
          {problem}
        </StatusWord>
      )}
      {own ? (
        <Card className={css.card}>
          <CertificateFacts certificate={own.certificate} />
          <p className={settingsCss.help}>Its private key: {own.keyKept}</p>
        </Card>
      ) : (
        <p className="secondary">
          None yet. It proves to devices and servers who this workstation is, and is needed to be called over TLS.
        </p>
      )}
      {isFixed && <p className={settingsCss.help}>The command line names this certificate; it is changed there.</p>}
      <div className={settingsCss.row}>
        {!isFixed && (
          <>
            <Button icon={FilePlus2} onClick={() => setOpened('create')}>
              {own ? 'Make a new one' : 'Make a certificate'}
            </Button>
            <Button icon={FileUp} onClick={() => setOpened('import')}>
              Import
            </Button>
          </>
        )}
        {own && (
          <>
            <Button icon={FileDown} onClick={() => void exportOwn()}>
              Export
            </Button>
            <Button icon={ScrollText} onClick={() => setOpened('request')}>
              Request for an authority
            </Button>
          </>
        )}
        {own && !isFixed && (
          <Button icon={Trash2} variant="plain" onClick={() => setOpened('remove')}>
            Remove
          </Button>
        )}
      </div>
      {opened === 'create' && <CreateDialog certificates={certificates} onClose={() => setOpened(undefined)} />}
      {opened === 'import' && <ImportDialog replaces={own !== null} onClose={() => setOpened(undefined)} />}
      {opened === 'request' && own && <RequestDialog own={own} onClose={() => setOpened(undefined)} />}
      {opened === 'remove' && <RemoveDialog onClose={() => setOpened(undefined)} />}
    </div>
  )
}
