import { useState } from 'react'
import type { SettingsView } from '#shared/contract/settings.ts'
import { useStatus } from '../../api/workstation.ts'
import { formatBytes } from '../../app/formatAmount.ts'
import { Button } from '../../ui/Button.tsx'
import { NumberField } from '../../ui/NumberField.tsx'
import { ProgressBar } from '../../ui/ProgressBar.tsx'
import { FixedValue } from './FixedValue.tsx'
import { FolderDialog } from './FolderDialog.tsx'
import { useRelocation } from './relocation.ts'
import css from './SettingsPage.module.css'
import { save } from './saveSettings.ts'

const TRASH_DAYS = 'Keep what is deleted for'

/** R061, R121: where the archive lives, and how long what was deleted stays. */
export function Storage({ view }: { view: SettingsView }) {
  const status = useStatus()
  const disk = status?.disk
  const [choosing, setChoosing] = useState(false)
  const { running, message, cancel } = useRelocation()
  const [trashDays, setTrashDays] = useState<number | undefined>(view.settings.trashDays)
  const isRight = trashDays !== undefined && trashDays >= 1 && trashDays <= 3650
  return (
    <>
      <div>
        <div className={css.label}>Folder of the archive</div>
        <div className={css.row}>
          <span className={`mono ${css.path}`}>{view.storageFolder}</span>
          <span className={css.grow} />
          <Button disabled={running !== undefined} onClick={() => setChoosing(true)}>
            Change folder
          </Button>
        </div>
        {disk?.connected && (
          <div className={css.help}>
            {formatBytes(disk.freeBytes)} of {formatBytes(disk.totalBytes)} free on this disk.
          </div>
        )}
        {disk && !disk.connected && (
          <p role="alert" className={css.missing}>
            The disk of this folder is not connected. Nothing is received and no image can be opened until it is:
            connect it, or choose another folder.
          </p>
        )}
      </div>
      {running && (
        <div className={css.progress} role="status">
          <ProgressBar label="Moving the archive" value={running.done} max={running.total} width={240} />
          <span>
            {running.done.toLocaleString('en')} of {running.total.toLocaleString('en')} images moved
          </span>
          <span className={css.grow} />
          <Button variant="plain" onClick={cancel}>
            Stop
          </Button>
        </div>
      )}
      {message && <p role="status">{message}</p>}
      <div className={css.grid}>
        {view.fixed.includes('trashDays') ? (
          <FixedValue label={TRASH_DAYS} value={`${view.settings.trashDays} days`} />
        ) : (
          <NumberField
            label={TRASH_DAYS}
            unit="days"
            value={trashDays}
            onChange={setTrashDays}
            onBlur={() => isRight && trashDays !== view.settings.trashDays && void save({ trashDays })}
            error={isRight ? undefined : 'From 1 to 3650 days.'}
            help="Until then a deleted study can be taken back."
          />
        )}
      </div>
      {status?.trashProblem && (
        <p role="alert" className={css.missing}>
          {status.trashProblem}
        </p>
      )}
      {choosing && <FolderDialog current={view.storageFolder} onClose={() => setChoosing(false)} />}
    </>
  )
}
