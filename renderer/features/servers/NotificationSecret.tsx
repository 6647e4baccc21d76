import { Copy, KeyRound } from 'lucide-react'
import { useState } from 'react'
import type { ServerRow } from '#shared/contract/servers.ts'
import { curlLine, orthancLines, type Sender } from '#shared/notices/senderLines.ts'
import { client } from '../../api/client.ts'
import { useNotifications, useSettings } from '../../api/workstation.ts'
import { showFailure } from '../../app/showFailure.ts'
import { Button } from '../../ui/Button.tsx'
import { Select } from '../../ui/Select.tsx'
import { showToast } from '../../ui/toast.ts'
import { copyText } from './copyText.ts'
import css from './Rest.module.css'

const kinds = [
  { value: 'study', label: 'Orthanc, each study', note: 'a minute after its last image' },
  { value: 'series', label: 'Orthanc, each series', note: 'a minute after its last image' },
  { value: 'instance', label: 'Orthanc, each image', note: 'as it comes' },
  { value: 'curl', label: 'Any program', note: 'as curl sends it' },
] as const

/** The secret is shown when it is made, in the lines that its administrator takes, and never again. */
export function NotificationSecret({ row, address }: { row: ServerRow; address: string }) {
  const [made, setMade] = useState<{ serverId: number; secret: string }>()
  const [kind, setKind] = useState<(typeof kinds)[number]['value']>('study')
  const settings = useSettings()?.settings
  const hasSecret = useNotifications()?.servers.some((one) => one.serverId === row.serverId && one.hasSecret) ?? false
  const secret = made?.serverId === row.serverId ? made.secret : ''
  const sender: Sender = {
    ...{
      address: address || 'ADDRESS',
      port: settings?.notificationPort ?? 0,
      tls: settings?.notificationTls ?? false,
    },
    secret: secret || 'SECRET',
  }
  const lines = kind === 'curl' ? curlLine(sender) : orthancLines(kind, sender)
  const make = async () => {
    try {
      setMade({ serverId: row.serverId, ...(await client.notifications.makeSecret({ serverId: row.serverId })) })
    } catch (error) {
      showFailure(error)
    }
  }
  const forget = async () => {
    try {
      await client.notifications.forgetSecret({ serverId: row.serverId })
      setMade(undefined)
      showToast({ icon: KeyRound, message: `The secret of ${row.name} is good no longer` })
    } catch (error) {
      showFailure(error)
    }
  }
  return (
    <div data-wide className={css.probe}>
      <div className={css.buttons}>
        <Button size="small" icon={KeyRound} onClick={() => void make()}>
          {hasSecret ? 'Make a new secret' : 'Make a secret'}
        </Button>
        {hasSecret && (
          <Button size="small" variant="plain" onClick={() => void forget()}>
            Forget
          </Button>
        )}
        <span className={css.note}>{secretNote(secret, hasSecret)}</span>
      </div>
      <Select label="Lines for its administrator" value={kind} options={kinds} onChange={setKind} />
      <pre className={`${css.lines} verbatim`} data-selectable>
        {lines}
      </pre>
      <div className={css.buttons}>
        <Button size="small" icon={Copy} onClick={() => void copyText(lines, 'The lines are copied')}>
          Copy the lines
        </Button>
        <span className={css.note}>
          {kind === 'curl'
            ? 'series and seriesInstanceUID, or instance and sopInstanceUID, tell of less than a study.'
            : 'Saved there as a file with the ending .lua, and named under LuaScripts of its configuration.'}
        </span>
      </div>
    </div>
  )
}

function secretNote(secret: string, hasSecret: boolean): string {
  if (secret !== '') return 'It stands in the lines below, and is not shown again.'
  return hasSecret
    ? 'One is kept, and cannot be shown. With a new one the one before is good no longer.'
    : 'By it this server says who it is.'
}
