import { useState } from 'react'
import type { SettingsView } from '#shared/contract/settings.ts'
import { useQueryOperation } from '../../api/useQueryOperation.ts'
import { Button } from '../../ui/Button.tsx'
import { NumberField } from '../../ui/NumberField.tsx'
import { TextField } from '../../ui/TextField.tsx'
import { SettingSwitch } from './SettingSwitch.tsx'
import css from './SettingsPage.module.css'
import { save } from './saveSettings.ts'

/** R097: where practice management leaves its image requests. */
export function RequestsIn({ view }: { view: SettingsView }) {
  const { settings } = view
  const [port, setPort] = useState<number | undefined>(settings.hl7Port)
  const [folder, setFolder] = useState(settings.requestFolder)
  const state = useQueryOperation('worklist', 'inputs', { limit: 1 }).data
  const isPort = port !== undefined && port >= 1 && port <= 65535
  const isChanged = port !== settings.hl7Port || folder.trim() !== settings.requestFolder
  return (
    <div className={css.switches}>
      <SettingSwitch
        view={view}
        name="hl7Listener"
        label="Take orders by HL7"
        help="ORM^O01, OMI^O23 and OMG^O19 over MLLP, without encryption: only within the clinic's own network."
      />
      <div className={css.grid}>
        <NumberField
          label="HL7 port"
          value={port}
          onChange={setPort}
          error={isPort ? undefined : 'A port is a number from 1 to 65535.'}
        />
        <TextField
          label="Folder of request files"
          mono
          value={folder}
          onChange={setFolder}
          placeholder="none"
          help="JSON or CSV with the columns name, procedure, and more if there are. Taken files go to its folder done."
        />
      </div>
      {isChanged && (
        <div>
          <Button
            disabled={!isPort}
            onClick={() => void save({ ...(isPort ? { hl7Port: port } : {}), requestFolder: folder.trim() })}
          >
            Apply
          </Button>
        </div>
      )}
      {state && (state.hl7 !== '' || state.folder !== '') && (
        <p className={css.help}>{[state.hl7, state.folder].filter(Boolean).join(' ')}</p>
      )}
    </div>
  )
}
