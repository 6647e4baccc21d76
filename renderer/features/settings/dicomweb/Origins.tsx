import { Plus, Trash2 } from 'lucide-react'
import { useState } from 'react'
import { settingsShape } from '#shared/contract/settings.ts'
import { Button } from '../../../ui/Button.tsx'
import { IconButton } from '../../../ui/IconButton.tsx'
import { TextField } from '../../../ui/TextField.tsx'
import settingsCss from '../SettingsPage.module.css'
import { save } from '../saveSettings.ts'
import css from './DicomwebServer.module.css'

/** Viewers that are web pages: a browser gives them our answers only if we name them. */
export function Origins({ origins, isFixed }: { origins: readonly string[]; isFixed: boolean }) {
  const [typed, setTyped] = useState('')
  const wanted = typed.trim().toLowerCase().replace(/\/+$/, '')
  const parsed = settingsShape.shape.dicomwebOrigins.safeParse([...origins, wanted])
  const problem = wanted !== '' && !parsed.success ? parsed.error.issues[0]?.message : undefined
  const canAdd = wanted !== '' && !problem && !origins.includes(wanted)
  const add = async () => {
    if (canAdd && (await save({ dicomwebOrigins: [...origins, wanted] }))) setTyped('')
  }
  return (
    <div>
      <h3 className={css.heading}>Viewers in a browser</h3>
      <p className={settingsCss.help}>
        A viewer that is a web page, OHIF for one, may read only if its address stands here.
      </p>
      <ul className={css.list} aria-label="Web pages that may read">
        {origins.map((origin) => (
          <li key={origin} className={css.user}>
            <span className={`${css.name} mono`}>{origin}</span>
            {!isFixed && (
              <IconButton
                label={`Remove ${origin}`}
                icon={Trash2}
                size="small"
                onClick={() => void save({ dicomwebOrigins: origins.filter((each) => each !== origin) })}
              />
            )}
          </li>
        ))}
      </ul>
      {!isFixed && (
        <div className={css.adding}>
          <TextField
            label="Address of the viewer"
            hideLabel
            mono
            placeholder="https://viewer.clinic"
            value={typed}
            onChange={setTyped}
            onKeyDown={(event) => event.key === 'Enter' && void add()}
            error={problem}
          />
          <Button icon={Plus} disabled={!canAdd} onClick={() => void add()}>
            Add
          </Button>
        </div>
      )}
    </div>
  )
}
