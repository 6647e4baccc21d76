import type { DicomwebServerView } from '#shared/contract/dicomwebServer.ts'
import { useQueryOperation } from '../../../api/useQueryOperation.ts'
import { CopyLine } from '../../servers/CopyLine.tsx'
import settingsCss from '../SettingsPage.module.css'
import css from './DicomwebServer.module.css'
import { tryCommands } from './tryCommands.ts'

/** Commands with the values of this installation, for the other computer. */
export function TryIt({ server, store }: { server: DicomwebServerView; store: boolean }) {
  const study = useQueryOperation('dicomwebServer', 'example', {}).data?.studyInstanceUID ?? ''
  const [url = ''] = server.urls
  const user = server.users[0]?.name
  return (
    <div className={css.commands}>
      <h3 className={css.heading}>Try it</h3>
      <p className={settingsCss.help}>
        {user === undefined ? 'On this computer:' : 'On the other computer; curl asks for the password:'}
      </p>
      {tryCommands({ url, user, study, store }).map(({ what, command }) => (
        <div key={what}>
          <div className={settingsCss.label}>{what}</div>
          <CopyLine text={command} label={`Copy the command: ${what}`} />
        </div>
      ))}
    </div>
  )
}
