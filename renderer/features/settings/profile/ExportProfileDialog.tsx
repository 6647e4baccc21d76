import { useState } from 'react'
import type { ProfileParts } from '#shared/contract/siteProfile.ts'
import { client } from '../../../api/client.ts'
import { saveText } from '../../../app/saveText.ts'
import { Button } from '../../../ui/Button.tsx'
import { Checkbox } from '../../../ui/Checkbox.tsx'
import { Dialog } from '../../../ui/Dialog.tsx'
import { TextField } from '../../../ui/TextField.tsx'
import certificatesCss from '../certificates/Certificates.module.css'
import { said } from '../certificates/said.ts'
import settingsCss from '../SettingsPage.module.css'

const parts: readonly { part: keyof ProfileParts; label: string; locked: string }[] = [
  { part: 'servers', label: 'Servers', locked: 'Nobody can change them there' },
  { part: 'devices', label: 'Devices', locked: 'Nobody can change them there' },
  { part: 'settings', label: 'Checks, services, limits and timeouts', locked: 'Nobody can change them there' },
]
const all: ProfileParts = { servers: true, devices: true, settings: true }
const none: ProfileParts = { servers: false, devices: false, settings: false }

/** Names and ports of this workstation, certificates, passwords and looks are never in it. */
export function ExportProfileDialog({ name: followed, onClose }: { name: string; onClose(): void }) {
  const [name, setName] = useState(followed)
  const [include, setInclude] = useState(all)
  const [locks, setLocks] = useState(none)
  const [fingerprint, setFingerprint] = useState<string>()
  const isEmpty = !Object.values(include).some(Boolean)
  const exportIt = async () => {
    const made = await said(client.site.export({ name, include, locks }))
    if (!made) return
    saveText('negatoscope-site-profile.json', made.text, 'application/json')
    setFingerprint(made.fingerprint)
  }
  return (
    <Dialog
      title="Export a site profile"
      width={560}
      onClose={onClose}
      footer={
        <>
          <span className={settingsCss.grow} />
          <Button variant="plain" onClick={onClose}>
            {fingerprint ? 'Close' : 'Cancel'}
          </Button>
          <Button variant="primary" disabled={name.trim() === '' || isEmpty} onClick={() => void exportIt()}>
            Export
          </Button>
        </>
      }
    >
      <div className={settingsCss.section}>
        <TextField label="Name of the site" value={name} maxLength={64} onChange={setName} />
        {parts.map(({ part, label, locked }) => (
          <div key={part} className={settingsCss.row}>
            <Checkbox
              label={label}
              checked={include[part]}
              onChange={(value) => setInclude({ ...include, [part]: value })}
            />
            <span className={settingsCss.grow} />
            <Checkbox
              label={locked}
              checked={include[part] && locks[part]}
              disabled={!include[part]}
              onChange={(value) => setLocks({ ...locks, [part]: value })}
            />
          </div>
        ))}
        <p className={settingsCss.help}>
          AE title, ports, folders, certificates, passwords and looks belong to each workstation and are never in it.
        </p>
        {fingerprint && (
          <div role="status">
            <p>Exported. Whoever follows it compares this fingerprint:</p>
            <p className={`mono ${certificatesCss.fingerprint}`}>{fingerprint}</p>
          </div>
        )}
      </div>
    </Dialog>
  )
}
