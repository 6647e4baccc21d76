import type { DicomwebServerView } from '#shared/contract/dicomwebServer.ts'
import type { SettingsView } from '#shared/contract/settings.ts'
import { useDicomwebServer } from '../../../api/workstation.ts'
import { Bars } from '../../../ui/Bars.tsx'
import { StatusWord } from '../../../ui/StatusWord.tsx'
import { CopyLine } from '../../servers/CopyLine.tsx'
import { SettingSwitch } from '../SettingSwitch.tsx'
import settingsCss from '../SettingsPage.module.css'
import css from './DicomwebServer.module.css'
import { Endpoint } from './Endpoint.tsx'
import { Origins } from './Origins.tsx'
import { Requests } from './Requests.tsx'
import { TryIt } from './TryIt.tsx'
import { Users } from './Users.tsx'

/** Our archive for other viewers. Everything below the switch is of use only while it is on. */
export function DicomwebServer({ view }: { view: SettingsView }) {
  const server = useDicomwebServer()
  const { dicomwebServer: isOn, dicomwebStore, dicomwebOrigins } = view.settings
  if (!server) return <Bars />
  return (
    <div className={css.block}>
      <SettingSwitch
        view={view}
        name="dicomwebServer"
        label="Let other viewers read this archive over the web"
        help={`QIDO-RS and WADO-RS, at a port of its own, for OHIF, Weasis and other programs. ${
          isOn && dicomwebStore ? 'They can search, read and store.' : 'They can search and read; nothing is changed.'
        }`}
      />
      {isOn && (
        <>
          <State server={server} />
          <Endpoint view={view} />
          <SettingSwitch
            view={view}
            name="dicomwebStore"
            label="Let them store images, too"
            help="STOW-RS. Each image is on disk before its sender is told so, and stands under Transfers as received."
          />
          <Users server={server} />
          <Origins origins={dicomwebOrigins} isFixed={view.fixed.includes('dicomwebOrigins')} />
          {server.state === 'listening' && <TryIt server={server} store={dicomwebStore} />}
          <Requests server={server} />
        </>
      )}
    </div>
  )
}

function State({ server: { state, sentence, urls } }: { server: DicomwebServerView }) {
  if (state === 'failed') return <StatusWord wraps status="failed">{`Not open. ${sentence}`}</StatusWord>
  if (state === 'off') return <StatusWord status="quiet">Opening</StatusWord>
  const [first, ...others] = urls
  return (
    <div className={css.addresses}>
      <StatusWord status="online">Open. The address to enter in the other program:</StatusWord>
      {first && <CopyLine text={first} label="Copy the address" />}
      {others.length > 0 && (
        <p className={settingsCss.help}>
          Also <span className="mono">{others.slice(0, 4).join(', ')}</span>
        </p>
      )}
    </div>
  )
}
