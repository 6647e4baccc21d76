import { useState } from 'react'
import type { ProfileParts } from '#shared/contract/siteProfile.ts'
import { client } from '../../../api/client.ts'
import { useDevices, useServers } from '../../../api/workstation.ts'
import { formatNumber } from '../../../app/formatAmount.ts'
import { saveText } from '../../../app/saveText.ts'
import { Button } from '../../../ui/Button.tsx'
import { Checkbox } from '../../../ui/Checkbox.tsx'
import { Dialog } from '../../../ui/Dialog.tsx'
import { TextField } from '../../../ui/TextField.tsx'
import { said } from '../certificates/said.ts'
import settingsCss from '../SettingsPage.module.css'
import { Fingerprint } from './Fingerprint.tsx'

const parts: readonly { part: keyof ProfileParts; label: string; locked: string }[] = [
  { part: 'servers', label: 'Servers', locked: 'Nobody changes these servers there' },
  { part: 'devices', label: 'Devices', locked: 'Nobody changes these devices there' },
  { part: 'settings', label: 'Checks, services, limits and timeouts', locked: 'Nobody changes these settings there' },
]
const all: ProfileParts = { servers: true, devices: true, settings: true }
const none: ProfileParts = { servers: false, devices: false, settings: false }

/** Names and ports of this workstation, certificates, passwords and looks are never in it. */
export function ExportProfileDialog({ name: followed, onClose }: { name: string; onClose(): void }) {
  const [name, setName] = useState(followed)
  const [include, setInclude] = useState(all)
  const [locks, setLocks] = useState(none)
  const [fingerprint, setFingerprint] = useState<string>()
  const held = {
    servers: useServers()?.filter(({ setBy }) => setBy !== 'file').length,
    devices: useDevices()?.devices.length,
    settings: undefined,
  }
  const isEmpty = !Object.values(include).some(Boolean)
  const isRight = name.trim() !== '' && !isEmpty
  const exportIt = async () => {
    const made = await said(client.site.export({ name, include, locks }))
    if (!made) return
    saveText(`negatoscope-site-profile-${fileNameOf(name)}.json`, made.text, 'application/json')
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
          <Button variant={fingerprint ? 'outlined' : 'primary'} disabled={!isRight} onClick={() => void exportIt()}>
            {fingerprint ? 'Export again' : 'Export'}
          </Button>
        </>
      }
    >
      <div className={settingsCss.section}>
        <TextField
          label="Name of the site"
          value={name}
          maxLength={64}
          help="Whoever follows the profile reads it: the clinic and the kind of workstation, say."
          onChange={setName}
          onKeyDown={(event) => {
            if (event.key === 'Enter' && isRight) void exportIt()
          }}
        />
        {parts.map(({ part, label, locked }) => (
          <div key={part} className={settingsCss.row}>
            <Checkbox
              label={held[part] === undefined ? label : `${label} (${formatNumber(held[part])})`}
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
        {isEmpty && <p className={settingsCss.help}>Choose at least one part that the profile shall hold.</p>}
        {fingerprint && (
          <div role="status">
            <p>Exported. Whoever follows it compares this fingerprint:</p>
            <Fingerprint value={fingerprint} />
          </div>
        )}
      </div>
    </Dialog>
  )
}

/** No path is ever made from what was typed. */
function fileNameOf(name: string): string {
  return (
    name
      .trim()
      .replace(/[^\p{L}\p{N}_-]+/gu, '-')
      .slice(0, 40) || 'site'
  )
}
