import { useState } from 'react'
import type { SettingsView } from '#shared/contract/settings.ts'
import { useQueryOperation } from '../../api/useQueryOperation.ts'
import { Button } from '../../ui/Button.tsx'
import { NumberField } from '../../ui/NumberField.tsx'
import { StatusWord } from '../../ui/StatusWord.tsx'
import { TextField } from '../../ui/TextField.tsx'
import { OrderToken } from './OrderToken.tsx'
import { SettingSwitch } from './SettingSwitch.tsx'
import css from './SettingsPage.module.css'
import { save } from './saveSettings.ts'

/** A port opens a moment after it was set, and may be taken. */
const STATE_MS = 1000
const WAYS = ['hl7', 'rest', 'folder'] as const
const NO_PORT = 'A port is a number from 1 to 65535.'
const isPort = (port: number | undefined): port is number => port !== undefined && port >= 1 && port <= 65535

/** R097: where practice management leaves its image requests. */
export function RequestsIn({ view }: { view: SettingsView }) {
  const { settings } = view
  const [port, setPort] = useState<number | undefined>(settings.hl7Port)
  const [restPort, setRestPort] = useState<number | undefined>(settings.restPort)
  const [folder, setFolder] = useState(settings.requestFolder)
  const state = useQueryOperation('worklist', 'inputs', { limit: 1 }, { everyMs: STATE_MS }).data
  const arePorts = isPort(port) && isPort(restPort)
  const isChanged =
    port !== settings.hl7Port || restPort !== settings.restPort || folder.trim() !== settings.requestFolder
  const states = WAYS.flatMap((way) => (state?.[way] ? { way, sentence: state[way] } : []))
  return (
    <div className={css.switches}>
      <SettingSwitch
        view={view}
        name="hl7Listener"
        label="Take orders by HL7"
        help="ORM^O01, OMI^O23 and OMG^O19 over MLLP, without encryption: only within the clinic's own network."
      />
      <SettingSwitch
        view={view}
        name="restOrders"
        label="Take orders by REST"
        help="From programs on this computer alone, with a token. The guide From order to images says how."
      />
      {settings.restOrders && <OrderToken isMade={settings.restTokenHash !== ''} />}
      <div className={css.grid}>
        <NumberField label="HL7 port" value={port} onChange={setPort} error={isPort(port) ? undefined : NO_PORT} />
        <NumberField
          label="REST port"
          value={restPort}
          onChange={setRestPort}
          error={isPort(restPort) ? undefined : NO_PORT}
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
            disabled={!arePorts}
            onClick={() =>
              void save({
                ...(isPort(port) ? { hl7Port: port } : {}),
                ...(isPort(restPort) ? { restPort } : {}),
                requestFolder: folder.trim(),
              })
            }
          >
            Apply
          </Button>
        </div>
      )}
      {states.map(({ way, sentence }) => (
        <p key={way} className={css.help} role="status">
          {state?.hindered.includes(way) ? (
            <StatusWord wraps status="attention">
              {sentence}
            </StatusWord>
          ) : (
            sentence
          )}
        </p>
      ))}
    </div>
  )
}
