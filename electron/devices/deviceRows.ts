import type { CallerDay } from '#electron/archive/callerDays.ts'
import { type CallerRow, DEVICE_DAYS, type DeviceRow } from '#shared/contract/devices.ts'
import { isCallerOf } from './callerNames.ts'
import { lastDays } from './dayOf.ts'
import type { Device } from './deviceList.ts'

/** R068: a device that was heard within two hours is online. */
const ONLINE_MS = 2 * 60 * 60 * 1000

export interface SeenCaller {
  aeTitle: string
  address: string
  days: readonly CallerDay[]
  isConnected: boolean
}

type Activity = Omit<CallerRow, 'aeTitle' | 'address' | 'isServer'>

/** What was seen of a device under all its names. The patient's name is looked up by the caller. */
export function deviceRowOf(device: Device, seen: readonly SeenCaller[], now: number): Omit<DeviceRow, 'locked'> {
  return {
    ...device,
    ...activityOf(
      seen.filter((caller) => isCallerOf(device, caller)),
      now,
    ),
  }
}

/** Who was let in without an entry among the devices, the last one heard first. */
export function strangersOf(
  devices: readonly Device[],
  servers: readonly { aeTitle: string }[],
  seen: readonly SeenCaller[],
  now: number,
): CallerRow[] {
  return seen
    .filter((caller) => !devices.some((device) => isCallerOf(device, caller)))
    .map((caller) => ({
      aeTitle: caller.aeTitle,
      address: caller.address,
      isServer: servers.some(({ aeTitle }) => aeTitle === caller.aeTitle),
      ...activityOf([caller], now),
    }))
    .toSorted((a, b) => (b.lastSeenAt ?? 0) - (a.lastSeenAt ?? 0))
}

function activityOf(callers: readonly SeenCaller[], now: number): Activity {
  const days = callers.flatMap((caller) => caller.days)
  const lastSeenAt = latest(days.map((day) => day.lastSeenAt))
  const lastImageAt = latest(days.map((day) => day.lastImageAt))
  const isConnected = callers.some((caller) => caller.isConnected)
  return {
    lastSeenAt,
    online: isConnected || (lastSeenAt !== null && now - lastSeenAt < ONLINE_MS),
    lastImageAt,
    lastImageOf: '',
    lastStudyId: days.findLast((day) => day.lastImageAt === lastImageAt && lastImageAt !== null)?.lastStudyId ?? null,
    days: lastDays(now, DEVICE_DAYS).map((day) =>
      days.reduce((sum, one) => (one.day === day ? sum + one.instances : sum), 0),
    ),
  }
}

function latest(moments: readonly (number | null)[]): number | null {
  return moments.reduce((last: number | null, at) => (at !== null && (last === null || at > last) ? at : last), null)
}
