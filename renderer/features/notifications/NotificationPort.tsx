import { useState } from 'react'
import type { NotificationsView } from '#shared/contract/notifications.ts'
import type { SettingsView } from '#shared/contract/settings.ts'
import { useNotifications } from '../../api/workstation.ts'
import { formatCount } from '../../app/formatAmount.ts'
import { Button } from '../../ui/Button.tsx'
import { NumberField } from '../../ui/NumberField.tsx'
import { SettingSwitch } from '../settings/SettingSwitch.tsx'
import { save } from '../settings/saveSettings.ts'
import css from './Notices.module.css'

/** R046: where servers say what is new there. */
export function NotificationPort({ view }: { view: SettingsView }) {
  const { notificationPort } = view.settings
  const [port, setPort] = useState<number | undefined>(notificationPort)
  const state = useNotifications()
  const isRight = port !== undefined && port >= 1 && port <= 65535
  return (
    <>
      <h3 className={css.heading}>Servers that tell by themselves</h3>
      <div className={css.times}>
        <NumberField
          label="Notification port"
          mono
          value={port}
          onChange={setPort}
          error={isRight ? undefined : 'A port is a number from 1 to 65535.'}
          help="Where servers say what is new there. Each server’s block Notifications says how."
        />
        {isRight && port !== notificationPort && (
          <div className={css.apply}>
            <Button onClick={() => void save({ notificationPort: port })}>Use this port</Button>
          </div>
        )}
      </div>
      <SettingSwitch
        view={view}
        name="notificationTls"
        label="Notifications over TLS"
        help="With our own certificate. Every server that notifies must trust it, and use https. Without TLS the secret can be read on the way: only within the clinic’s own network."
      />
      {state && (
        <p className={css.more} role="status">
          {stateText(state)}
        </p>
      )}
    </>
  )
}

function stateText({ state, port, tls, problem, strangers }: NotificationsView): string {
  if (state === 'closed') return 'The port is closed: no server is set to tell this workstation of what is new.'
  if (state === 'failed') return problem
  const refused = strangers === 0 ? '' : ` ${formatCount(strangers, 'message')} with a wrong secret refused.`
  return `Port ${port} is open for notifications${tls ? ' over TLS' : ''}.${refused}`
}
