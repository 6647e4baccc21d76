import { client } from '../../../api/client.ts'
import { Button } from '../../../ui/Button.tsx'
import { Dialog } from '../../../ui/Dialog.tsx'
import settingsCss from '../SettingsPage.module.css'
import { said } from './said.ts'

/** Asked, not undone: the key is gone for good. */
export function RemoveDialog({ onClose }: { onClose(): void }) {
  const remove = async () => {
    if (await said(client.certificates.removeOwn({}))) onClose()
  }
  return (
    <Dialog
      title="Remove the certificate of this workstation?"
      width={520}
      onClose={onClose}
      footer={
        <>
          <span className={settingsCss.grow} />
          <Button autoFocus onClick={onClose}>
            Keep it
          </Button>
          <Button variant="danger" onClick={() => void remove()}>
            Remove certificate and key
          </Button>
        </>
      }
    >
      <p>
        The private key is deleted and cannot be brought back. Devices can no longer call over TLS, and servers that
        want a certificate of ours refuse us.
      </p>
    </Dialog>
  )
}
