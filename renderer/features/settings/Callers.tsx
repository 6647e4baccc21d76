import type { Settings, SettingsView } from '#shared/contract/settings.ts'
import { useDevices, useServers } from '../../api/workstation.ts'
import { StatusWord } from '../../ui/StatusWord.tsx'
import { SettingSwitch } from './SettingSwitch.tsx'
import css from './SettingsPage.module.css'

/** R065, R066, R069: what a caller must get right, each check by itself. */
export function Callers({ view }: { view: SettingsView }) {
  const { settings } = view
  const checksCaller = settings.checkCallingAETitle || settings.checkAddress
  return (
    <div className={css.switches}>
      <p className={css.help}>A device may connect only if:</p>
      <SettingSwitch
        view={view}
        name="checkCalledAETitle"
        label="It calls us by our AE title"
        help={calledHelp(settings)}
      />
      <SettingSwitch
        view={view}
        name="checkCallingAETitle"
        label="Its AE title is among the devices or servers"
        help="Letter for letter, capitals too."
      />
      <SettingSwitch
        view={view}
        name="checkAddress"
        label="Its address is among the devices or servers"
        help={
          settings.checkCallingAETitle
            ? 'The one that stands beside its AE title.'
            : 'Beside any AE title; a device with a changing address is refused.'
        }
      />
      {checksCaller && (
        <SettingSwitch
          view={view}
          name="answerUnknownEcho"
          label="Let others test the connection (C-ECHO)"
          help="A device that is not in the list gets an answer to its test, and can do nothing else."
        />
      )}
      <Consequence settings={settings} />
    </div>
  )
}

function calledHelp({ aeTitle }: Settings) {
  return (
    <>
      Who calls <span className="mono">{aeTitle}</span> by another name is refused.
    </>
  )
}

/** What the switches come to. */
function Consequence({ settings }: { settings: Settings }) {
  const servers = useServers()
  const devices = useDevices()?.devices
  const { checkCalledAETitle, checkCallingAETitle, checkAddress } = settings
  if ((checkCallingAETitle || checkAddress) && servers?.length === 0 && devices?.length === 0) {
    return (
      <StatusWord status="attention">
        Nobody can connect: there is neither a device nor a server. Add them under Devices, or let them knock.
      </StatusWord>
    )
  }
  if (checkCallingAETitle || checkAddress) return null
  const how = checkCalledAETitle ? 'that knows our AE title' : 'that reaches this port'
  return <p className={css.help}>Any device {how} may connect, under any name.</p>
}
