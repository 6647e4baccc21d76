import type { Settings } from '#shared/contract/settings.ts'
import { isCallerOf, isNameOf } from './callerNames.ts'
import type { KnownHere } from './knockAdvice.ts'
import type { RefusedCaller } from './knocks.ts'

/** Whether a caller that was refused would be let in now: then its card is no news any more. */
export function isLetIn(
  knock: RefusedCaller,
  { aeTitle, devices, servers }: KnownHere,
  checks: Pick<Settings, 'checkCalledAETitle' | 'checkCallingAETitle' | 'checkAddress'>,
): boolean {
  const allowed = devices.filter(({ access }) => access === 'allow')
  const answers = allowed.some(
    (device) => isNameOf(device, knock.aeTitle) && device.calledAs.includes(knock.calledAETitle),
  )
  if (checks.checkCalledAETitle && knock.calledAETitle !== aeTitle && !answers) return false
  if (!checks.checkCallingAETitle && !checks.checkAddress) return true
  return (
    allowed.some((device) => isCallerOf(device, knock)) ||
    servers.some((server) => server.aeTitle === knock.aeTitle && server.host === knock.address)
  )
}
