import { closesAt, hoursText, opensAt, type SendHours } from '#shared/routing/sendHours.ts'
import type { Transfer } from './transfer.ts'

/** Whether it waits for the hours of its destination, which is then said in its row. */
export function waitForHours(transfer: Transfer, hours: SendHours | null, now: number): boolean {
  const { state, opensAt: known } = transfer.row()
  if (state !== 'waiting') return false
  const at = isBound(transfer) ? opensAt(hours, now) : null
  const message = hours && at !== null ? `Sent there only ${hoursText(hours)}; urgent ones at once.` : ''
  if (at !== known) transfer.set({ opensAt: at, message })
  return at !== null
}

/** When it has to stop; null where it may go on as long as it takes. */
export function endOfHours(transfer: Transfer, hours: SendHours | null, now: number): number | null {
  return isBound(transfer) ? closesAt(hours, now) : null
}

/** An emergency at noon does not wait for the night. */
function isBound(transfer: Transfer): boolean {
  const { priority, isAtAnyHour } = transfer.row()
  return priority !== 'urgent' && !isAtAnyHour
}
