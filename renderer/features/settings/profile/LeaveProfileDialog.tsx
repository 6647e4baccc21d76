import { client } from '../../../api/client.ts'
import { Button } from '../../../ui/Button.tsx'
import { Dialog } from '../../../ui/Dialog.tsx'
import { showToast } from '../../../ui/toast.ts'
import { said } from '../certificates/said.ts'
import settingsCss from '../SettingsPage.module.css'

/** One click must not unlock what a site locked: its file is needed to follow it again. */
export function LeaveProfileDialog({ name, onClose }: { name: string; onClose(): void }) {
  const leave = async () => {
    if (!(await said(client.site.leave({})))) return
    showToast({ message: `This workstation follows ${name} no more.` })
    onClose()
  }
  return (
    <Dialog
      title={`Leave ${name}?`}
      width={480}
      onClose={onClose}
      footer={
        <>
          <span className={settingsCss.grow} />
          <Button variant="plain" autoFocus onClick={onClose}>
            Cancel
          </Button>
          <Button variant="danger" onClick={() => void leave()}>
            Leave it
          </Button>
        </>
      }
    >
      <p>
        Its servers, devices and settings stay as they are; what it locked can be changed here, and newer profiles no
        longer come into force. Its file is needed to follow it again.
      </p>
    </Dialog>
  )
}
