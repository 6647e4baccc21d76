import type { DeviceStatistics } from '#shared/contract/devices.ts'
import { lastDays } from './dayOf.ts'
import type { SeenCaller } from './deviceRows.ts'

const CALLERS_MAX = 200

/** R118: what each caller that was let in did on each of the last days, the busiest first. */
export function statistics(seen: readonly SeenCaller[], count: number, now: number): DeviceStatistics {
  const days = lastDays(now, count)
  const rows = seen.map(({ aeTitle, address, days: all }) => {
    const within = all.filter(({ day }) => day >= (days[0] ?? 0))
    const sum = (field: 'associations' | 'instances' | 'refused' | 'bytes') =>
      within.reduce((total, day) => total + day[field], 0)
    return {
      ...{ aeTitle, address, associations: sum('associations'), instances: sum('instances') },
      ...{ refused: sum('refused'), bytes: sum('bytes') },
      days: days.map((day) => within.find((one) => one.day === day)?.instances ?? 0),
    }
  })
  const busy = rows.filter(({ associations }) => associations > 0)
  return {
    days,
    rows: busy.toSorted((a, b) => b.instances - a.instances || b.associations - a.associations).slice(0, CALLERS_MAX),
  }
}
