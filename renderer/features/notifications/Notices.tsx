import { useState } from 'react'
import { useDevices, useServers } from '../../api/workstation.ts'
import { Checkbox } from '../../ui/Checkbox.tsx'
import { TextField } from '../../ui/TextField.tsx'
import css from './Notices.module.css'
import { changeNotices, useNoticeSettings } from './noticeSettings.ts'

/** R043, R044: whether, when and of whom this window says that something came in. */
export function Notices() {
  const settings = useNoticeSettings()
  const [permission, setPermission] = useState(permissionNow)
  const devices = useDevices()?.devices ?? []
  const servers = useServers() ?? []
  const sources = [...new Set([...devices.map(({ aeTitle }) => aeTitle), ...servers.map(({ name }) => name)])]
  const turn = async (isOn: boolean) => {
    changeNotices({ isOn })
    if (!isOn || permission !== 'default') return
    setPermission(await Notification.requestPermission())
  }
  return (
    <div className={css.notices}>
      <Checkbox
        label="Say when images came in"
        checked={settings.isOn}
        onChange={(isOn) => void turn(isOn)}
        help={helpOf(settings.isOn, permission)}
      />
      {settings.isOn && (
        <>
          <div className={css.times}>
            <TextField
              label="Quiet from"
              type="time"
              value={settings.quietFrom}
              onChange={(quietFrom) => changeNotices({ quietFrom })}
            />
            <TextField
              label="Quiet until"
              type="time"
              value={settings.quietTo}
              onChange={(quietTo) => changeNotices({ quietTo })}
              help="Equal times: never quiet."
            />
          </div>
          {sources.length > 0 && (
            <fieldset className={css.sources}>
              <legend>Of whom</legend>
              {sources.map((source) => (
                <Checkbox
                  key={source}
                  label={source}
                  checked={!settings.muted.includes(source)}
                  onChange={(isHeard) =>
                    changeNotices({
                      muted: isHeard ? settings.muted.filter((one) => one !== source) : [...settings.muted, source],
                    })
                  }
                />
              ))}
            </fieldset>
          )}
        </>
      )}
    </div>
  )
}

function permissionNow(): NotificationPermission {
  return typeof Notification === 'undefined' ? 'denied' : Notification.permission
}

function helpOf(isOn: boolean, permission: NotificationPermission): string {
  if (!isOn) return 'In this window, and by the system while it is in the background. Without the patient’s name.'
  if (permission === 'granted') return 'In this window, and by the system while it is in the background.'
  return 'In this window alone: the browser does not allow notices of the system. Its settings of this page do.'
}
