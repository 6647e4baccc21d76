import { CalendarRange, CircleX, TriangleAlert } from 'lucide-react'
import { dayText } from '../../../app/dayText.ts'
import { formatNumber } from '../../../app/formatAmount.ts'
import { useNavigation } from '../../../app/navigation.ts'
import { Button } from '../../../ui/Button.tsx'
import css from './Remote.module.css'
import type { ServerProgress } from './remoteRows.ts'

interface RemoteNoticesProps {
  servers: readonly ServerProgress[]
  serverName: (serverId: number) => string
  /** Failures are shown here only when there are rows beside them. */
  withFailures: boolean
}

/** What is missing from the list below, and from whom. */
export function RemoteNotices({ servers, serverName, withFailures }: RemoteNoticesProps) {
  const editServer = useNavigation((state) => state.editServer)
  const capped = servers.filter((server) => server.capped)
  const failed = withFailures ? servers.filter((server) => server.state === 'failed') : []
  return (
    <>
      {capped.map((server) => (
        <p key={server.serverId} className={css.notice} data-tone="warn" role="status">
          <TriangleAlert size={14} strokeWidth={1.75} aria-hidden="true" />
          <strong>
            Showing the first {formatNumber(server.count)} of {serverName(server.serverId)}
          </strong>
          More match. Narrow the search by date, name or modality.
          <span className={css.space} />
          <Button size="small" onClick={() => editServer(server.serverId)}>
            Change limit
          </Button>
        </p>
      ))}
      {servers
        .filter(({ from }) => from !== '')
        .map(({ serverId, from }) => (
          <p key={serverId} className={css.notice} role="status">
            <CalendarRange size={14} strokeWidth={1.75} aria-hidden="true" />
            <strong>{serverName(serverId)}</strong>
            Only studies from {dayText(from)} on, by its filter.
            <span className={css.space} />
            <Button size="small" onClick={() => editServer(serverId)}>
              Change filter
            </Button>
          </p>
        ))}
      {failed.map((server) => (
        <p key={server.serverId} className={css.notice} data-tone="bad" role="alert">
          <CircleX size={14} strokeWidth={1.75} aria-hidden="true" />
          <strong>{serverName(server.serverId)}</strong>
          {server.error}
          <span className={css.space} />
          <Button size="small" onClick={() => editServer(server.serverId)}>
            Test connection
          </Button>
        </p>
      ))}
    </>
  )
}
