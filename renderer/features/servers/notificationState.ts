import type { NotificationsView } from '#shared/contract/notifications.ts'
import type { ServerRow } from '#shared/contract/servers.ts'
import { formatCount } from '../../app/formatAmount.ts'

/** Whether it could tell us anything now, and what it did. */
export function notificationState(
  { serverId, notifyOn }: Pick<ServerRow, 'serverId' | 'notifyOn'>,
  view: NotificationsView | undefined,
): string {
  if (!view) return ''
  if (!notifyOn) return 'The port opens when this is saved.'
  if (view.state === 'failed') return view.problem
  if (view.state === 'closed') return 'The port is not open yet.'
  const {
    hasSecret = false,
    taken = 0,
    refused = 0,
    lastAt = null,
  } = view.servers.find((one) => one.serverId === serverId) ?? {}
  const open = `Port ${view.port} is open.`
  if (!hasSecret) return `${open} Make a secret for this server: without one nothing is taken from it.`
  const strangers =
    view.strangers > 0 ? ` ${formatCount(view.strangers, 'message')} with a wrong secret, from whoever it was.` : ''
  if (taken + refused === 0) return `${open} It has told nothing since the start.${strangers}`
  const last = lastAt === null ? '' : `, the last at ${new Date(lastAt).toLocaleTimeString('en-GB')}`
  const bad = refused > 0 ? `, ${refused.toLocaleString('en')} refused` : ''
  return `${open} ${formatCount(taken, 'message')} taken since the start${last}${bad}.${strangers}`
}
