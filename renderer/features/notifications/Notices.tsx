import { useState } from 'react'
import type { Heard, NoticePreferences } from '#shared/contract/notices.ts'
import type { SettingsView } from '#shared/contract/settings.ts'
import { heardOf } from '#shared/notices/isWanted.ts'
import { useDevices, useServers } from '../../api/workstation.ts'
import { Bars } from '../../ui/Bars.tsx'
import { Checkbox } from '../../ui/Checkbox.tsx'
import { Select } from '../../ui/Select.tsx'
import { TextField } from '../../ui/TextField.tsx'
import { TimeField } from '../../ui/TimeField.tsx'
import css from './Notices.module.css'
import { NotificationPort } from './NotificationPort.tsx'
import { usePreferred } from './usePreferred.ts'

const choices: readonly { value: Heard; label: string }[] = [
  { value: 'study', label: 'New studies' },
  { value: 'series', label: 'New studies and series' },
  { value: 'instance', label: 'All new images' },
  { value: 'nothing', label: 'Nothing' },
]
const MOST_SHOWN = 200

/** R043, R044: whether, when and of whom it is said that something came in, or is new at a server. */
export function Notices({ view }: { view: SettingsView }) {
  const [preferences, change] = usePreferred()
  const [permission, setPermission] = useState(permissionNow)
  if (!preferences) return <Bars />
  const turn = async (isOn: boolean) => {
    await change({ isOn })
    if (!isOn || permission !== 'default') return
    setPermission(await Notification.requestPermission())
  }
  return (
    <div className={css.notices}>
      <Checkbox
        label="Say when images came in"
        checked={preferences.isOn}
        onChange={(isOn) => void turn(isOn)}
        help={helpOf(preferences.isOn, permission)}
      />
      {preferences.isOn && <Wanted preferences={preferences} change={change} />}
      <NotificationPort view={view} />
    </div>
  )
}

interface WantedProps {
  preferences: NoticePreferences
  change(change: Partial<NoticePreferences>): Promise<void>
}

function Wanted({ preferences, change }: WantedProps) {
  const { quietFrom, quietTo, usual, sources } = preferences
  const devices = useDevices()?.devices ?? []
  const servers = useServers() ?? []
  const names = [...new Set([...servers.map(({ name }) => name), ...devices.map(({ aeTitle }) => aeTitle)])]
  const [filter, setFilter] = useState('')
  const wanted = names.filter((name) => name.toLowerCase().includes(filter.trim().toLowerCase()))
  const shown = wanted.slice(0, MOST_SHOWN)
  return (
    <>
      <div className={css.times}>
        <Select
          label="Of what"
          value={usual}
          options={choices}
          onChange={(next) => void change({ usual: next })}
          help="Of everybody without a choice below."
        />
        <TimeField label="Quiet from" value={quietFrom} onChange={(next) => void change({ quietFrom: next })} />
        <TimeField
          label="Quiet until"
          value={quietTo}
          onChange={(next) => void change({ quietTo: next })}
          help="Equal times: never quiet."
        />
      </div>
      {names.length > 0 && (
        <fieldset className={css.sources}>
          <legend>Of whom</legend>
          {names.length > 12 && (
            <div className={css.filter}>
              <TextField label="Find a server or a device" value={filter} onChange={setFilter} />
            </div>
          )}
          {shown.map((name) => (
            <Select
              key={name}
              label={name}
              size="small"
              value={Object.hasOwn(sources, name) ? heardOf(preferences, name) : 'usual'}
              options={[{ value: 'usual', label: 'As above' } as const, ...choices]}
              onChange={(next) => void change({ sources: withChoice(sources, name, next) })}
            />
          ))}
          {wanted.length > shown.length && (
            <p className={css.more}>{wanted.length - shown.length} more. Type a part of the name.</p>
          )}
        </fieldset>
      )}
    </>
  )
}

function withChoice(sources: NoticePreferences['sources'], name: string, next: Heard | 'usual') {
  const { [name]: _, ...others } = sources
  return next === 'usual' ? others : { ...others, [name]: next }
}

function permissionNow(): NotificationPermission {
  return typeof Notification === 'undefined' ? 'denied' : Notification.permission
}

function helpOf(isOn: boolean, permission: NotificationPermission): string {
  if (!isOn) return 'In this window, and by the system while it is in the background. Without the patient’s name.'
  if (permission === 'granted') return 'In this window, and by the system while it is in the background.'
  return 'In this window alone: the browser does not allow notices of the system. Its settings of this page do.'
}
